// Through whose hands a passage came, as the article itself tells it (data/stories README,
// "Chains").
//
// The ledger knows the attribution of the words; what the whole article adds is laid over it here:
// a speaker's body, "that is what X reports" about the sentence before, a headline or lede that
// takes the source named further down, the agency whose text the article prints.
#include <algorithm>

#include "story/scene.h"
#include "story/similarity.h"
#include "story/tellers.h"

namespace avstand::story {
namespace {

constexpr uint32_t kShortReference = 2;  // words of a content like "Det"
constexpr float kSameStatement = 0.35F;  // likeness of headline and sentence
constexpr WordId kBefore = 2;            // words between which a preposition stands before a name
constexpr float kSurely = 0.55F;         // likeness from which nobody else can be the source
constexpr float kFigure = 0.2F;          // added for the same figure of the same thing
constexpr float kMostly = 0.5F;          // share of a passage that is nothing but a reference
constexpr float kBelongs = 0.3F;         // share of a passage that a statement must cover

const Source kNobody{.name = "unnamed", .unnamed = true};

class Teller {
 public:
  Teller(const Scene& scene, StoryArticle& article) : scene_(scene), article_(article) {}

  void run() {
    auto& passages = article_.passages;
    for (Passage& p : passages) from_statement(p);
    for (Passage& p : passages) drop_mere_subject(article_, p);
    for (Passage& p : passages) from_medium(p);
    for (size_t i = 0; i < passages.size(); ++i) refer_back(i);
    for (Passage& p : passages) name_the_unnamed(p);
    for (Passage& p : passages) name_the_described(article_, p);
    for (Passage& p : passages)
      if (p.kind != PassageKind::kClause) inherit(p);
    for (Passage& p : passages)
      if (p.kind == PassageKind::kClause) inherit(p);
    for (Passage& p : passages) follow_lede(p);
    for (Passage& p : passages)
      if (takes_back(scene_, article_, p)) p.stance = Stance::kRetracts;
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
      if (refers_back(s) || in_own_clause(s, p) || is_by_place(s) || is_contrasted(scene_, s, p))
        continue;
      const uint32_t told = overlap(s.content, p.span);
      const uint32_t n = told + overlap(s.cue, p.span) + overlap(s.source, p.span);
      if (told == 0 || n <= most) continue;
      const bool quoted = p.kind == PassageKind::kQuote && s.quote == "direct";
      if (!quoted && static_cast<float>(n) < kBelongs * static_cast<float>(p.span.size())) continue;
      most = n;
      best = &s;
    }
    return best;
  }

  /// "OSLO – …", "Norway's workers …": a place where something is, and no government that speaks.
  bool is_by_place(const ledger::Statement& s) const {
    if (s.source.empty() || !s.speaker || !is_place(*s.speaker)) return false;
    const ledger::Entity& e = scene_.ledger.entities[*s.speaker];
    const WordRange words = scene_.words_of(s.source[0]);
    return e.profile.kind == "unknown" || is_owner(scene_, words.end - 1);
  }

  /// Whether all of the attribution stands in a clause that is a passage of its own: "… etter at X
  /// skrev at …" tells nothing of the sentence around it.
  bool in_own_clause(const ledger::Statement& s, const Passage& p) const {
    if (p.kind == PassageKind::kClause || s.cue.empty() || s.content.empty()) return false;
    return std::any_of(article_.passages.begin(), article_.passages.end(), [&](const Passage& q) {
      return q.kind == PassageKind::kClause && p.span.contains(q.span) &&
             q.span.contains(s.cue[0]) && q.span.contains(s.content[0]);
    });
  }

