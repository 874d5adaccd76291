// Verbs of denying, admitting and the like with a somebody as subject, and clauses with their
// inquit behind a comma: frames plain enough to be read off the tree where the model saw nothing.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "attribution/phrases.h"
#include "entity/entities.h"

namespace avstand {

/// Adds an attribution for every verb of such an act whose doer is a person, a body or a state and
/// that has an object or a clause, and for every verb of saying with its clause before it and a
/// comma between ("Prices rise, a report says"), in sentences of the lexicon's language, where no
/// accepted attribution has the verb in its cue.
void add_plain_frames(const FrameContext& context, const EntityLayer& entities,
                      std::vector<Candidate>& accepted);

}  // namespace avstand
