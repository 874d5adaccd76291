// Stories as text for people.
#pragma once

#include <string>
#include <vector>

#include "story/stories.h"

namespace avstand::story {

/// Each story with its claims that more than one article has, or that somebody denies; always the
/// three numbers together: articles, outlets, independent origins.
std::string to_text(const std::vector<Story>& stories);

}  // namespace avstand::story
