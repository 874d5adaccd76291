// Whether the stories of an archive are those that its articles give.
#include <fmt/format.h>

#include <unordered_map>

#include "story/article_bytes.h"
#include "story/clusters.h"
#include "story/keeper.h"
#include "story/story_rows.h"

namespace avstand::story {
namespace {

/// What hangs together by links, as a forest: a number for each linked article.
class Components {
 public:
  void join(int64_t a, int64_t b) { parent_[root(a)] = root(b); }
  int64_t root(int64_t i) {
    for (auto it = parent_.emplace(i, i).first; it->second != i; it = parent_.find(i))
      i = it->second;
    return i;
  }
  std::unordered_map<int64_t, std::vector<int64_t>> all() {
    std::vector<int64_t> numbers;
    for (const auto& [number, parent] : parent_) numbers.push_back(number);
    std::unordered_map<int64_t, std::vector<int64_t>> out;
    for (const int64_t number : numbers) out[root(number)].push_back(number);
    return out;
  }

 private:
  std::unordered_map<int64_t, int64_t> parent_;
};

/// What is linked must be one story, where it is not too much for one.
Status check_components(store::StoryTables& tables, std::vector<std::string>& out) {
  Components components;
  AVSTAND_CHECK(tables.for_each_link([&](int64_t a, int64_t b) { components.join(a, b); }));
  for (const auto& [root, members] : components.all()) {
    if (members.size() > kMostOfAStory) continue;
    AVSTAND_TRY(story, tables.story_of(root));
    const auto found =
        story ? tables.members(*story) : Result<std::vector<int64_t>>(std::vector<int64_t>());
    if (!found) return found.error();
    if (found->size() != members.size())
      out.push_back(
          fmt::format("stories: article {} is linked to others that its story lacks", root));
  }
  return Unit{};
}

/// Whether every article is looked up by what it has.
Status check_keys(store::Archive& archive, store::StoryTables& tables,
                  std::vector<std::string>& out) {
  return archive.for_each([&](const store::Listed& listed, const std::string& features) -> Status {
    const auto article = from_bytes(features);
    if (!article) return Unit{};
    AVSTAND_TRY(same, tables.has_keys(listed.id, week_of(article->minute), lookup_keys(*article)));
    if (!same)
      out.push_back(fmt::format("stories: article {} is not looked up by its words", listed.id));
    return Unit{};
  });
}

}  // namespace

Result<std::vector<std::string>> check_stories(store::Archive& archive) {
  AVSTAND_TRY(tables, store::StoryTables::open(archive));
  AVSTAND_TRY(out, tables.check_links());
  AVSTAND_TRY(memory, store::Archive::open(":memory:", store::Archive::Mode::kCreate));
  AVSTAND_TRY(again, store::StoryTables::open(memory));
  AVSTAND_TRY(pending, tables.pending_count());
  if (pending > 0)
    out.push_back(fmt::format("stories: {} articles are still to be put into them", pending));
  if (pending == 0) AVSTAND_CHECK(check_keys(archive, tables, out));
  AVSTAND_CHECK(check_components(tables, out));
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
