#include "attribution/labels.h"

#include <algorithm>

namespace avstand {
namespace {

const CueEntry* entry_of(const FrameContext& c, const Candidate& cand) {
  if (cand.cue == kNoWord) return nullptr;
  const std::string_view lemma = c.analysis.lemma(cand.cue);
  const Upos tagged = c.analysis.words[cand.cue].upos;
  if (const CueEntry* entry = c.lexicon.find(tagged, lemma)) return entry;
  // That it is a cue was decided from more than its tag, which may be wrong ("X disputes Y").
  for (const Upos upos : {Upos::kVerb, Upos::kNoun})
    if (const CueEntry* entry = c.lexicon.find(upos, lemma)) return entry;
  // "came with a demand": the head says little, another word of the cue what it is.
  for (const WordRange r : cand.cue_words)
    for (WordId w = r.begin; w < r.end; ++w)
      if (const CueEntry* entry = c.lexicon.find(c.analysis.words[w].upos, c.analysis.lemma(w)))
        return entry;
  return nullptr;
}

/// Whether the content itself stands under a modal or adverb of hearsay ("ifølge X skal … ha").
bool hearsay_inside(const FrameContext& c, const Candidate& cand) {
  if (cand.content_head == kNoWord) return false;
  for (const WordId child : c.tree.children(cand.content_head)) {
    const Rel rel = c.analysis.words[child].rel;
    const std::string_view lemma = c.analysis.lemma(child);
    if (rel == Rel::kAdvmod && c.lexicon.is(lemma, CueRole::kAdverb)) return true;
    if (rel == Rel::kAux && c.lexicon.is(lemma, CueRole::kHearsay)) return true;
  }
  return false;
}

/// "viser til at …": who refers to something says it; only "viser at …" shows.
bool refers(const FrameContext& c, const CueEntry& entry, const Candidate& cand) {
  const std::vector<WordId> cue = to_words(cand.cue_words);
  return entry.citing_to && std::any_of(cue.begin(), cue.end(), [&](WordId w) {
           return c.analysis.words[w].upos == Upos::kAdp;
         });
}

}  // namespace

QuoteType quote_type(const Analysis& a, const QuotationMap& quotes, const Candidate& cand) {
  if (cand.frame == Frame::kBareQuote) return QuoteType::kDirect;
  uint32_t inside = 0, words = 0;
  for (const WordRange r : cand.content)
    for (WordId w = r.begin; w < r.end; ++w) {
      if (a.words[w].upos == Upos::kPunct) continue;
      ++words;
      const QuotedSpan* q = quotes.quoted_at(w);
      // A quote around the cue as well says nothing about this content.
      if (q != nullptr && !(cand.cue != kNoWord && q->words.contains(cand.cue))) ++inside;
    }
  if (cand.direct && (words == 0 || inside < words)) {
    if (is_dash(a.form(cand.content.front().begin)) || inside == 0) return QuoteType::kDirect;
  }
  if (words > 0 && inside == words) return QuoteType::kDirect;
  return inside > 0 ? QuoteType::kMixed : QuoteType::kIndirect;
}

Act act_of(const FrameContext& c, const Candidate& cand) {
  if (cand.frame == Frame::kHearsay || cand.frame == Frame::kAdverb) return Act::kClaim;
  const CueEntry* entry = entry_of(c, cand);
  if (entry == nullptr) return Act::kSay;
  if (entry->act == Act::kShow && refers(c, *entry, cand)) return Act::kSay;
  const bool negated = is_negated(c, cand.cue);
  const bool tells =
      entry->act == Act::kSay || entry->act == Act::kConfirm || entry->act == Act::kClaim;
  if (negated && tells) return Act::kRefuse;
  // "ønsker ikke å kommentere": what is not wanted is to say something
  if (negated && entry->act == Act::kBelieve && cand.content_head != kNoWord) {
    const CueEntry* wanted = c.lexicon.find(Upos::kVerb, c.analysis.lemma(cand.content_head));
    if (wanted != nullptr && wanted->act == Act::kSay &&
        c.analysis.has(cand.content_head, "VerbForm=Inf"))
      return Act::kRefuse;
  }
  // "neither confirm nor deny" is no denial, and who does not deny concedes nothing.
  if (negated && entry->act == Act::kDeny)
    return is_neither(c, cand.cue) ? Act::kRefuse : Act::kSay;
  return entry->act;
}

Commitment commitment_of(const FrameContext& c, const Candidate& cand) {
  if (cand.frame == Frame::kHearsay || cand.frame == Frame::kAdverb) return Commitment::kDistanced;
  if (cand.frame == Frame::kAccording && hearsay_inside(c, cand)) return Commitment::kDistanced;
  const CueEntry* entry = entry_of(c, cand);
  if (entry == nullptr) return Commitment::kNeutral;
  if (refers(c, *entry, cand)) return Commitment::kNeutral;  // annotators: 6 of 13
  if (!is_negated(c, cand.cue)) return entry->commitment;
  switch (entry->act) {
    case Act::kBelieve:
      return act_of(c, cand) == Act::kRefuse ? Commitment::kNeutral : Commitment::kDenied;
    case Act::kPerceive:
      return Commitment::kUncertain;
    case Act::kDeny:
    case Act::kClaim:  // who never claimed it has not said it: nothing to keep away from
      return Commitment::kNeutral;
    default:  // who does not confirm vouches for nothing
      return entry->commitment == Commitment::kEndorsed ? Commitment::kNeutral : entry->commitment;
  }
}

}  // namespace avstand
