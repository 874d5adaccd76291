// Dialogues that name who speaks before a colon: "WALLACE: …", as transcripts and interviews do.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "entity/entities.h"

namespace avstand {

/// Appends the speech of each paragraph that begins with its speaker's name and a colon. Names in
/// capitals, or those of persons and bodies, count, where at least two speakers take turns: a lone
/// label is a topic, a place or a kicker. Speech that is marked is left to SpeechPass.
void add_transcript(const FrameContext& c, const EntityLayer& entities,
                    std::vector<Candidate>& accepted);

}  // namespace avstand
