// Which articles are about one happening.
//
// Two articles are linked by what the two say, never by what else is in the archive; a story is a
// connected component of these links. So the same articles in any order or batching give the same
// stories, and adding an article looks only at candidates that share rare features with it.
#pragma once

#include <unordered_map>
#include <vector>

#include "story/article.h"

namespace avstand::story {

/// Whether two articles tell of one happening. Symmetric.
bool same_happening(const StoryArticle& a, const StoryArticle& b);

/// No two articles of a story that are linked lie farther apart.
inline constexpr int64_t kFarthestMinutes = int64_t{60} * 24 * 60;

/// What an article is looked up by: of its names and rare words those with the least hashes (a
/// bottom-k sketch: what two articles share of them grows with what they share of all). Sorted.
/// They depend on the article alone, so two articles are candidates whatever else there is.
std::vector<uint32_t> lookup_keys(const StoryArticle& article);
/// Articles that share fewer of their keys are not linked.
inline constexpr size_t kFewestShared = 3;

/// Look-up of articles that may be linked, in memory.
class CandidateIndex {
 public:
  /// Articles added before that share enough keys, in order of number.
  std::vector<uint32_t> candidates(const StoryArticle& article) const;
  void add(uint32_t number, const StoryArticle& article);

 private:
  std::unordered_map<uint32_t, std::vector<uint32_t>> postings_;
};

/// A story of more articles would take longer to make than anybody waits (the time grows with the
/// square). What hangs together beyond that is cut by the calendar: by fortnights, where that is
/// not enough by three days, a day, six hours, an hour, and in the end by number. Calendars do not
/// move, so an article changes only the part that it is in.
inline constexpr size_t kMostOfAStory = 50;
/// Where the parts begin, by the minutes of articles in the order of before(); one part where they
/// are few.
std::vector<size_t> parts_of(const std::vector<int64_t>& minutes);

/// Stories as lists of positions in `articles`: by (published, id) inside a story, and stories by
/// their first article. A story has two articles or more.
std::vector<std::vector<uint32_t>> cluster(const std::vector<StoryArticle>& articles);

/// (published, id): the order of everything.
bool before(const StoryArticle& a, const StoryArticle& b);

}  // namespace avstand::story
