// Clauses set beside what is told: "som X påpeker, …", "etter det X erfarer, …", "as X noted".
#pragma once

#include "attribution/candidate.h"
#include "entity/entities.h"

namespace avstand {

/// Appends an attribution for every aside whose verb is a known cue and whose doer is somebody; the
/// content is what the aside hangs on.
void add_asides(const FrameContext& c, const EntityLayer& entities,
                std::vector<Candidate>& accepted);

}  // namespace avstand
