// A StoryArticle as bytes and back, for archives: little-endian, with the version of its form
// first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "story/article.h"

namespace avstand::story {

std::string to_bytes(const StoryArticle& article);

/// nullopt where the bytes are damaged, cut, or of another version: the article must be read again.
std::optional<StoryArticle> from_bytes(std::string_view bytes);

}  // namespace avstand::story
