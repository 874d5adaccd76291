#include "story/keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_set>
#include <utility>

#include "story/article_bytes.h"
#include "story/clusters.h"
#include "story/story_rows.h"

namespace avstand::story {
namespace {

constexpr uint32_t kMostAtOnce = 1024;   // articles in a transaction
constexpr size_t kMostInMemory = 3072;   // articles, some 60 KB each
constexpr size_t kMostPlaces = 500'000;  // articles, some 160 bytes each
constexpr size_t kFreedAtOnce = 4;
constexpr int64_t kMinutesOfAWeek = int64_t{7} * 24 * 60;
constexpr int64_t kUndated = -1'000'000;  // a week that no date is of

}  // namespace

int64_t week_of(int64_t minute) {
  if (minute == 0) return kUndated;
  return minute >= 0 ? minute / kMinutesOfAWeek : (minute + 1) / kMinutesOfAWeek - 1;
}

Result<KeptStory> load_story(store::StoryTables& tables, int64_t story) {
  AVSTAND_TRY(members, tables.members(story));
  KeptStory out;
  std::vector<const StoryArticle*> articles;
  for (const int64_t number : members) {
    AVSTAND_TRY(input, tables.input(number));
    auto article = input ? from_bytes(input->features) : std::nullopt;
    if (!article) continue;
    out.articles.push_back(std::make_unique<const StoryArticle>(std::move(*article)));
    out.listed.push_back(std::move(input->article));
    articles.push_back(out.articles.back().get());
  }
  if (articles.empty())
    return Error{.code = ErrorCode::kData,
                 .message = fmt::format("story {} has no article that can be read", story),
                 .hint = "'avstand check' tells what is wrong"};
  out.story = make_story(articles);
  return out;
}

Result<Keeper> Keeper::open(store::Archive& archive) {
  AVSTAND_TRY(tables, store::StoryTables::open(archive));
  return Keeper(std::move(tables));
}

Status Keeper::attach(store::Archive& archive) {
  AVSTAND_TRY(opened, open(archive));
  const auto keeper = std::make_shared<Keeper>(std::move(opened));
  archive.before_commit([keeper] { return keeper->update(kMostAtOnce); });
  while (true) {
    AVSTAND_TRY(left, keeper->tables_.pending(1));
    if (left.empty()) return Unit{};
    AVSTAND_CHECK(archive.begin());
    AVSTAND_CHECK(archive.commit());
  }
}

Result<Keeper::Known> Keeper::known(int64_t number) {
  if (const auto it = cache_.find(number); it != cache_.end()) return it->second;
  // Freed a few at a time: a thousand at once take longer than an update may.
  for (size_t i = 0; i < kFreedAtOnce && !oldest_.empty(); ++i) oldest_.erase(oldest_.begin());
  if (cache_.size() >= kMostInMemory / 3) {
    oldest_ = std::exchange(older_, {});
    older_ = std::exchange(cache_, {});
  }
  if (auto older = older_.extract(number)) return cache_.insert(std::move(older)).position->second;
  AVSTAND_TRY(input, tables_.input(number));
  Known out;
  if (input) {
    out.listed = std::make_shared<const store::Listed>(std::move(input->article));
    if (auto article = from_bytes(input->features))
      out.article = std::make_shared<const StoryArticle>(std::move(*article));
  }
  cache_.emplace(number, out);
  return out;
}

Result<std::optional<Keeper::Place>> Keeper::place(int64_t number) {
  if (const auto it = places_.find(number); it != places_.end()) return it->second;
  if (places_.size() >= kMostPlaces) places_.clear();
  AVSTAND_TRY(found, known(number));
  std::optional<Place> out;
  if (found.article) out = {found.article->minute, found.article->id, found.listed->key};
  return places_.emplace(number, std::move(out)).first->second;
}

Result<std::vector<int64_t>> Keeper::partners(int64_t number, const StoryArticle& article,
                                              const std::vector<uint32_t>& keys) {
  std::vector<int64_t> candidates;
  if (article.minute == 0) {
    AVSTAND_TRY(all, tables_.sharing(std::nullopt, keys, kFewestShared));
    candidates = std::move(all);
  } else {
    const std::pair weeks{week_of(article.minute - kFarthestMinutes),
                          week_of(article.minute + kFarthestMinutes)};
    AVSTAND_TRY(near, tables_.sharing(weeks, keys, kFewestShared));
    AVSTAND_TRY(undated, tables_.sharing(std::pair{kUndated, kUndated}, keys, kFewestShared));
    candidates = std::move(near);
    candidates.insert(candidates.end(), undated.begin(), undated.end());
  }
  std::vector<int64_t> out;
  for (const int64_t other : candidates) {
    if (other == number) continue;
    AVSTAND_TRY(candidate, known(other));
    if (candidate.article && same_happening(article, *candidate.article)) out.push_back(other);
  }
  return out;
}

Status Keeper::look_at(int64_t number) {
  cache_.erase(number);
  older_.erase(number);
  oldest_.erase(number);
  places_.erase(number);
  AVSTAND_TRY(before, tables_.links(number));
  AVSTAND_TRY(found, known(number));
  const Article article = found.article;
  AVSTAND_CHECK(tables_.clear_keys(number));
  std::vector<int64_t> others;
  if (article) {
    const std::vector<uint32_t> keys = lookup_keys(*article);
    AVSTAND_TRY(linked, partners(number, *article, keys));
    others = std::move(linked);
    AVSTAND_CHECK(tables_.set_keys(number, week_of(article->minute), keys));
  }
  AVSTAND_CHECK(tables_.set_links(number, others));
  changed_.insert(number);
  touched_.insert(number);
  touched_.insert(before.begin(), before.end());
  touched_.insert(others.begin(), others.end());
  return tables_.settle(number);
}

Result<std::vector<int64_t>> Keeper::in_order(const std::vector<int64_t>& numbers,
                                              std::vector<int64_t>& minutes) {
  std::vector<std::pair<Place, int64_t>> places;
  for (const int64_t number : numbers) {
    AVSTAND_TRY(found, place(number));
    if (found) places.emplace_back(std::move(*found), number);
  }
  std::sort(places.begin(), places.end());
  std::vector<int64_t> out;
  for (const auto& [at, number] : places) {
    out.push_back(number);
    minutes.push_back(at.minute);
  }
  return out;
}

Result<std::vector<std::vector<int64_t>>> Keeper::parts(std::vector<int64_t> component) {
  if (component.size() <= kMostOfAStory)
    return std::vector<std::vector<int64_t>>{std::move(component)};
  std::vector<int64_t> minutes;
  AVSTAND_TRY(ordered, in_order(component, minutes));
  std::vector<std::vector<int64_t>> out;
  std::vector<size_t> begins = parts_of(minutes);
  begins.push_back(ordered.size());
  for (size_t i = 0; i + 1 < begins.size(); ++i)
    out.emplace_back(ordered.begin() + static_cast<long>(begins[i]),
                     ordered.begin() + static_cast<long>(begins[i + 1]));
  return out;
}

Status Keeper::put(const std::vector<int64_t>& numbers) {
  std::vector<int64_t> minutes;
  AVSTAND_TRY(order, in_order(numbers, minutes));
  std::vector<int64_t> readable;
  std::vector<Known> members;  // holds the articles while their story is made
  std::vector<const StoryArticle*> articles;
  for (const int64_t number : order) {
    AVSTAND_TRY(found, known(number));
    if (!found.article) continue;
    readable.push_back(number);
    articles.push_back(found.article.get());
    members.push_back(std::move(found));
  }
  if (articles.size() < 2) return Unit{};
  return tables_.put(rows_of(make_story(articles), readable, members.front().listed->title));
}

Result<std::vector<int64_t>> Keeper::component(int64_t first) {
  std::vector<int64_t> out{first};
  std::unordered_set<int64_t> seen{first};
  for (size_t i = 0; i < out.size(); ++i) {
    AVSTAND_TRY(others, tables_.links(out[i]));
    for (const int64_t other : others)
      if (seen.insert(other).second) out.push_back(other);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<bool> Keeper::is_as_it_was(const std::vector<int64_t>& part) {
  for (const int64_t number : part)
    if (changed_.contains(number)) return false;
  AVSTAND_TRY(story, tables_.story_of(part.front()));
  if (!story) return part.size() < 2;
  AVSTAND_TRY(members, tables_.members(*story));
  std::sort(members.begin(), members.end());
  std::vector<int64_t> sorted = part;
  std::sort(sorted.begin(), sorted.end());
  return members == sorted;
}

Status Keeper::remake() {
  // What is touched, and what else is in the stories of it: those may fall apart.
  std::set<int64_t> todo = touched_, stories;
  std::unordered_set<int64_t> done;
  std::vector<std::vector<int64_t>> fresh;
  while (!todo.empty()) {
    const int64_t first = todo.extract(todo.begin()).value();
    if (done.contains(first)) continue;
    AVSTAND_TRY(whole, component(first));
    done.insert(whole.begin(), whole.end());
    AVSTAND_TRY(all, parts(std::move(whole)));
    for (auto& part : all) {
      AVSTAND_TRY(same, is_as_it_was(part));
      if (same) continue;
      for (const int64_t number : part) {
        AVSTAND_TRY(story, tables_.story_of(number));
        if (!story || !stories.insert(*story).second) continue;
        AVSTAND_TRY(members, tables_.members(*story));
        todo.insert(members.begin(), members.end());
      }
      fresh.push_back(std::move(part));
    }
  }
  for (const int64_t story : stories) AVSTAND_CHECK(tables_.drop(story));
  for (const auto& part : fresh) AVSTAND_CHECK(put(part));
  touched_.clear();
  changed_.clear();
  return Unit{};
}

Status Keeper::update(uint32_t most) {
  tables_.start_keys();
  AVSTAND_TRY(pending, tables_.pending(most));
  for (const int64_t number : pending) AVSTAND_CHECK(look_at(number));
  AVSTAND_CHECK(tables_.write_keys());
  return pending.empty() ? Status(Unit{}) : remake();
}

}  // namespace avstand::story
