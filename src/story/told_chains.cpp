// Through whose hands a passage came, as the article itself tells it (data/stories README, "Chains").
//
// The ledger knows the attribution of the words; what the whole article adds is laid over it here:
// a speaker's body, "that is what X reports" about the sentence before, a headline or lede that takes
// the source named further down, the agency whose text the article prints.
#include <algorithm>

#include "story/scene.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr uint32_t kShortReference = 2;   // words of a content like "Det"
constexpr float kSameStatement = 0.35F;   // likeness of headline and sentence
constexpr float kBelongs = 0.3F;          // share of a passage that a statement must cover

bool is_medium(std::string_view kind) {
  return kind == "newspaper" || kind == "broadcaster" || kind == "news_agency";
}
bool is_body(std::string_view kind) {
  return !kind.empty() && kind != "unknown" && kind != "person" && kind != "document" &&
         kind != "sensor" && !is_medium(kind);
}

const Source kNobody{.name = "unnamed", .unnamed = true};

class Teller {
 public:
  Teller(const Scene& scene, StoryArticle& article) : scene_(scene), article_(article) {}

  void run() {
    auto& passages = article_.passages;
    for (Passage& p : passages) from_statement(p);
    for (size_t i = 0; i < passages.size(); ++i) refer_back(i);
    for (size_t i = 0; i < passages.size(); ++i) inherit(i);
    for (Passage& p : passages) finish(p);
  }

 private:
  uint32_t overlap(const std::vector<Span>& parts, Span span) const {
    uint32_t n = 0;
    for (const Span part : parts) {
      const Span both{std::max(part.begin, span.begin), std::min(part.end, span.end)};
      n += both.size();
    }
    return n;
  }

  /// The attribution that tells most of the passage; of two, the outer one.
  const ledger::Statement* statement_of(const Passage& p) const {
    const ledger::Statement* best = nullptr;
    uint32_t most = 0;
    for (const ledger::Statement& s : scene_.ledger.statements) {
      if (s.quote == "own" || s.quote == "scare" || s.parent) continue;
      if (s.source.empty() && !s.speaker) continue;
      const uint32_t n = overlap(s.content, p.span);
      if (n <= most || static_cast<float>(n) < kBelongs * static_cast<float>(p.span.size()))
        continue;
      most = n;
      best = &s;
    }
    return best;
  }

  uint32_t index_of(const ledger::Statement* s) const {
    return static_cast<uint32_t>(s - scene_.ledger.statements.data());
  }

  void from_statement(Passage& p) {
    const ledger::Statement* s = statement_of(p);
    if (s == nullptr) return;
    p.statement = "s" + std::to_string(index_of(s) + 1);
    p.quote = s->quote == "direct";
    p.chain_told = true;
    if (s->act == "deny" || s->commitment == "denied")
      if (p.stance == Stance::kAsserts) p.stance = Stance::kDenies;
    p.chain = chain_of(*s);
    if (s->speaker) p.speaker = scene_.ledger.entities[*s->speaker].name;
  }

  std::vector<Source> chain_of(const ledger::Statement& s) const {
    std::vector<Source> out;
    for (const ledger::Hop& hop : s.chain) out.push_back(source_of(scene_, hop));
    if (out.empty() && s.speaker) out.push_back(source_of_entity(scene_, *s.speaker));
    std::erase_if(out, [&](const Source& h) { return same_name(h.name, article_.outlet); });
    // a medium passes on what somebody told it
    if (!out.empty() && out.front().medium) out.insert(out.begin(), kNobody);
    return out;
  }

  static bool same_name(std::string_view a, std::string_view b) {
    return plain_name(a) == plain_name(b);
  }

  /// "Det opplyser X" tells the source of what stands before.
  void refer_back(size_t i) {
    auto& passages = article_.passages;
    for (const ledger::Statement& s : scene_.ledger.statements) {
      if (s.quote == "own" || s.parent || s.source.empty() || s.content.size() != 1) continue;
      if (!passages[i].span.contains(s.content[0])) continue;
      if (scene_.words_of(s.content[0]).size() > kShortReference) continue;
      std::vector<Source> chain = chain_of(s);
      if (chain.empty()) continue;
      for (size_t j = i; j-- > 0 && passages[i].block - passages[j].block <= 1;)
        if (!passages[j].chain_told && passages[j].kind != PassageKind::kHeadline) {
          passages[j].chain = chain;
          passages[j].chain_told = true;
        }
      passages[i].chain = chain;
      passages[i].chain_told = true;
      return;
    }
  }

  /// The told passage that says the same as a headline or lede.
  const Passage* like(const Passage& p) const {
    const Passage* best = nullptr;
    float most = kSameStatement;
    for (const Passage& q : article_.passages) {
      if (!q.chain_told || q.span.begin <= p.span.begin) continue;
      const float s = likeness(p.terms, q.terms).contained;
      if (s > most) {
        most = s;
        best = &q;
      }
    }
    return best;
  }

