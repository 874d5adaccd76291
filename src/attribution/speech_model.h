// How far the speech that a dash opened goes on. Nordic papers mark only the first sentence of a
// speech; where no paragraph ends it, person, tense and words tell. Log-linear over the places
// where it may end: the weights stand in the file of the role model.
#pragma once

#include <string>
#include <vector>

#include "attribution/phrases.h"
#include "attribution/quotation.h"

namespace avstand {

/// Sentences after the one with the dash that are looked at.
inline constexpr uint32_t kLongestSpeech = 40;

/// What is known of a sentence beside its words.
struct Continuation {
  uint32_t first = 0;     ///< the sentence that carries the dash
  uint32_t sentence = 0;  ///< the one in question
  bool narrated = false;  ///< it reports somebody in the third person
  uint32_t end = 0;       ///< where the run ends: the next dash or the end of the block
};

void continuation_features(const FrameContext& context, const Continuation& x,
                           std::vector<std::string>& out);

/// What the sentence adds to the score of all ends behind it: speech ends after sentence k with a
/// probability that is proportional to exp(sum of the scores of all up to k).
float continuation_score(const FrameContext& context, const Continuation& x);

}  // namespace avstand