  /// "Det opplyser X": the content is a word that stands for what was said before.
  bool refers_back(const ledger::Statement& s) const {
    if (s.content.size() != 1 || s.quote == "direct") return false;
    const WordRange words = scene_.words_of(s.content[0]);
    if (words.size() > kShortReference) return false;
    if (s.act == "deny") return true;  // "avviser anklagene"
    const auto& all = scene_.analysis.words;
    return std::none_of(all.begin() + words.begin, all.begin() + words.end, [](const Word& w) {
      return w.upos == Upos::kNoun || w.upos == Upos::kPropn || w.upos == Upos::kVerb ||
             w.upos == Upos::kNum;
    });
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
    std::optional<uint32_t> speaker = s->speaker;
    if (const ledger::Statement* within = told_within(scene_, *s, p))
      if (put_within(p.chain, chain_of(*within, p))) speaker = within->speaker;
    drop_unnamed_relays(p.chain);
    if (p.chain.size() > 1 && p.chain[1].medium && is_set_against(p))
      p.chain[0] = {.name = "unnamed", .unnamed = true, .anonymous = true};
    if (!p.chain.empty() && !p.chain[0].unnamed && tells_outlet(scene_, article_, p, *s))
      p.chain = {{.name = "unnamed", .unnamed = true, .anonymous = true}};
    // that a medium could not confirm it is its own word
    if (!p.chain.empty() && p.chain[0].medium && p.stance != Stance::kOpen)
      p.chain.insert(p.chain.begin(), kNobody);
    if (p.chain.empty() && (has_anonymous(scene_, p) || is_by_unnamed(scene_, *s)))
      p.chain = {{.name = "unnamed", .unnamed = true, .anonymous = true}};
    p.chain_told =
        p.chain.empty() || !p.chain[0].unnamed || p.chain[0].anonymous || p.chain.size() > 1;
    if (!p.chain.empty() && p.chain[0].person) p.speaker = p.chain[0].name;
    if (p.speaker.empty() && speaker && (p.chain.empty() || !p.chain[0].unnamed))
      p.speaker = scene_.ledger.entities[*speaker].name;
    p.around = names_in(scene_, p.span, s->content);
    add_relays(*s, p);
  }

  /// "bekreftet av X", "confirmed in X": a medium behind a preposition, where nobody else is said
  /// to tell it.
  void from_medium(Passage& p) const {
    if (p.chain_told || p.kind == PassageKind::kCaption) return;
    const WordRange words = scene_.words_of(p.span);
    for (Source& s : names_in(scene_, p.span, {})) {
      if (!s.medium || same_name(s.name, article_.outlet)) continue;
      const size_t at = scene_.text().find(s.name, p.span.begin);
      if (is_in_clause(article_, p, static_cast<uint32_t>(at))) continue;
      for (WordId w = words.begin + 1; w < words.end; ++w) {
        if (scene_.analysis.words[w].span.begin != at) continue;
        const WordId first = std::max(words.begin, w - std::min(w, kBefore));
        for (WordId v = first; v < w; ++v)
          if (scene_.analysis.words[v].upos == Upos::kAdp) {
            set_told(p, {kNobody, std::move(s)});
            return;
          }
      }
    }
  }

  /// "A says 640, while the employers put it at 410, NTB reported": NTB has the clause from
  /// somebody else than A.
  bool is_set_against(const Passage& p) const {
    return p.kind == PassageKind::kClause && sets_others_against(scene_, p);
  }

  static void drop_unnamed_relays(std::vector<Source>& chain) {
    for (size_t i = chain.size(); i-- > 1;)
      if (chain[i].unnamed) chain.erase(chain.begin() + static_cast<std::ptrdiff_t>(i));
  }

