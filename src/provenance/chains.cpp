// Chains: whose words these are and through which hands they came (LEDGER.md, rule 2).
//
// 1. Every attribution gets the origin that its source words mean, and the relays that its clause
//    names ("til NTB", "is quoted as saying").
// 2. A medium is the origin of what it says unless the text tells where it has it from (an inner
//    attribution, "som siterer X", a sentence elsewhere): then it is a relay of that origin.
// 3. A nested attribution has passed through the hands of the one around it, and through those that
//    the metadata name (agency_hops.cpp).
#include <algorithm>

#include "provenance/context.h"
#include "provenance/origin.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

// Share of the outer content that an inner attribution must cover to be what the medium passes on.
constexpr double kSameContent = 0.6;
// "Opplysningene stammer fra X" is about the nearest block with media statements, at most so far
// back.
constexpr uint32_t kStemsReach = 2;
constexpr uint32_t kStemsSentences = 16;

class ChainBuilder {
 public:
  explicit ChainBuilder(Context& c) : c_(c), hops_(c.attributions.attributions.size()) {}

  void run() {
    for (uint32_t i = 0; i < hops_.size(); ++i) hops_[i] = find_origin(c_, c_.drafts[i]);
    for (uint32_t s = 0; s < c_.analysis.sentences.size(); ++s) add_told_relays(s);
    for (uint32_t i = 0; i < hops_.size(); ++i) add_cited_origin(i);
    for (uint32_t s = 0; s < c_.analysis.sentences.size(); ++s) add_origin_from_elsewhere(s);
    for (uint32_t s = 0; s < c_.analysis.sentences.size(); ++s) add_cited_after(s);
    state_.assign(hops_.size(), 0);
    for (uint32_t i = 0; i < hops_.size(); ++i) finish(i);
  }

 private:
  // --- 1. relays that the clause names -------------------------------------------------------

  void add_told_relays(uint32_t sentence) {
    if (c_.drafts_of_sentence[sentence].empty()) return;
    const WordRange words = c_.analysis.sentences[sentence].words;
    for (const Marker marker : {Marker::kTold, Marker::kSpoken})
      for (const Match& m : c_.find(marker, words)) {
        if (m.captures.empty() || is_crowd(m.captures.front()) ||
            is_cited(sentence, m.captures.front().words))
          continue;
        const uint32_t nearest = nearest_draft(sentence, m);
        if (nearest == kNone) continue;
        append_hop(hops_[nearest], relay_of(c_, m.captures.front()));
        add_why(c_, c_.drafts[nearest], marker == Marker::kTold ? "chain.told" : "chain.spoken",
                m.words);
      }
  }

  // "Not authorised to speak to the media": all of them are no hand that it went through.
  bool is_crowd(const Capture& capture) const {
    if (c_.knows(capture.entity) && c_.entity(capture.entity).named) return false;
    // "Local media" are some of them.
    const bool bare =
        capture.words.size() == 1 ||
        (capture.words.size() == 2 && c_.analysis.words[capture.words.begin].upos == Upos::kDet);
    if (!bare) return false;
    return c_.knowledge.is_collective_medium(c_.analysis.sentence(capture.words.end - 1).language,
                                             c_.analysis.lemma(capture.words.end - 1));
  }

  // "Reuters, som viser til KCNA": nobody talks to whom another cites.
  bool is_cited(uint32_t sentence, WordRange medium) const {
    for (const uint32_t i : c_.drafts_of_sentence[sentence])
      if (const Draft& d = c_.drafts[i];
          d.attribution->outer_cue != kNoWord && medium.contains(d.source_head))
        return true;
    return false;
  }

  uint32_t nearest_draft(uint32_t sentence, const Match& m) const {
    uint32_t best = kNone;
    WordId best_distance = 0;
    for (const uint32_t i : c_.drafts_of_sentence[sentence]) {
      const Draft& d = c_.drafts[i];
      const Attribution& a = *d.attribution;
      if (c_.inside(a.content, m.captures.front().words) || d.by_outlet) continue;
      if (a.quote == QuoteType::kScare ||
          (d.source_head != kNoWord && m.captures.front().words.contains(d.source_head)))
        continue;
      const WordId at = m.captures.front().words.begin;
      WordId distance = at > d.anchor ? at - d.anchor : d.anchor - at;
      if (c_.inside(a.cue, {m.words.begin, m.words.begin + 1})) distance = 0;  // "told the BBC"
      if (best == kNone || distance < best_distance) {
        best = i;
        best_distance = distance;
      }
    }
    return best;
  }

  // --- 2. media as relays ----------------------------------------------------------------------

  bool has_media_origin(uint32_t i) const {
    const Draft& d = c_.drafts[i];
    const ledger::Hop& first = hops_[i].front();
    if (first.entity && c_.knows(*first.entity) && c_.is_medium(*first.entity)) return true;
    return d.source_head != kNoWord && !d.by_outlet &&
           c_.knowledge.is_media_noun(c_.analysis.sentence(d.source_head).language,
                                      c_.analysis.lemma(d.source_head));
  }

