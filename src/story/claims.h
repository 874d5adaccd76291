// Statements of different articles that say the same: the same action, participants, polarity,
// figures and time. Nothing is put together on topic alone.
#pragma once

#include <vector>

#include "story/stories.h"
#include "story/wording.h"

namespace avstand::story {

/// All passages of the articles, put together by what they claim; each group sorted by place,
/// groups by their first place. `copies` are aligned passages that are one claim for sure.
std::vector<std::vector<Place>> group_claims(const std::vector<const StoryArticle*>& articles,
                                             const Wording& wording,
                                             const std::vector<Copy>& copies);

}  // namespace avstand::story
