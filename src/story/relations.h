// How the claims of a story stand to each other, and what becomes of them in time.
#pragma once

#include "story/stories.h"
#include "story/wording.h"

namespace avstand::story {

/// Fills status, conflicts_with and updates of all claims.
void relate_claims(Story& story, const Wording& wording);
/// What happened or is to happen when, by time.
std::vector<TimelineEntry> make_timeline(const Story& story);

}  // namespace avstand::story
