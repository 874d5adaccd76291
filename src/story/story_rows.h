// A story as the rows of an archive.
#pragma once

#include "store/story_tables.h"
#include "story/stories.h"

namespace avstand::story {

/// `numbers`: those of the story's articles in the archive, in its order; `title`: of the first.
store::StoryRows rows_of(const Story& story, const std::vector<int64_t>& numbers,
                         std::string title);

/// "2026-03-02T06:10Z"; empty for 0.
std::string utc(int64_t minute);

}  // namespace avstand::story
