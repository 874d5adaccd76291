// Frames by order and punctuation, for where the tree may be wrong: a reporting verb that the
// lexicon knows, what stands behind it to the end of the sentence, or before it up to a comma.
#pragma once

#include <vector>

#include "attribution/candidates.h"

namespace avstand {

/// Appends the surface candidates that hang on the word.
void find_surface_candidates(const FrameContext& context, WordId word, std::vector<Candidate>& out);

}  // namespace avstand
