// Stories as text for people.
#pragma once

#include <string>
#include <vector>

#include "story/stories.h"

namespace avstand::story {

/// A story with its claims that more than one article has, or that somebody denies; always the
/// three numbers together: articles, outlets, independent origins.
std::string to_text(const Story& story);
/// A claim with the words, the teller and the chain of each mention.
std::string to_text(const Story& story, const Claim& claim);
/// All of them, or that there is none.
std::string to_text(const std::vector<Story>& stories);

}  // namespace avstand::story