  void put_before(uint32_t i, Hops origin) {
    if (contains_hop(hops_[i], origin.front())) return;
    for (ledger::Hop& hop : hops_[i]) append_hop(origin, hop);
    hops_[i] = std::move(origin);
  }

  void add_cited_origin(uint32_t i) {
    if (!has_media_origin(i)) return;
    Draft& d = c_.drafts[i];
    const uint32_t child = passed_on_child(i);
    if (child != kNone) {
      put_before(i, hops_[child]);
      add_why(c_, d, "chain.inner", {c_.drafts[child].anchor, c_.drafts[child].anchor + 1});
      return;
    }
    for (const Match& m : c_.find(Marker::kCiting, c_.analysis.sentences[d.sentence].words)) {
      if (m.captures.empty() || d.attribution->quote == QuoteType::kDirect) continue;
      if (d.source_head != kNoWord && m.captures.front().words.contains(d.source_head)) continue;
      put_before(i, {relay_of(c_, m.captures.front())});
      add_why(c_, d, "chain.citing", m.words);
      return;
    }
  }

  uint32_t passed_on_child(uint32_t parent) const {
    const Draft& d = c_.drafts[parent];
    // Children stand in the sentences of the parent's content; those of its own are enough here.
    for (const uint32_t i : c_.drafts_of_sentence[d.sentence]) {
      const Draft& child = c_.drafts[i];
      if (child.parent != parent || child.attribution->source.empty()) continue;
      if (child.attribution->quote == QuoteType::kScare || is_deed(child)) continue;
      const bool cites = !child.attribution->cue.empty() &&
                         c_.has(Marker::kCiteCue, child.attribution->cue.front());
      if (cites || covers(child.attribution->content, d.attribution->content)) return i;
    }
    return kNone;
  }

  // "X have agreed a contract, according to Y": Y tells what X did, and passes on no words of X.
  bool is_deed(const Draft& d) const {
    if (d.attribution->act != Act::kBelieve) return false;
    const WordId head = c_.head_of(d.attribution->content);
    return head != kNoWord && c_.analysis.words[head].upos == Upos::kNoun;
  }

  static bool covers(const Ranges& inner, const Ranges& outer) {
    uint32_t common = 0, all = 0;
    for (const WordRange o : outer) {
      all += o.size();
      for (const WordRange r : inner) {
        const WordRange both{std::max(o.begin, r.begin), std::min(o.end, r.end)};
        common += both.size();
      }
    }
    return all > 0 && common >= kSameContent * all;
  }

  // A sentence that says where the information comes from, about media statements before it.
  void add_origin_from_elsewhere(uint32_t sentence) {
    const SentenceInfo& s = c_.analysis.sentences[sentence];
    for (const Match& m : c_.find(Marker::kStems, s.words)) {
      if (m.captures.empty()) continue;
      for (uint32_t back = 0; back <= kStemsReach && back <= s.block; ++back)
        if (put_origin_in_block(s.block - back, sentence, m)) break;
    }
  }

  // "TTV meldte at C. Det viste til en kilde": whom a medium cites in a sentence of its own is the
  // origin of what it has told in the sentences before.
  void add_cited_after(uint32_t sentence) {
    const SentenceInfo& s = c_.analysis.sentences[sentence];
    for (const Match& m : c_.find(Marker::kCites, s.words)) {
      const Capture& medium = m.captures.front();
      const WordId cited = cited_by(m);
      if (!c_.knows(medium.entity) || cited == kNoWord) continue;
      for (uint32_t before = sentence; before > c_.sentences_of_block[s.block].begin; --before)
        if (put_cited(before - 1, medium.entity, cited, m)) break;
    }
  }

  // The noun that the verb of the match cites. "VG siterer X på at …" is told by X, and is about
  // nothing before: kNoWord.
  WordId cited_by(const Match& m) const {
    WordId verb = m.captures.front().words.end, cited = kNoWord;
    while (verb < m.words.end && c_.analysis.words[verb].upos != Upos::kVerb) ++verb;
    if (verb >= m.words.end) return kNoWord;
    for (const WordId child : c_.tree.children(verb)) {
      const Rel rel = c_.analysis.words[child].rel;
      if (rel == Rel::kCcomp || rel == Rel::kAdvcl || rel == Rel::kXcomp) return kNoWord;
      const bool object = rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kNmod;
      if (object && child > verb && cited == kNoWord) cited = child;
    }
    if (cited == kNoWord) return kNoWord;
    for (const uint32_t i : c_.drafts_of_sentence[c_.analysis.sentence_of[verb]]) {
      const Attribution& a = *c_.drafts[i].attribution;
      if (c_.inside(a.cue, {verb, verb + 1}) && !c_.inside(a.content, {cited, cited + 1}))
        return kNoWord;
    }
    return cited;
  }

