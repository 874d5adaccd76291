#include "serve/story_cache.h"

#include <algorithm>
#include <unordered_map>

#include "story/article_bytes.h"
#include "story/echo.h"

namespace avstand::serve {
namespace {

constexpr int kLifetimes = 4;

std::string day_of(const report::StoryView& view) {
  std::string day;
  for (const store::Listed& a : view.articles) day = std::max(day, a.published.substr(0, 10));
  return day;
}

void sort_views(std::vector<report::StoryView>& views) {
  struct Keyed {
    std::string day;
    double ratio;
    report::StoryView view;
  };
  std::vector<Keyed> keyed;
  for (report::StoryView& view : views) {
    std::string day = day_of(view);
    const double ratio = story::echo(*view.story).ratio;
    keyed.push_back({std::move(day), ratio, std::move(view)});
  }
  std::stable_sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
    return a.day != b.day ? a.day > b.day : a.ratio > b.ratio;
  });
  views.clear();
  for (Keyed& k : keyed) views.push_back(std::move(k.view));
}

}  // namespace

const report::StoryView* StoryShelf::with(int64_t article) const {
  for (const report::StoryView& view : views)
    for (const store::Listed& one : view.articles)
      if (one.id == article) return &view;
  return nullptr;
}

const report::StoryView* StoryShelf::find(int64_t first_article) const {
  for (const report::StoryView& view : views)
    if (view.articles.front().id == first_article) return &view;
  return nullptr;
}

Result<bool> StoryCache::is_fresh() {
  if (!archive_) {
    AVSTAND_TRY(archive, store::Archive::open(path_, store::Archive::Mode::kRead));
    archive_ = std::move(archive);
  }
  AVSTAND_TRY(change, archive_->change_count());
  const bool fresh = shelf_ != nullptr && change == change_;
  change_ = change;
  return fresh;
}

Result<std::shared_ptr<const StoryShelf>> StoryCache::make() {
  const auto shelf = std::make_shared<StoryShelf>();
  std::vector<store::Listed> listed;
  AVSTAND_CHECK(
      archive_->for_newest(most_, [&](const store::Listed& one, const std::string& bytes) {
        // What another version has added is in no story until it is added once more.
        if (auto article = story::from_bytes(bytes)) {
          shelf->articles.push_back(std::move(*article));
          listed.push_back(one);
        }
        return Status(Unit{});
      }));
  shelf->stories = story::make_stories(shelf->articles);
  for (const story::Story& story : shelf->stories) {
    report::StoryView view{.story = &story};
    for (const story::StoryArticle* a : story.articles)
      view.articles.push_back(listed[static_cast<size_t>(a - shelf->articles.data())]);
    shelf->views.push_back(std::move(view));
  }
  sort_views(shelf->views);
  return std::shared_ptr<const StoryShelf>(shelf);
}

Result<std::shared_ptr<const StoryShelf>> StoryCache::get() {
  std::unique_lock lock(mutex_);
  made_.wait(lock, [&] { return !making_ || shelf_ != nullptr; });
  if (making_ || (shelf_ != nullptr && Clock::now() < good_until_)) return shelf_;
  AVSTAND_TRY(fresh, is_fresh());
  if (fresh) return shelf_;
  making_ = true;
  lock.unlock();
  const auto begin = Clock::now();
  auto made = make();
  lock.lock();
  making_ = false;
  if (made) {
    shelf_ = *made;
    good_until_ = Clock::now() + kLifetimes * (Clock::now() - begin);
  } else {
    archive_.reset();
    shelf_.reset();  // another connection counts changes anew
  }
  made_.notify_all();
  return made;
}

}  // namespace avstand::serve
