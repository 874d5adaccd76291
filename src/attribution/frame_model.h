// The model that decides which candidates are attributions: log-linear over readable features, plus
// a network over what the parser made of cue, source and content head. Trained on annotated news by
// training/frames/train.py, stored as models/<model>.frames.
//
// A probability is a property of frame, cue word, source and content form; it never looks at what
// is said. Features that the weight file lacks count nothing, so unseen cues fall back on act,
// frame and the states of their words.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "attribution/candidates.h"

namespace avstand {

/// Feature names of a candidate, appended to `out`; never empty.
void frame_features(const FrameContext& context, const QuotationMap& quotes, const Candidate& cand,
                    std::vector<std::string>& out);

/// The words whose states the model sees: cue, head of the source (kNoWord: none) and of the
/// content.
std::array<WordId, 3> state_words(const Candidate& cand);

/// ASCII letters in lower case, other bytes as they are.
std::string lower_ascii(std::string_view s);

/// Logistic function over the sum of the features' weights; a feature without weight counts
/// nothing.
float probability(const CueLexicon::Language& lexicon, const std::vector<std::string>& features);

/// Sets `probability` of every candidate from the language's weights.
void score_candidates(const FrameContext& context, const QuotationMap& quotes,
                      std::vector<Candidate>& candidates);

}  // namespace avstand
