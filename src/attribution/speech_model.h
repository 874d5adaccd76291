// Whether an unmarked sentence still belongs to the speech that a dash opened before it. Nordic
// papers mark only the first sentence of a speech; where no paragraph ends it, person, tense and
// form tell. Log-linear; the weights stand in the file of the role model.
#pragma once

#include <string>
#include <vector>

#include "attribution/phrases.h"
#include "attribution/quotation.h"

namespace avstand {

/// What is known of sentence `s` beside its words.
struct Continuation {
  uint32_t first = 0;     ///< the sentence that carries the dash
  uint32_t sentence = 0;  ///< the one in question
  bool narrated = false;  ///< it reports somebody in the third person
  uint32_t end = 0;       ///< where the run ends: the next dash or the end of the block
};

void continuation_features(const FrameContext& context, const Continuation& x,
                           std::vector<std::string>& out);

/// Probability that the sentence is spoken.
float continuation_probability(const FrameContext& context, const Continuation& x);

}  // namespace avstand
