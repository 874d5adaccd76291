// Stories of an archive, kept up to date article by article.
//
// Two articles are linked by what the two say, never by what else there is (clusters.h); a story is
// what hangs together by links, and its claims are made of its articles alone. So an article that
// is added is compared only with those that share rare words with it in the weeks around it, and
// only the stories that it is linked to, or was, are made again. The same articles in any order and
// in any batches give the same stories; articles that are taken out or changed, too.
//
// Cost of an article: some 900 look-ups in an index, 20 us for every candidate, and the making of
// its story, which grows with the square of the passages of that story. docs/stories.md has
// figures.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "store/story_tables.h"
#include "story/stories.h"

namespace avstand::story {

/// One story with what it is made of. Not to be copied: the story points into the articles.
struct KeptStory {
  std::vector<std::unique_ptr<const StoryArticle>> articles;
  std::vector<store::Listed> listed;  ///< the same articles, as the archive lists them
  Story story;
};

/// Reads a story of an archive. Articles that are gone since are left out.
Result<KeptStory> load_story(store::StoryTables& tables, int64_t story);

/// The week that an article of that minute is looked up in.
int64_t week_of(int64_t minute);

class Keeper {
 public:
  static Result<Keeper> open(store::Archive& archive);

  /// Makes a keeper that works at the end of every transaction of the archive, and catches up with
  /// what the archive has from before, some hundred articles a transaction.
  static Status attach(store::Archive& archive);

  /// Makes the stories of what was added or changed, of at most `most` articles.
  Status update(uint32_t most);

 private:
  using Article = std::shared_ptr<const StoryArticle>;
  struct Known {
    std::shared_ptr<const store::Listed> listed;
    Article article;  ///< null: what it was made of is of another version of this program
  };

  explicit Keeper(store::StoryTables tables) : tables_(std::move(tables)) {}

  /// What the order of articles goes by: the key of the archive where two have the same id.
  struct Place {
    int64_t minute = 0;
    std::string id, key;
    auto operator<=>(const Place&) const = default;
  };

  Result<Known> known(int64_t number);
  /// Nothing where the article cannot be read. Kept for more articles than those are: all that
  /// hangs together is put in order to be cut, and of that there may be thousands.
  Result<std::optional<Place>> place(int64_t number);
  /// Links of an article anew; those that it has or had are touched.
  Status look_at(int64_t number);
  Result<std::vector<int64_t>> partners(int64_t number, const StoryArticle& article,
                                        const std::vector<uint32_t>& keys);
  /// Makes the stories of all that is touched.
  Status remake();
  /// All that hangs together with an article by links, by number.
  Result<std::vector<int64_t>> component(int64_t first);
  /// The stories that it is.
  Result<std::vector<std::vector<int64_t>>> parts(std::vector<int64_t> component);
  /// Whether these are a story already, and nothing in it has changed.
  Result<bool> is_as_it_was(const std::vector<int64_t>& part);
  /// Those that can be read, in the order of a story; adds their minutes.
  Result<std::vector<int64_t>> in_order(const std::vector<int64_t>& numbers,
                                        std::vector<int64_t>& minutes);
  Status put(const std::vector<int64_t>& numbers);

  store::StoryTables tables_;
  /// Articles asked for of late, and those before them: the older half is dropped when the newer is
  /// full.
  std::unordered_map<int64_t, Known> cache_, older_, oldest_;
  std::unordered_map<int64_t, std::optional<Place>> places_;
  std::set<int64_t> touched_, changed_;
};

/// Lines on stories that are not what the articles of the archive give; empty: all is well.
Result<std::vector<std::string>> check_stories(store::Archive& archive);

}  // namespace avstand::story