  const Passage* first_told() const {
    for (const Passage& p : article_.passages)
      if (p.chain_told && !p.chain.empty()) return &p;
    return nullptr;
  }

  /// The body that acts in the passage, where it is a body that would know.
  bool subject_chain(Passage& p) const {
    if (!scene_.ledger.events) return false;
    for (const ledger::Event& e : *scene_.ledger.events) {
      if (!p.span.contains(e.span) || e.actors.empty()) continue;
      const Source s = source_of_entity(scene_, e.actors.front());
      if (s.person || s.unnamed || !is_body(s.kind)) continue;
      p.chain = {s};
      return true;
    }
    return false;
  }

  void inherit(size_t i) {
    Passage& p = article_.passages[i];
    if (p.chain_told) return;
    if (p.kind == PassageKind::kClause)
      for (const Passage& q : article_.passages)
        if (&q != &p && q.span.contains(p.span) && q.chain_told) {
          p.chain = q.chain;
          p.speaker = q.speaker;
          return;
        }
    if (p.kind == PassageKind::kHeadline || p.lede) {
      const Passage* q = like(p);
      if (q == nullptr) q = first_told();
      if (q != nullptr) {
        p.chain = q->chain;
        return;
      }
    }
    if (subject_chain(p)) return;
    for (size_t j = i; j-- > 0;)
      if (article_.passages[j].chain_told && article_.passages[j].block + 1 >= p.block) {
        p.chain = article_.passages[j].chain;
        return;
      }
    p.chain = {kNobody};
  }

  /// The agency that the text comes from is the last hand; the outlet itself is none.
  void finish(Passage& p) const {
    std::erase_if(p.chain, [&](const Source& h) { return same_name(h.name, article_.outlet); });
    for (const std::string& credit : article_.credits) {
      const bool there = std::any_of(p.chain.begin(), p.chain.end(), [&](const Source& h) {
        return same_name(h.name, credit);
      });
      if (!there) p.chain.push_back({.name = credit, .kind = "news_agency", .medium = true});
    }
  }

  const Scene& scene_;
  StoryArticle& article_;
};

/// The one named entity of the kind in the article, if there is just one.
std::string only_body(const Scene& scene, std::string_view kind) {
  std::string found;
  for (const ledger::Entity& e : scene.ledger.entities) {
    if (e.type != "organisation" && e.type != "group") continue;
    const bool fits = kind.empty() ? is_body(e.profile.kind) : e.profile.kind == kind;
    if (!fits) continue;
    if (!found.empty()) return "";
    found = e.name;
  }
  return found;
}

/// Content words of the longest named mention.
std::vector<Term> name_terms(const Scene& scene, const ledger::Entity& e) {
  const ledger::Mention* best = nullptr;
  for (const ledger::Mention& m : e.mentions)
    if (m.form == "name" && (best == nullptr || m.span.size() > best->span.size())) best = &m;
  if (best == nullptr && !e.mentions.empty()) best = &e.mentions.front();
  return best == nullptr ? std::vector<Term>() : terms_in(scene, best->span, {});
}

}  // namespace

Source source_of_entity(const Scene& scene, uint32_t entity) {
  const ledger::Entity& e = scene.ledger.entities[entity];
  Source out{.name = e.name, .kind = e.profile.kind, .person = e.type == "person"};
  out.medium = is_medium(out.kind);
  if (const Medium* m = scene.lexicon.medium(e.name)) {
    out.kind = m->kind;
    out.medium = is_medium(out.kind);
  }
  out.terms = name_terms(scene, e);
  out.unnamed = e.type == "group" && !is_body(out.kind);
  if (out.unnamed) out.name = "unnamed";
  out.anonymous = out.unnamed;
  if (!out.person) return out;
  const std::string language(scene.ledger.document.language.view());
  for (const ledger::Role& role : e.roles) {
    if (role.of) {
      out.body = scene.ledger.entities[*role.of].name;
      out.body_terms = name_terms(scene, scene.ledger.entities[*role.of]);
    }
    if (!out.body.empty()) break;
    const Title title = scene.lexicon.title(language, role.title);
    if (title.speaks) out.body = only_body(scene, title.kind);
    if (!out.body.empty()) break;
  }
  return out;
}

Source source_of(const Scene& scene, const ledger::Hop& hop) {
  if (!hop.entity || hop.name == "unnamed") {
    Source out = kNobody;
    out.anonymous = hop.explicit_ || hop.entity.has_value();
    return out;
  }
  Source out = source_of_entity(scene, *hop.entity);
  if (!out.unnamed) out.name = hop.name;
  return out;
}

void tell_chains(const Scene& scene, StoryArticle& article) { Teller(scene, article).run(); }

}  // namespace avstand::story
