// How often a story is told for each origin that it has.
#pragma once

#include "story/stories.h"

namespace avstand::story {

struct Echo {
  uint32_t articles = 0, outlets = 0;
  /// Known origins of the claims that two articles or more have: what is shared is the story; what
  /// one article adds is its own.
  uint32_t origins = 0;
  /// Articles for each of them; where none is known, as for one. 5 articles on one wire: 5.
  double ratio = 0;
  std::vector<std::string> names;  ///< of the origins, those of most claims first
};

Echo echo(const Story& story);

/// What an article of the story itself calls an origin, which the story may call otherwise
/// ("police" for "politiet"): the name under which an archive has it. The origin's own where none
/// does.
std::string told_name(const Story& story, const std::string& origin);

/// Whether a claim belongs in an overview: two articles have it, or others stand against it.
bool is_shared_or_contested(const Claim& claim);

}  // namespace avstand::story
