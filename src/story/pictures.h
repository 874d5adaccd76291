// Pictures that several articles print, and who prints a handout without saying so.
#pragma once

#include "story/stories.h"

namespace avstand::story {

std::vector<SharedPicture> find_pictures(const std::vector<const StoryArticle*>& articles);

}  // namespace avstand::story
