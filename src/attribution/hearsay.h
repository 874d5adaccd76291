// Hearsay without a source: "skal ha rømt", "visstnok", "allegedly". Such marks are too rare in
// annotated news for the role model to know each, and the lexicon leaves little doubt about them.
#pragma once

#include <vector>

#include "attribution/candidate.h"

namespace avstand {

/// Appends a candidate for every adverb of hearsay, and every modal of hearsay over a perfect, in
/// sentences of the language, that no accepted attribution has as its cue or in its content.
void add_hearsay(const FrameContext& context, std::vector<Candidate>& accepted);

}  // namespace avstand
