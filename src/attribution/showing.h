// What pictures, recordings, figures and papers show: "videoen viser …", "målinger tyder på …". Any
// such noun may be the subject, so the role model has seen too few of each.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "entity/entities.h"

namespace avstand {

/// Appends a candidate for every verb of showing (role `showing` of cue_words.tsv) whose subject is
/// a document or a sensor, in sentences of the language, that is no accepted attribution's cue.
void add_showing(const FrameContext& context, const EntityLayer& entities,
                 std::vector<Candidate>& accepted);

}  // namespace avstand