  bool put_cited(uint32_t sentence, EntityId medium, WordId cited, const Match& m) {
    bool any = false;
    for (const uint32_t i : c_.drafts_of_sentence[sentence]) {
      const ledger::Hop& first = hops_[i].front();
      if (c_.drafts[i].parent != kNone || first.entity != medium) continue;
      const std::vector<WordId> phrase = c_.tree.subtree(cited);
      const Mention* who = c_.entities.principal(c_.analysis, {phrase.front(), phrase.back() + 1});
      // "Menneskerettsgruppen Vern": the name beside a noun that the parser has not joined to it.
      if (who == nullptr && phrase.back() + 1 < c_.analysis.sentence(cited).words.end)
        who = c_.entities.by_head(phrase.back() + 1);
      put_before(i, {who && c_.knows(who->entity)
                         ? make_hop(c_, who->entity, c_.span(who->words))
                         : make_hop(c_, kNoEntity, c_.span(WordRange{cited, cited + 1}))});
      add_why(c_, c_.drafts[i], "chain.cites", m.words);
      any = true;
    }
    return any;
  }

  bool put_origin_in_block(uint32_t block, uint32_t before, const Match& m) {
    bool any = false;
    const WordRange sentences = c_.sentences_of_block[block];
    const uint32_t end = std::min(sentences.end, before);
    for (uint32_t s = std::max(sentences.begin, end - std::min(end, kStemsSentences)); s < end; ++s)
      for (const uint32_t i : c_.drafts_of_sentence[s]) {
        if (c_.drafts[i].parent != kNone || !has_media_origin(i)) continue;
        any = true;
        put_before(i, {relay_of(c_, m.captures.back())});
        add_why(c_, c_.drafts[i], "chain.stems", m.words);
      }
    return any;
  }

  // --- 3. nesting ------------------------------------------------------------------------------

  // What a denial or refusal mentions has not come through the one who denies it.
  static bool passes_on(const Attribution& a) {
    return a.act != Act::kDeny && a.act != Act::kRefuse && a.commitment != Commitment::kDenied;
  }

  void finish(uint32_t i) {
    if (state_[i] != 0) return;
    state_[i] = 1;
    Draft& d = c_.drafts[i];
    d.out.chain = hops_[i];
    if (d.parent != kNone && d.parent < hops_.size() && state_[d.parent] != 1) {
      finish(d.parent);
      if (passes_on(*c_.drafts[d.parent].attribution)) nest(d, c_.drafts[d.parent]);
    }
    d.out.distance = static_cast<uint32_t>(d.out.chain.size());
    state_[i] = 2;
  }

  void nest(Draft& d, const Draft& parent) {
    const Hops& outer = parent.out.chain;
    if (speaks_through_itself(d, parent)) {
      d.out.chain = outer;
      // Whom a medium cites has said it, not the medium.
      if (d.speaker != kNoEntity && !is_first_person(d)) return;
      d.speaker = parent.speaker;
      d.out.speaker = parent.out.speaker;
      return;
    }
    const bool told = parent.speaker != kNoEntity && c_.entity(parent.speaker).named &&
                      !parent.attribution->source.empty();
    for (size_t k = 0; k < outer.size(); ++k) {
      ledger::Hop hop = outer[k];
      if (k == 0 && outer.size() > 1 && is_mere_hearsay(parent)) continue;
      // The hand that passed it on is the person who spoke, not the body spoken for.
      if (k == 0 && told) {
        ledger::Hop speaker =
            make_hop(c_, parent.speaker, c_.span(parent.attribution->source.front()));
        if (!contains_hop(outer, speaker)) hop = std::move(speaker);
      }
      append_hop(d.out.chain, std::move(hop));
    }
  }

  // "Reuters skriver at S skal ha sagt C": the modal tells of the writer's doubt, not of a hand.
  bool is_mere_hearsay(const Draft& d) const {
    const Attribution& a = *d.attribution;
    return a.source.empty() && a.cue_head != kNoWord &&
           c_.analysis.words[a.cue_head].upos == Upos::kAux;
  }

  bool speaks_through_itself(const Draft& d, const Draft& parent) const {
    if (is_first_person(d)) return true;
    const ledger::Hop& mine = hops_[index(d)].front();
    if (contains_hop(parent.out.chain, mine)) return is_same_hop(parent.out.chain.front(), mine);
    return d.speaker != kNoEntity && d.speaker == parent.speaker;
  }

  bool is_first_person(const Draft& d) const {
    return d.source_head != kNoWord && c_.analysis.words[d.source_head].upos == Upos::kPron &&
           c_.analysis.has(d.source_head, "Person=1");
  }

  uint32_t index(const Draft& d) const { return static_cast<uint32_t>(&d - c_.drafts.data()); }

  Context& c_;
  std::vector<Hops> hops_;
  std::vector<uint8_t> state_;  // 0 open, 1 in progress, 2 done
};

}  // namespace

void build_chains(Context& c) { ChainBuilder(c).run(); }

}  // namespace avstand::provenance
