// The stories of an archive's newest articles, made once and kept until the archive changes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "report/archive_pages.h"
#include "store/archive.h"
#include "story/article.h"
#include "story/stories.h"

namespace avstand::serve {

/// Const once made. Stories point into `articles`.
struct StoryShelf {
  std::vector<story::StoryArticle> articles;
  std::vector<story::Story> stories;
  std::vector<report::StoryView> views;  ///< newest day first, then by echo

  /// The story whose first article has that number; null where there is none.
  const report::StoryView* find(int64_t first_article) const;
  /// The story that has that article in it; likewise.
  const report::StoryView* with(int64_t article) const;
};

/// Thread-safe. Holds one shelf, of at most `most` articles; one is made at a time, and while it is
/// made, others see the one before. A shelf that took long is not made again at once when somebody
/// keeps writing: it lives for at least four times as long as it took.
class StoryCache {
 public:
  StoryCache(std::string path, uint32_t most) : path_(std::move(path)), most_(most) {}

  Result<std::shared_ptr<const StoryShelf>> get();

 private:
  using Clock = std::chrono::steady_clock;

  /// Whether the shelf is that of the archive as it is now. Opens the connection where it must.
  Result<bool> is_fresh();
  Result<std::shared_ptr<const StoryShelf>> make();

  std::string path_;
  uint32_t most_;
  std::mutex mutex_;
  std::condition_variable made_;
  bool making_ = false;
  std::optional<store::Archive> archive_;  // used under the mutex, or by the one who makes
  int64_t change_ = 0;
  Clock::time_point good_until_;
  std::shared_ptr<const StoryShelf> shelf_;
};

}  // namespace avstand::serve
