// From which origins, and through whom, a story's claims came to its outlets, as a graph.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "report/graph.h"
#include "report/strings.h"
#include "story/stories.h"

namespace avstand::report {

/// A way from an origin to an outlet, and the claims that came on it.
struct StoryWay {
  std::vector<std::string> hands;  ///< origin first, outlet last
  /// Steps of it that the outlets' own words do not have; the story shows them.
  std::set<std::pair<std::string, std::string>> implied;
  std::set<const story::Claim*> claims;
  bool unknown = false;  ///< the origin is a source without a name
};

/// The name for people: a source without one is called "unnamed" or, where a story tells such
/// sources apart, "unnamed (outlet)".
std::string told_hand(std::string_view hand, const Phrases& say);

/// All ways of the claims. `outlets`: the name of the outlet of each of the story's articles.
std::vector<StoryWay> story_ways(const std::vector<const story::Claim*>& claims,
                                 const std::vector<std::string>& outlets);

/// Origins on the left, each once, outlets on the right, relays between them. `letters`: what is
/// written before an origin's name. Where there are many, origins with few claims and no relay
/// stand together, and so do outlets with few claims that feed nobody.
Graph story_graph(const std::vector<StoryWay>& ways,
                  const std::map<std::string, std::string>& letters, const Phrases& say);

/// The same in words: a way a sentence.
std::string story_ways_in_words(const std::vector<StoryWay>& ways, const Phrases& say);

}  // namespace avstand::report