  /// Others to whom the passage says that it was told, or who report it: by another attribution of
  /// the same words, or as "avisa" where a paper has been named.
  void add_relays(const ledger::Statement& told, Passage& p) const {
    for (const ledger::Statement& s : scene_.ledger.statements) {
      if (&s == &told || s.source.empty() || !p.span.contains(s.source[0])) continue;
      if (auto named = named_source(scene_, s); named && named->medium)
        p.around.push_back(std::move(*named));
    }
    const WordRange words = scene_.words_of(p.span);
    for (WordId w = words.begin; w < words.end; ++w) {
      const Span span = scene_.analysis.words[w].span;
      if (inside_any(span, told.content) || inside_any(span, told.source)) continue;
      if (scene_.analysis.words[w].upos != Upos::kNoun) continue;
      const Noun noun = scene_.noun(w);
      if (noun.cls != NounClass::kMedium || noun.kind == "state_media") continue;
      if (auto medium = last_medium_before(scene_, span.begin, noun.kind))
        p.around.push_back(std::move(*medium));
    }
  }
  /// What a medium has from somebody whom the article does not name there is from the one whom the
  /// article elsewhere quotes from that medium, if there is just one. An opening may call somebody
  /// "a scientist" who is named further down.
  void name_the_unnamed(Passage& p) const {
    if (!p.chain_told || p.chain.empty() || !p.chain[0].unnamed) return;
    const bool opening = p.kind == PassageKind::kHeadline || p.lede;
    if (!opening) return;
    const Passage* found = nullptr;
    for (const Passage& q : article_.passages) {
      if (&q == &p || !q.chain_told || q.chain.empty() || q.chain[0].unnamed) continue;
      if (p.chain.size() > 1 && p.chain[1].medium) {
        if (p.chain[0].anonymous || q.chain[0].medium || !goes_through(q, p.chain[1])) continue;
        if (found != nullptr && !same_name(found->chain[0].name, q.chain[0].name)) return;
        found = &q;
      } else if (p.chain.size() == 1 && !p.chain[0].several && q.chain[0].person &&
                 q.stance == p.stance && likeness(p.terms, q.terms).contained >= kSameStatement) {
        found = &q;
        break;
      }
    }
    if (found == nullptr) return;
    p.chain[0] = found->chain[0];
    if (p.chain.size() == 1) p.around = found->around;
  }
  static bool goes_through(const Passage& q, const Source& medium) {
    const auto is_it = [&](const Source& s) { return same_name(s.name, medium.name); };
    return std::any_of(q.chain.begin(), q.chain.end(), is_it) ||
           std::any_of(q.around.begin(), q.around.end(), is_it);
  }

  std::vector<Source> chain_of(const ledger::Statement& s, const Passage& p) const {
    std::vector<Source> out;
    for (const ledger::Hop& hop : s.chain) {
      if (hop.span && s.quote != "direct" && is_of_own(scene_, *hop.span)) continue;
      out.push_back(source_of(scene_, hop));
      if (!out.back().medium || !out.back().described || !hop.span) continue;
      if (auto medium = last_medium_before(scene_, hop.span->begin, out.back().kind))
        out.back() = std::move(*medium);                 // "den same avisa"
      else if (out.back().kind == article_.outlet_kind)  // "The paper has not seen it"
        out.pop_back();
    }
    if (out.empty() && s.speaker) out.push_back(source_of_entity(scene_, *s.speaker));
    auto named = named_source(scene_, s);
    if (named) put_named(out, *named);
    if (auto owner = owner_of_message(scene_, s, p.block); owner && !out.empty())
      out[0] = std::move(*owner);
    if (!out.empty() && out[0].unnamed && !s.source.empty())
      if (auto person = person_of_pronoun(scene_, s.source[0], p.block))
        out[0] = std::move(*person);
    // the source of a quote is somebody whom the passage names, before anybody else
    const bool elsewhere = !s.source.empty() && !p.span.contains(s.source.front());
    if (elsewhere && s.quote == "direct")
      for (Source& other : names_in(scene_, p.span, s.content))
        if (other.person) {
          out = {std::move(other)};
          break;
        }
    if (!out.empty() && !s.source.empty()) {
      if (is_pronoun_for_thing(scene_, s.source[0]))
        take_last_told(s.source[0].begin, p.block, out);
      else if (auto body = named ? std::nullopt : body_described(scene_, s.source[0], out[0]))
        out[0] = std::move(*body);
      if (!out.empty()) speak_for_body_before(scene_, s, out[0], p.block);
    }
    erase_own(out);
    return out;
  }

