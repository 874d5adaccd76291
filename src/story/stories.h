// What Avstand says about many articles (schema avstand/stories/1; docs/stories.md).
#pragma once

#include <string>
#include <vector>

#include "story/article.h"

namespace avstand::story {

inline constexpr std::string_view kSchema = "avstand/stories/1";

struct Mention {
  uint32_t article = 0;  ///< position in Story::articles
  uint32_t passage = 0;  ///< position in its passages
  Stance stance = Stance::kAsserts;
  std::vector<std::string> chain;     ///< as the article tells it
  std::vector<std::string> resolved;  ///< empty: the story shows no more
  std::string origin;                 ///< canonical name; empty: not stated, or no origin (denial)
  bool unknown = false;               ///< the origin is a source without a name
};

struct Claim {
  std::string id;    ///< "c1", in order of first mention
  std::string text;  ///< the mention that says it best
  std::vector<Mention> mentions;
  std::string status = "happened";
  std::vector<std::string> origins;
  uint32_t independent_origins = 0, unknown_origins = 0;
  uint32_t outlets = 0, families = 0, articles = 0;
  std::vector<std::string> conflicts_with, updates;
  std::string first_seen;
};

/// A passage of the copy and the passage of the original that it repeats.
struct AlignedPassage {
  Span original, copy;
};

struct Copy {
  uint32_t of = 0, article = 0;
  std::string kind;  ///< verbatim, edited, translated
  bool credited = false;
  std::vector<AlignedPassage> passages;
};

struct SharedPicture {
  std::vector<uint32_t> articles;
  std::string origin;
  bool handout = false;
  std::vector<uint32_t> uncredited_in;
};

struct TimelineEntry {
  std::string time, claim, status;
};

struct Story {
  std::string id;                             ///< of its first article
  std::vector<const StoryArticle*> articles;  ///< by (published, id)
  std::vector<Claim> claims;
  std::vector<Copy> copies;
  std::vector<std::vector<uint32_t>> circular;
  std::vector<SharedPicture> pictures;
  std::vector<TimelineEntry> timeline;
};

/// The story of articles that are about one happening, sorted by (published, id). Pure.
Story make_story(const std::vector<const StoryArticle*>& articles);
/// All stories of the articles, which must outlive them. Order of `articles` does not matter.
std::vector<Story> make_stories(const std::vector<StoryArticle>& articles);

/// STORIES.md as JSON, one line without a newline at the end. Offsets are code points.
std::string to_json(const std::vector<Story>& stories);

/// One claim of a story (schema avstand/claim/1), with the words of its mentions.
std::string to_json(const Story& story, const Claim& claim);

/// The same as the first, one story at a time: add() and in the end end() give the pieces in order.
class StoriesJson {
 public:
  std::string add(const Story& story);
  std::string end();

 private:
  std::string begin();
  bool begun_ = false;
  bool any_ = false;
};

std::string_view to_string(Stance stance);

}  // namespace avstand::story
