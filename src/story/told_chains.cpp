// Through whose hands a passage came, as the article itself tells it (data/stories README,
// "Chains").
//
// The ledger knows the attribution of the words; what the whole article adds is laid over it here:
// a speaker's body, "that is what X reports" about the sentence before, a headline or lede that
// takes the source named further down, the agency whose text the article prints.
#include <algorithm>

#include "story/scene.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr uint32_t kShortReference = 2;  // words of a content like "Det"
constexpr float kSameStatement = 0.35F;  // likeness of headline and sentence
constexpr float kBelongs = 0.3F;         // share of a passage that a statement must cover

const Source kNobody{.name = "unnamed", .unnamed = true};

class Teller {
 public:
  Teller(const Scene& scene, StoryArticle& article) : scene_(scene), article_(article) {}

  void run() {
    auto& passages = article_.passages;
    for (Passage& p : passages) from_statement(p);
    for (size_t i = 0; i < passages.size(); ++i) refer_back(i);
    for (size_t i = 0; i < passages.size(); ++i) inherit(i);
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
      if (refers_back(s)) continue;
      const uint32_t told = overlap(s.content, p.span);
      const uint32_t n = told + overlap(s.cue, p.span) + overlap(s.source, p.span);
      if (told == 0 || n <= most) continue;
      if (static_cast<float>(n) < kBelongs * static_cast<float>(p.span.size())) continue;
      most = n;
      best = &s;
    }
    return best;
  }

  /// "Det opplyser X": the content is a word that stands for what was said before.
  bool refers_back(const ledger::Statement& s) const {
    return s.content.size() == 1 && scene_.words_of(s.content[0]).size() <= kShortReference &&
           s.quote != "direct";
  }

  uint32_t index_of(const ledger::Statement* s) const {
    return static_cast<uint32_t>(s - scene_.ledger.statements.data());
  }

  void from_statement(Passage& p) {
    const ledger::Statement* s = statement_of(p);
    if (s == nullptr) return;
    p.statement = "s" + std::to_string(index_of(s) + 1);
    p.quote = s->quote == "direct";
    if (s->act == "deny" || s->commitment == "denied")
      if (p.stance == Stance::kAsserts && s->act == "deny") p.stance = Stance::kDenies;
    p.chain = chain_of(*s, p);
    p.chain_told =
        p.chain.empty() || !p.chain[0].unnamed || p.chain[0].anonymous || p.chain.size() > 1;
    if (!p.chain.empty() && p.chain[0].person) p.speaker = p.chain[0].name;
    if (p.speaker.empty() && s->speaker && (p.chain.empty() || !p.chain[0].unnamed))
      p.speaker = scene_.ledger.entities[*s->speaker].name;
    std::vector<Span> without = s->content;
    p.around = names_in(scene_, p.span, without);
  }

  std::vector<Source> chain_of(const ledger::Statement& s, const Passage& p) const {
    std::vector<Source> out;
    for (const ledger::Hop& hop : s.chain) out.push_back(source_of(scene_, hop));
    if (out.empty() && s.speaker) out.push_back(source_of_entity(scene_, *s.speaker));
    if (auto named = named_source(scene_, s)) put_named(out, std::move(*named));
    // the source of a quote is somebody whom the passage names, before anybody else
    const bool elsewhere = !s.source.empty() && !p.span.contains(s.source.front());
    if (elsewhere && s.quote == "direct")
      for (Source& other : names_in(scene_, p.span, s.content))
        if (other.person) {
          out = {std::move(other)};
          break;
        }
    erase_own(out);
    return out;
  }

  /// The name that the source words give takes the place of what the ledger took them for.
  static void put_named(std::vector<Source>& chain, Source named) {
    for (const Source& s : chain)
      if (same_name(s.name, named.name) || (s.person && named.person && !s.unnamed) ||
          plain_name(s.name).find(plain_name(named.name)) != std::string::npos ||
          s.body == named.name)
        return;
    if (chain.empty() || chain.size() == 1) {
      // a body that its speaker's office names stays the origin
      if (!chain.empty() && named.person && !chain[0].unnamed && !chain[0].person &&
          named.body.empty() && is_body(chain[0].kind))
        return;
      chain.assign(1, std::move(named));
    } else if (chain[0].unnamed && !chain[0].anonymous && named.kind != "newspaper") {
      chain[0] = std::move(named);
    }
  }

  void erase_own(std::vector<Source>& chain) const {
    const std::string own = plain_name(article_.outlet);
    std::erase_if(chain, [&](const Source& h) {
      const std::string name = plain_name(h.name);
      return name == own || (!name.empty() && own.size() > name.size() && own.ends_with(name) &&
                             h.kind == "document");
    });
  }

  static bool same_name(std::string_view a, std::string_view b) {
    return plain_name(a) == plain_name(b);
  }

  /// "Det opplyser X" tells the source of what stands before. Where more media are named, each has
  /// it from the next: "Det melder A, som siterer B, som viser til C".
  void refer_back(size_t i) {
    auto& passages = article_.passages;
    for (const ledger::Statement& s : scene_.ledger.statements) {
      if (s.quote == "own" || s.parent || s.source.empty() || s.content.empty()) continue;
      if (!passages[i].span.contains(s.content[0]) || !refers_back(s)) continue;
      std::vector<Source> chain = chain_of(s, passages[i]);
      if (chain.empty() || chain[0].unnamed) continue;
      if (std::vector<Source> row = row_of_media(passages[i].block); row.size() > 2) chain = row;
      for (size_t j = i; j-- > 0 && passages[i].block - passages[j].block <= 1;)
        if (!passages[j].chain_told && passages[j].kind != PassageKind::kHeadline)
          set_told(passages[j], chain);
      set_told(passages[i], chain);
      return;
    }
  }

  static void set_told(Passage& p, const std::vector<Source>& chain) {
    p.chain = chain;
    p.chain_told = true;
  }

  /// The media named in a block, the last one first: the origin and the hands after it.
  std::vector<Source> row_of_media(uint32_t block) const {
    std::vector<Source> out;
    for (Source& s : names_in(scene_, scene_.ledger.document.blocks[block].span, {})) {
      const bool there = std::any_of(out.begin(), out.end(),
                                     [&](const Source& o) { return same_name(o.name, s.name); });
      if (there || s.person) continue;
      if (s.medium || s.kind == "state_media" || s.kind == "unknown" || s.kind.empty())
        out.insert(out.begin(), std::move(s));
    }
    return out;
  }

  /// The told passage that says the same.
  const Passage* like(const Passage& p) const {
    const Passage* best = nullptr;
    float most = kSameStatement;
    for (const Passage& q : article_.passages) {
      if (!q.chain_told || &q == &p || q.stance != p.stance || q.span.overlaps(p.span)) continue;
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
      if (p.chain_told && !p.chain.empty() && p.kind != PassageKind::kHeadline) return &p;
    return nullptr;
  }

  /// "Kari Bø sto på kaia." before her own words: she is the one who tells it.
  bool witness_chain(Passage& p) const {
    const std::vector<Source> named = names_in(scene_, p.span, {});
    if (named.empty() || !named.front().person) return false;
    for (const Passage& q : article_.passages)
      if (q.chain_told && !q.chain.empty() && q.block >= p.block && q.block <= p.block + 2 &&
          (same_name(q.chain[0].name, named.front().name) ||
           same_name(q.speaker, named.front().name))) {
        p.chain = q.chain;
        return true;
      }
    return false;
  }

  /// The body that the passage begins with and that acts in it would know.
  bool subject_chain(Passage& p) const {
    if (!scene_.ledger.events) return false;
    for (const ledger::Event& e : *scene_.ledger.events) {
      if (!p.span.contains(e.span)) continue;
      for (const auto* who : {&e.actors, &e.targets}) {
        if (who->empty()) continue;
        Source s = source_of_entity(scene_, who->front());
        if (s.person || s.unnamed || !is_body(s.kind) || is_place(who->front())) continue;
        if (same_name(s.name, article_.outlet)) continue;
        p.chain = {std::move(s)};
        return true;
      }
    }
    return false;
  }
  bool is_place(uint32_t entity) const { return scene_.ledger.entities[entity].type == "place"; }

  bool take(Passage& p, const Passage* from) const {
    if (from == nullptr) return false;
    p.chain = from->chain;
    return true;
  }

  /// A headline, a lede or another sentence without a source of its own.
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
    if (prints_itself()) {
      p.chain.clear();
      return;
    }
    if (p.kind == PassageKind::kCaption) {
      p.chain.clear();
      if (!article_.present) p.chain = {kNobody};
      return;
    }
    const bool opening = p.kind == PassageKind::kHeadline || p.lede;
    if (witness_chain(p) || take(p, like(p)) || subject_chain(p)) return;
    if (opening && take(p, first_told())) return;
    if (own_words(p)) {
      p.chain.clear();
      return;
    }
    for (const Passage& q : article_.passages)  // the article's main source
      if (q.lede && q.kind != PassageKind::kClause && take(p, &q)) return;
    p.chain = {kNobody};
  }

  bool prints_itself() const { return article_.release || article_.outlet_kind == "state_media"; }

  /// The passage tells what the outlet's own people saw: it names the outlet as one who acts.
  bool own_words(const Passage& p) const {
    for (const Source& s : names_in(scene_, p.span, {}))
      if (same_name(s.name, article_.outlet)) return true;
    return article_.present;
  }

  const Scene& scene_;
  StoryArticle& article_;
};

}  // namespace

void tell_chains(const Scene& scene, StoryArticle& article) { Teller(scene, article).run(); }

}  // namespace avstand::story