  /// "It said": who told what stands last before, by no person; of the same paragraph, or where
  /// the ledger took a person for it.
  void take_last_told(uint32_t at, uint32_t block, std::vector<Source>& chain) const {
    const Passage* last = nullptr;
    for (const Passage& q : article_.passages)
      if (q.span.end <= at && q.chain_told && !q.chain.empty() && !q.chain[0].person) last = &q;
    if (chain[0].person || (last != nullptr && last->block == block))
      chain = last == nullptr ? std::vector<Source>() : last->chain;
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
    if (tells_before(scene_, passages[i])) {
      passages[i].refers_back = true;
      return;
    }
    for (const ledger::Statement& s : scene_.ledger.statements) {
      if (s.quote == "own" || s.parent || s.source.empty() || s.content.empty()) continue;
      if (!passages[i].span.contains(s.content[0]) || !refers_back(s)) continue;
      if (!is_most_of(s, passages[i])) continue;
      std::vector<Source> chain = chain_of(s, passages[i]);
      if (chain.empty() || chain[0].unnamed) continue;
      if (std::vector<Source> row = row_of_media(scene_, passages[i].span); row.size() > 2)
        chain = row;
      // who denies it, or does not say it, is not who told it
      const bool tells =
          s.act != "deny" && !passages[i].negated && passages[i].stance == Stance::kAsserts;
      for (size_t j = i; tells && j-- > 0 && passages[i].block - passages[j].block <= 1;)
        if (!passages[j].chain_told && passages[j].kind != PassageKind::kHeadline)
          set_told(passages[j], chain);
      set_told(passages[i], chain);
      passages[i].refers_back = true;
      return;
    }
  }

  /// Whether the passage begins with the word that refers back, or is hardly more than the
  /// attribution.
  bool is_most_of(const ledger::Statement& s, const Passage& p) const {
    if (s.content[0].begin == p.span.begin) return true;
    const uint32_t n =
        overlap(s.content, p.span) + overlap(s.cue, p.span) + overlap(s.source, p.span);
    return static_cast<float>(n) >= kMostly * static_cast<float>(p.span.size());
  }

  static void set_told(Passage& p, const std::vector<Source>& chain) {
    p.chain = chain;
    p.chain_told = true;
  }

  /// The told passage that says the same.
  const Passage* like(const Passage& p, float least) const {
    const Passage* best = nullptr;
    float most = least;
    for (const Passage& q : article_.passages) {
      if (!q.chain_told || &q == &p || q.stance != p.stance || q.span.overlaps(p.span)) continue;
      const Figures figures = compare(p.quantities, q.quantities);
      if (figures == Figures::kConflict) continue;
      const float s =
          likeness(p.terms, q.terms).contained + (figures == Figures::kAgree ? kFigure : 0);
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

  /// "Fjorten skadd" over "Politiet oppjusterte tallet til fjorten": a figure in an opening is from
  /// the body that acts in the sentence that gives it again.
  bool take_figure(Passage& p) const {
    for (const Passage& q : article_.passages) {
      if (q.kind == PassageKind::kHeadline || q.kind == PassageKind::kCaption || &q == &p) continue;
      if (q.chain_told || compare(p.quantities, q.quantities) != Figures::kAgree) continue;
      Passage giving = q;
      if (subject_chain(giving)) return take(p, &giving);
    }
    return false;
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
        if (who->empty() || only_owns(scene_, who->front(), e.span)) continue;
        if (take_subject(p, who->front())) return true;
      }
    }
    const WordRange words = scene_.words_of(p.span);
    for (uint32_t e = 0; e < scene_.ledger.entities.size(); ++e)
      for (const ledger::Mention& m : scene_.ledger.entities[e].mentions) {
        const WordRange at = scene_.words_of(m.span);
        const bool behind = scene_.analysis.words[words.begin].upos == Upos::kAdp;
        if (at.begin >= words.begin && at.begin <= words.begin + 1 && at.end <= words.end &&
            !behind && !is_owner(scene_, at.end - 1) && take_subject(p, e))
          return true;
      }
    return false;
  }
  /// Makes a body that may know it the source of the passage.
  bool take_subject(Passage& p, uint32_t entity) const {
    Source s = source_of_entity(scene_, entity);
    if (s.person || s.unnamed || !is_body(s.kind) || is_place(entity)) return false;
    if (same_name(s.name, article_.outlet) || (s.described && is_indefinite(entity))) return false;
    p.chain = {std::move(s)};
    return true;
  }
  /// "Uanmeldt tilsyn": no body that has been told of.
  bool is_indefinite(uint32_t entity) const {
    const WordRange words = scene_.words_of(scene_.ledger.entities[entity].mentions.front().span);
    for (WordId w = words.begin; w < words.end; ++w)
      if (scene_.analysis.has(w, "Definite=Ind") && scene_.language(w) != "en") return true;
    return false;
  }
  bool is_place(uint32_t entity) const { return scene_.ledger.entities[entity].type == "place"; }
  bool take(Passage& p, const Passage* from) const {
    if (from == nullptr) return false;
    p.chain = from->chain;
    p.around = from->around;
    p.speaker = from->speaker;
    return true;
  }

