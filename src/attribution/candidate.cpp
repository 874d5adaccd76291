#include "attribution/candidate.h"

#include <array>

namespace avstand {
namespace {

constexpr std::array<std::string_view, 15> kFrameNames = {
    "verb_clause", "verb_phrase", "verb_oblique", "parenthetical", "according_to",
    "noun_clause", "noun_phrase", "adjective",    "hearsay",       "adverb",
    "other",       "citing",      "colon",        "bare_quote",    "anaphora"};

bool is_nominal(Upos upos) {
  return upos == Upos::kNoun || upos == Upos::kPropn || upos == Upos::kPron;
}

bool is_clause(const Analysis& a, WordId w) {
  const Rel rel = a.words[w].rel;
  return rel == Rel::kCcomp || rel == Rel::kXcomp || rel == Rel::kCsubj || rel == Rel::kAcl ||
         rel == Rel::kAdvcl || rel == Rel::kParataxis;
}

}  // namespace

std::string_view to_string(Frame v) { return kFrameNames[static_cast<size_t>(v)]; }

void add_by_word(const FrameContext& c, std::initializer_list<Ranges Candidate::*> taken,
                 const std::function<bool(WordId, Candidate&)>& find,
                 std::vector<Candidate>& accepted) {
  std::vector<bool> is_taken(c.analysis.words.size());
  for (const Candidate& cand : accepted)
    for (const Ranges Candidate::* part : taken)
      for (const WordId w : to_words(cand.*part)) is_taken[w] = true;
  for (uint32_t s = 0; s < c.analysis.sentences.size(); ++s) {
    if (!c.reads(s)) continue;
    const WordRange words = c.analysis.sentences[s].words;
    for (WordId w = words.begin; w < words.end; ++w) {
      Candidate cand;
      if (!is_taken[w] && find(w, cand) && !is_idiom(c, cand.cue, cand.cue_words))
        accepted.push_back(std::move(cand));
    }
  }
  std::stable_sort(accepted.begin(), accepted.end(),
                   [](const Candidate& x, const Candidate& y) { return x.cue < y.cue; });
}

void set_cue(const FrameContext& c, WordId verb, WordId doer, Candidate& out) {
  out.cue = verb;
  out.cue_words = cue_phrase(c, verb);
  out.source_head = doer;
  if (doer != kNoWord) out.source = subtract(source_phrase(c, doer), out.cue_words);
}

bool set_parts(const FrameContext& c, WordId doer, const Ranges& told, Candidate& out) {
  out.source_head = doer;
  out.source = subtract(source_phrase(c, doer), out.cue_words);
  out.content = subtract(subtract(told, out.cue_words), out.source);
  if (out.content.empty()) return false;
  out.content_head = head_of(c.analysis, out.content);
  out.content_first = out.content.front().begin < out.cue;
  return true;
}

WordId head_of(const Analysis& a, const Ranges& ranges) {
  WordId first = kNoWord;
  for (const WordRange r : ranges)
    for (WordId w = r.begin; w < r.end; ++w) {
      if (a.words[w].upos == Upos::kPunct) continue;
      if (a.words[w].head != kNoWord && contains(ranges, a.words[w].head)) continue;
      if (is_nominal(a.words[w].upos)) return w;
      if (first == kNoWord) first = w;
    }
  return first;
}

Frame frame_of(const FrameContext& c, const Candidate& cand) {
  const Analysis& a = c.analysis;
  const std::string_view lemma = a.lemma(cand.cue);
  const Upos upos = a.words[cand.cue].upos;
  for (const WordRange r : cand.cue_words)
    for (WordId w = r.begin; w < r.end; ++w)
      if (c.lexicon.is(a.lemma(w), CueRole::kAccording)) return Frame::kAccording;
  const bool clause = cand.content_head != kNoWord && is_clause(a, cand.content_head);
  switch (upos) {
    case Upos::kNoun:
    case Upos::kPropn:
      return clause ? Frame::kNounClause : Frame::kNounPhrase;
    case Upos::kAdj:
      return Frame::kAdjective;
    case Upos::kAdv:
      return c.lexicon.is(lemma, CueRole::kAdverb) ? Frame::kAdverb : Frame::kOther;
    case Upos::kAux:
      if (c.lexicon.is(lemma, CueRole::kHearsay) && cand.source.empty()) return Frame::kHearsay;
      break;
    case Upos::kVerb:
      break;
    default:
      return Frame::kOther;
  }
  if (cand.content_first) return Frame::kParenthetical;
  if (clause || cand.content_head == kNoWord) return Frame::kVerbClause;
  return a.words[cand.content_head].rel == Rel::kObl ? Frame::kVerbOblique : Frame::kVerbPhrase;
}

}  // namespace avstand
