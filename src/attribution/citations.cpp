#include "attribution/citations.h"

#include <algorithm>

#include "attribution/labels.h"

namespace avstand {
namespace {

constexpr float kCitationProbability = 0.85F;

const CueEntry* entry_of(const FrameContext& c, WordId w) {
  return c.lexicon.find(c.analysis.words[w].upos, c.analysis.lemma(w));
}

/// Whom the word cites, or kNoWord where it cites nobody.
WordId cited(const FrameContext& c, WordId w) {
  const CueEntry* entry = entry_of(c, w);
  if (entry == nullptr || !(entry->citing || entry->citing_to)) return kNoWord;
  for (const WordId child : c.tree.children(w)) {
    const Rel rel = c.analysis.words[child].rel;
    if (child < w) continue;
    if (entry->citing && rel == Rel::kObj) return child;
    if (entry->citing_to && (rel == Rel::kObl || rel == Rel::kNmod)) return child;
  }
  return kNoWord;
}

/// Words that hang on the cue as a side clause, and all words below the source.
std::vector<WordId> places(const FrameContext& c, const Candidate& cand) {
  std::vector<WordId> out;
  if (cand.source_head != kNoWord) out = c.tree.subtree(cand.source_head);
  for (const WordId child : c.tree.children(cand.cue)) {
    const Rel rel = c.analysis.words[child].rel;
    if (rel == Rel::kAdvcl || rel == Rel::kParataxis || rel == Rel::kConj || rel == Rel::kObl)
      out.push_back(child);
  }
  return out;
}

}  // namespace

void add_citations(const FrameContext& c, std::vector<Candidate>& accepted) {
  std::vector<Candidate> found;
  for (Candidate& outer : accepted) {
    if (outer.cue == kNoWord || cited(c, outer.cue) != kNoWord) continue;
    if (act_of(c, outer) == Act::kRefuse) continue;  // "declined to comment, citing the inquiry"
    for (const WordId w : places(c, outer)) {
      const WordId source = w == outer.cue ? kNoWord : cited(c, w);
      if (source == kNoWord) continue;
      Candidate inner;
      inner.frame = Frame::kCiting;
      inner.cue = w;
      inner.cue_words = cue_phrase(c, w);
      inner.source_head = source;
      inner.source = subtract(source_phrase(c, source), inner.cue_words);
      inner.content = trim_content(
          c.analysis, subtract(subtract(outer.content, inner.cue_words), inner.source), false);
      inner.content_head = outer.content_head;
      inner.outer_cue = outer.cue;
      inner.probability = kCitationProbability * outer.probability;
      if (inner.content.empty()) break;
      // "R says, citing S, that C": whom R cites is no part of what is said.
      if (!overlaps(outer.content, inner.cue_words))
        outer.content = trim_content(c.analysis, subtract(outer.content, inner.source), false);
      // "S, who cite T, say": that they cite is no part of who they are.
      if (overlaps(outer.source, inner.cue_words) && outer.source_head != kNoWord)
        outer.source = subtract(source_phrase(c, outer.source_head), outer.cue_words);
      found.push_back(std::move(inner));
      break;
    }
  }
  std::erase_if(accepted, [&](const Candidate& a) {
    return std::any_of(found.begin(), found.end(),
                       [&](const Candidate& f) { return f.cue == a.cue; });
  });
  accepted.insert(accepted.end(), found.begin(), found.end());
}

}  // namespace avstand
