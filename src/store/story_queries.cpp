// What is asked of the stories of an archive.
#include <fmt/format.h>

#include "store/story_tables_impl.h"

namespace avstand::store {
namespace {

// By the same order as their primary keys, so that equal rows give equal text.
constexpr const char* kTablesOfAStory[] = {
    "stories WHERE id = ?1",          "story_articles WHERE story = ?1 ORDER BY place",
    "claims WHERE story = ?1",        "claim_origins WHERE story = ?1",
    "mentions WHERE story = ?1",      "copies WHERE story = ?1",
    "timeline WHERE story = ?1",      "rings WHERE story = ?1",
    "story_pictures WHERE story = ?1"};

constexpr const char* kListedStory =
    "SELECT id, document, title, begins, ends, articles, outlets, independent_origins, claims FROM "
    "stories WHERE ";

ListedStory listed_story(const Query& q) {
  return {.id = q.integer(0),
          .document = std::string(q.text(1)),
          .title = std::string(q.text(2)),
          .begins = std::string(q.text(3)),
          .ends = std::string(q.text(4)),
          .articles = q.integer(5),
          .outlets = q.integer(6),
          .independent_origins = q.integer(7),
          .claims = q.integer(8)};
}

}  // namespace

Result<ListedStory> StoryTables::find(const std::string& name) {
  Database& database = impl_->database;
  const bool number = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  for (const char* condition :
       {number ? "id = CAST(?1 AS INTEGER)" : "document = ?1", "document = ?1",
        "id = (SELECT s.story FROM story_articles s JOIN articles a ON a.id = s.article WHERE "
        "a.document = ?1 OR a.key = ?1 OR a.key = 'url:' || ?1 LIMIT 1)"}) {
    AVSTAND_TRY(query, database.prepare(std::string(kListedStory) + condition + " LIMIT 2"));
    AVSTAND_TRY(row, query.bind(1, std::string_view(name)).step());
    if (!row) continue;
    ListedStory found = listed_story(query);
    AVSTAND_TRY(more, query.step());
    if (!more) return found;
    return Error{.code = ErrorCode::kUsage,
                 .message = fmt::format("'{}' is the first article of several stories", name),
                 .file = database.path(),
                 .hint = "name the story by its number"};
  }
  if (number) {
    AVSTAND_TRY(story, story_of(std::atoll(name.c_str())));
    if (story) return find(fmt::format("{}", *story));
  }
  return Error{.code = ErrorCode::kUsage,
               .message = fmt::format("there is no story '{}'", name),
               .file = database.path(),
               .hint = "'avstand stories --archive FILE' lists them"};
}

Result<std::string> StoryTables::text_of(int64_t story) {
  std::string out;
  for (const char* table : kTablesOfAStory) {
    AVSTAND_TRY(query, impl_->database.prepare(fmt::format("SELECT * FROM {}", table)));
    AVSTAND_TRY(rows, query.bind(1, story).rows_text());
    out += rows;
  }
  return out;
}

Result<bool> StoryTables::has_keys(int64_t article, int64_t week,
                                   const std::vector<uint32_t>& keys) {
  Query& list = impl_->old_keys;
  const auto row = list.bind(1, article).step();
  const std::string bytes(reinterpret_cast<const char*>(keys.data()),
                          keys.size() * sizeof(uint32_t));
  const bool same = row && *row && list.integer(0) == week && list.blob(1) == bytes;
  list.reset();
  if (!row) return row.error();
  if (!same) return false;
  for (const uint32_t key : keys) {
    impl_->has_key.bind(1, week).bind(2, int64_t{key}).bind(3, article);
    const auto found = impl_->has_key.step();
    const bool there = found && *found;
    impl_->has_key.reset();
    if (!found) return found.error();
    if (!there) return false;
  }
  return true;
}

Status StoryTables::for_each_link(const std::function<void(int64_t article, int64_t other)>& take) {
  AVSTAND_TRY(query, impl_->database.prepare("SELECT article, other FROM story_links"));
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return Unit{};
    take(query.integer(0), query.integer(1));
  }
}

Result<std::vector<std::string>> StoryTables::check_links() {
  const std::pair<const char*, const char*> kWrong[] = {
      {"article {} is linked in one direction only",
       "SELECT l.article FROM story_links l LEFT JOIN story_links b ON b.article = l.other AND "
       "b.other = l.article WHERE b.article IS NULL LIMIT 20"},
      {"article {} is in a story and linked to nobody",
       "SELECT s.article FROM story_articles s WHERE NOT EXISTS (SELECT 1 FROM story_links l WHERE "
       "l.article = s.article) LIMIT 20"},
      {"article {} is in a story and not in the archive",
       "SELECT s.article FROM story_articles s LEFT JOIN articles a ON a.id = s.article WHERE a.id "
       "IS NULL LIMIT 20"},
  };
  std::vector<std::string> out;
  for (const auto& [message, sql] : kWrong) {
    AVSTAND_TRY(query, impl_->database.prepare(sql));
    while (true) {
      AVSTAND_TRY(row, query.step());
      if (!row) break;
      out.push_back("stories: " + fmt::format(fmt::runtime(message), query.integer(0)));
    }
  }
  AVSTAND_TRY(keys, impl_->database.prepare("SELECT (SELECT count(*) FROM story_keys), (SELECT "
                                            "coalesce(sum(length(keys)), 0) / 4 FROM "
                                            "story_key_lists)"));
  AVSTAND_TRY(row, keys.step());
  if (row && keys.integer(0) != keys.integer(1))
    out.push_back(
        fmt::format("stories: {} of {} keys are looked up by", keys.integer(0), keys.integer(1)));
  return out;
}

}  // namespace avstand::store
