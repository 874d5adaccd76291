// "R reports, citing S": the inner half of a chain in one clause. S said it, R passes it on; both
// halves share the content (guide: two attributions, the inner one with the outer as parent).
#pragma once

#include <vector>

#include "attribution/candidate.h"

namespace avstand {

/// Appends a candidate for every word with the flag `citing` that hangs on the cue or stands in the
/// source of an accepted candidate, and drops what the model made of that word alone.
void add_citations(const FrameContext& context, std::vector<Candidate>& accepted);

}  // namespace avstand