  /// A headline, a lede or another sentence without a source of its own.
  void inherit(Passage& p) {
    if (p.chain_told) return;
    if (p.kind == PassageKind::kClause)
      for (const Passage& q : article_.passages)
        if (q.kind != PassageKind::kClause && q.span.contains(p.span)) {
          if (!sets_others_against(scene_, p) || !q.chain_told || q.chain.empty()) {
            take(p, &q);
            return;
          }
          // "A says 640, while the employers put it at 410": by another, through the same hands
          p.chain.assign(1, Source{.name = "unnamed", .unnamed = true, .anonymous = true});
          subject_chain(p);
          for (const Source& s : q.chain)
            if (s.medium) p.chain.push_back(s);
          p.around = q.around;
          p.chain_told = true;
          return;
        }
    if (p.stance == Stance::kRetracts) {
      p.chain = chain_of_retraction(scene_, article_, p);
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
    const bool answer = p.stance == Stance::kDenies || p.stance == Stance::kOpen;
    if (answer && subject_chain(p)) return;
    if (outlet_acts(scene_, article_, p)) {
      p.chain.clear();
      return;
    }
    const Passage* sure = like(p, kSurely);
    const bool nobody = sure != nullptr && !sure->chain.empty() && sure->chain[0].unnamed;
    if (nobody && sure->chain.size() == 1 && subject_chain(p)) return;
    if (witness_chain(p)) return;
    if (take(p, sure) || subject_chain(p)) return;
    if (take(p, like(p, kSameStatement))) return;
    if (opening && (take_figure(p) || take(p, first_told()))) return;
    if (tells_own(scene_, article_, p)) {
      p.chain.clear();
      if (has_anonymous(scene_, p))
        p.chain = {{.name = "unnamed", .unnamed = true, .anonymous = true}};
      return;
    }
    for (const Passage& q : article_.passages)  // the article's main source
      if (q.lede && q.kind != PassageKind::kClause && take(p, &q)) return;
    p.chain = {kNobody};
  }

  /// A headline that seems the outlet's own where the opening names a source has it from there.
  void follow_lede(Passage& p) const {
    if (p.kind != PassageKind::kHeadline || p.chain_told || !p.chain.empty() || prints_itself() ||
        p.stance == Stance::kRetracts)
      return;
    for (const Passage& q : article_.passages)
      if (q.lede && q.kind != PassageKind::kClause) {
        take(p, &q);
        return;
      }
  }

  bool prints_itself() const { return article_.release || article_.outlet_kind == "state_media"; }

  const Scene& scene_;
  StoryArticle& article_;
};
}  // namespace

void tell_chains(const Scene& scene, StoryArticle& article) { Teller(scene, article).run(); }

}  // namespace avstand::story
