// Copies: verbatim, edited and translated reuse, passage by passage.
#pragma once

#include "story/stories.h"
#include "story/wording.h"

namespace avstand::story {

/// Copies among the articles of a story (sorted by (published, id)). The original is the wire or
/// the release, else the earliest print.
std::vector<Copy> find_copies(const std::vector<const StoryArticle*>& articles,
                              const Wording& wording);

}  // namespace avstand::story
