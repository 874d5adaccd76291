// What the labels of single words get wrong and the tree shows.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "attribution/phrases.h"
#include "entity/entities.h"

namespace avstand {

/// Mends what the model accepted (every candidate has a cue; those of a sentence side by side)
/// where their spans go against the tree: a passive's subject is no source of what it is told, a
/// noun phrase and the relative clause behind it are one source, and what a verb and a noun beside
/// it both introduce is one attribution; what somebody should have said is none. Order is kept.
void repair(const FrameContext& context, const EntityLayer& entities,
            std::vector<Candidate>& accepted);

}  // namespace avstand
