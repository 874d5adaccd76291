#include "story/keeper.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "story/article_bytes.h"
#include "story/clusters.h"
#include "story/story_rows.h"

namespace avstand::story {
namespace {

constexpr uint32_t kMostAtOnce = 1024;  // articles in a transaction
constexpr size_t kMostInMemory = 1024;  // articles, some 60 KB each
constexpr int64_t kMinutesOfAWeek = int64_t{7} * 24 * 60;
constexpr int64_t kUndated = -1'000'000;  // a week that no date is of

/// 1970-01-01 and the six days after it are week 0.
int64_t week_of(int64_t minute) {
  if (minute == 0) return kUndated;
  return minute >= 0 ? minute / kMinutesOfAWeek : (minute + 1) / kMinutesOfAWeek - 1;
}

struct Member {
  int64_t number = 0;
  store::Listed listed;
  std::shared_ptr<const StoryArticle> article;
};

/// (published, id), and the key of the archive where two have the same id.
bool stands_before(const Member& a, const Member& b) {
  if (before(*a.article, *b.article)) return true;
  return !before(*b.article, *a.article) && a.listed.key < b.listed.key;
}

Story story_of(const std::vector<Member>& members) {
  std::vector<const StoryArticle*> articles;
  for (const Member& m : members) articles.push_back(m.article.get());
  return make_story(articles);
}

}  // namespace

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
  if (cache_.size() >= kMostInMemory) cache_.clear();
  AVSTAND_TRY(input, tables_.input(number));
  Known out;
  if (input) {
    out.listed = std::move(input->article);
    if (auto article = from_bytes(input->features))
      out.article = std::make_shared<const StoryArticle>(std::move(*article));
  }
  cache_.emplace(number, out);
  return out;
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

Status Keeper::gather(std::set<int64_t>& stories, std::set<int64_t>& articles) {
  articles = touched_;
  for (const int64_t number : touched_) {
    AVSTAND_TRY(story, tables_.story_of(number));
    if (!story || !stories.insert(*story).second) continue;
    AVSTAND_TRY(members, tables_.members(*story));
    articles.insert(members.begin(), members.end());
  }
  return Unit{};
}

Status Keeper::put(const std::vector<int64_t>& numbers) {
  std::vector<Member> members;
  for (const int64_t number : numbers) {
    AVSTAND_TRY(found, known(number));
    if (found.article) members.push_back({number, found.listed, found.article});
  }
  if (members.size() < 2) return Unit{};
  std::sort(members.begin(), members.end(), stands_before);
  std::vector<int64_t> order;
  for (const Member& m : members) order.push_back(m.number);
  return tables_.put(rows_of(story_of(members), order, members.front().listed.title));
}

Status Keeper::remake() {
  std::set<int64_t> stories, articles, seen;
  AVSTAND_CHECK(gather(stories, articles));
  std::vector<std::vector<int64_t>> fresh;
  for (const int64_t first : articles) {
    if (!seen.insert(first).second) continue;
    std::vector<int64_t> component{first};
    bool changed = false;
    for (size_t i = 0; i < component.size(); ++i) {
      changed = changed || changed_.contains(component[i]);
      AVSTAND_TRY(others, tables_.links(component[i]));
      for (const int64_t other : others)
        if (seen.insert(other).second) component.push_back(other);
    }
    AVSTAND_TRY(old, tables_.story_of(first));
    if (old && !changed) {
      AVSTAND_TRY(members, tables_.members(*old));
      std::sort(members.begin(), members.end());
      std::sort(component.begin(), component.end());
      if (members == component) {
        stories.erase(*old);
        continue;
      }
    }
    if (component.size() > 1) fresh.push_back(std::move(component));
  }
  for (const int64_t story : stories) AVSTAND_CHECK(tables_.drop(story));
  for (const auto& members : fresh) AVSTAND_CHECK(put(members));
  touched_.clear();
  changed_.clear();
  return Unit{};
}

Status Keeper::update(uint32_t most) {
  AVSTAND_TRY(pending, tables_.pending(most));
  for (const int64_t number : pending) AVSTAND_CHECK(look_at(number));
  return pending.empty() ? Status(Unit{}) : remake();
}

Result<std::vector<std::string>> check_stories(store::Archive& archive) {
  AVSTAND_TRY(tables, store::StoryTables::open(archive));
  AVSTAND_TRY(out, tables.check_links());
  AVSTAND_TRY(memory, store::Archive::open(":memory:", store::Archive::Mode::kCreate));
  AVSTAND_TRY(again, store::StoryTables::open(memory));
  AVSTAND_TRY(pending, tables.pending_count());
  if (pending > 0)
    out.push_back(fmt::format("stories: {} articles are still to be put into them", pending));
  AVSTAND_TRY(stories, tables.stories());
  for (const int64_t story : stories) {
    auto kept = load_story(tables, story);
    if (!kept) {
      out.push_back(kept.error().message);
      continue;
    }
    std::vector<int64_t> numbers;
    for (const store::Listed& one : kept->listed) numbers.push_back(one.id);
    if (numbers.front() == story)
      AVSTAND_CHECK(again.put(rows_of(kept->story, numbers, kept->listed.front().title)));
    AVSTAND_TRY(is, tables.text_of(story));
    AVSTAND_TRY(should_be, again.text_of(story));
    if (is != should_be)
      out.push_back(fmt::format("story {}: it is not what its articles give", story));
    AVSTAND_CHECK(again.drop(story));
  }
  return out;
}

}  // namespace avstand::story
