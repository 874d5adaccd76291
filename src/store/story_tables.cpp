#include "store/story_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "store/packing.h"
#include "store/story_tables_impl.h"

namespace avstand::store {
namespace {

std::optional<std::string> given(const std::string& value) {
  return value.empty() ? std::nullopt : std::optional(value);
}
std::optional<std::string> given(const std::vector<std::string>& values) {
  return given(fmt::format("{}", fmt::join(values, ", ")));
}

/// Where the articles of a week that are looked up by a key are kept in memory.
uint64_t place_of(int64_t week, uint32_t key) { return static_cast<uint64_t>(week) << 32 | key; }

/// The rest of the rows of a query as numbers; ready for the next.
Result<std::vector<int64_t>> numbers(Query& query) {
  std::vector<int64_t> out;
  while (true) {
    const auto row = query.step();
    if (!row || !*row) {
      query.reset();
      if (!row) return row.error();
      return out;
    }
    out.push_back(query.integer(0));
  }
}

}  // namespace

Status StoryTables::Impl::prepare() {
  const std::pair<Query*, const char*> kQueries[] = {
      {&pending, "SELECT article FROM story_pending ORDER BY article LIMIT ?1"},
      {&settle, "DELETE FROM story_pending WHERE article = ?1"},
      {&old_keys, "SELECT week, keys FROM story_key_lists WHERE article = ?1"},
      {&remove_key, "DELETE FROM story_keys WHERE week = ?1 AND key = ?2 AND article = ?3"},
      {&remove_keys, "DELETE FROM story_key_lists WHERE article = ?1"},
      {&insert_key, "INSERT INTO story_keys VALUES (?1, ?2, ?3)"},
      {&insert_keys, "INSERT INTO story_key_lists VALUES (?1, ?2, ?3)"},
      {&by_key, "SELECT article FROM story_keys WHERE week = ?1 AND key = ?2"},
      {&next_week, "SELECT min(week) FROM story_keys WHERE week >= ?1"},
      {&has_key, "SELECT 1 FROM story_keys WHERE week = ?1 AND key = ?2 AND article = ?3"},
      {&weeks,
       "WITH RECURSIVE w (week) AS (SELECT min(week) FROM story_keys UNION ALL SELECT (SELECT "
       "min(week) FROM story_keys k WHERE k.week > w.week) FROM w WHERE w.week IS NOT NULL) SELECT "
       "week FROM w WHERE week IS NOT NULL"},
      {&links, "SELECT other FROM story_links WHERE article = ?1"},
      {&unlink, "DELETE FROM story_links WHERE article = ?1"},
      {&unlink_back, "DELETE FROM story_links WHERE article = ?1 AND other = ?2"},
      {&link, "INSERT OR IGNORE INTO story_links VALUES (?1, ?2)"},
      {&story_of, "SELECT story FROM story_articles WHERE article = ?1"},
      {&members, "SELECT article FROM story_articles WHERE story = ?1 ORDER BY place"},
      {&all, "SELECT id FROM stories ORDER BY begins, document, id"},
  };
  AVSTAND_CHECK(database.prepare(kQueries));
  AVSTAND_TRY(prepared,
              database.prepare(fmt::format("SELECT {}, a.features FROM articles a WHERE id = ?1",
                                           kListedColumns)));
  input = std::move(prepared);
  AVSTAND_TRY(listed, database.prepare(
                          fmt::format("SELECT {} FROM articles a WHERE id = ?1", kListedColumns)));
  listing = std::move(listed);
  return prepare_rows();
}

Status StoryTables::Impl::prepare_rows() {
  const std::pair<Query*, const char*> kQueries[] = {
      {&insert_story, "INSERT INTO stories VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
      {&insert_member, "INSERT INTO story_articles VALUES (?1, ?2, ?3)"},
      {&insert_claim,
       "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"},
      {&insert_origin, "INSERT OR IGNORE INTO claim_origins VALUES (?1, ?2, ?3, ?4)"},
      {&insert_mention,
       "INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"},
      {&insert_copy, "INSERT OR IGNORE INTO copies VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {&insert_time, "INSERT INTO timeline VALUES (?1, ?2, ?3, ?4, ?5)"},
      {&insert_ring, "INSERT INTO rings VALUES (?1, ?2, ?3, ?4)"},
      {&insert_picture, "INSERT OR IGNORE INTO story_pictures VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {&drop_members, "DELETE FROM story_articles WHERE story = ?1"},
      {&drop, "DELETE FROM stories WHERE id = ?1"},
  };
  return database.prepare(kQueries);
}

StoryTables::StoryTables(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
StoryTables::StoryTables(StoryTables&&) noexcept = default;
StoryTables& StoryTables::operator=(StoryTables&&) noexcept = default;
StoryTables::~StoryTables() = default;

Result<StoryTables> StoryTables::open(Archive& archive) {
  if (archive.impl_->schema < kSchemaOfStories)
    return Error{.code = ErrorCode::kUsage,
                 .message = "the archive is of a version that kept no stories",
                 .file = archive.impl_->database.path(),
                 .hint = "'avstand stories --archive FILE' makes them, where it may write"};
  auto impl = std::make_unique<Impl>(archive.impl_->database, archive.impl_->fresh_features);
  AVSTAND_CHECK(impl->prepare());
  return StoryTables(std::move(impl));
}

Result<std::vector<int64_t>> StoryTables::pending(uint32_t most) {
  impl_->pending.bind(1, int64_t{most});
  return numbers(impl_->pending);
}

Result<int64_t> StoryTables::pending_count() {
  AVSTAND_TRY(query, impl_->database.prepare("SELECT count(*) FROM story_pending"));
  AVSTAND_TRY(row, query.step());
  return row ? query.integer(0) : int64_t{0};
}

Status StoryTables::settle(int64_t article) { return impl_->settle.bind(1, article).run(); }

Result<std::optional<StoryInput>> StoryTables::input(int64_t article) {
  // What was added since the last commit need not be unpacked.
  const auto fresh = impl_->fresh_features.find(article);
  const bool at_hand = fresh != impl_->fresh_features.end();
  Query& q = at_hand ? impl_->listing : impl_->input;
  const auto row = q.bind(1, article).step();
  Result<std::optional<StoryInput>> out = std::optional<StoryInput>();
  if (!row) {
    out = row.error();
  } else if (*row) {
    StoryInput found{.article = store::listed(q), .features = {}};
    auto features = at_hand        ? Result<std::string>(fresh->second)
                    : q.is_null(9) ? Result<std::string>(std::string())
                                   : unpack(q.blob(9));
    if (features) {
      found.features = std::move(*features);
      out = std::optional(std::move(found));
    } else {
      out = std::move(features).error();
    }
  }
  q.reset();
  return out;
}

Status StoryTables::set_keys(int64_t article, int64_t week, const std::vector<uint32_t>& keys) {
  AVSTAND_CHECK(clear_keys(article));
  impl_->unwritten_weeks.insert(week);
  for (const uint32_t key : keys) {
    impl_->postings[place_of(week, key)].articles.push_back(article);
    impl_->unwritten.emplace_back(week, key, article);
  }
  std::string bytes(keys.size() * sizeof(uint32_t), '\0');
  if (!keys.empty()) std::memcpy(bytes.data(), keys.data(), bytes.size());
  return impl_->insert_keys.bind(1, article).bind(2, week).bind_blob(3, bytes).run();
}

void StoryTables::start_keys() {
  impl_->unwritten.clear();
  impl_->unwritten_weeks.clear();
  impl_->postings.clear();
}

Status StoryTables::write_keys() {
  auto& keys = impl_->unwritten;
  std::sort(keys.begin(), keys.end());
  for (const auto& [week, key, article] : keys)
    AVSTAND_CHECK(impl_->insert_key.bind(1, week).bind(2, int64_t{key}).bind(3, article).run());
  start_keys();
  return Unit{};
}

Status StoryTables::clear_keys(int64_t article) {
  Query& q = impl_->old_keys;
  const auto row = q.bind(1, article).step();
  if (!row || !*row) {
    q.reset();
    return row ? Status(Unit{}) : Status(row.error());
  }
  const int64_t week = q.integer(0);
  std::vector<uint32_t> keys(q.blob(1).size() / sizeof(uint32_t));
  if (!keys.empty()) std::memcpy(keys.data(), q.blob(1).data(), keys.size() * sizeof(uint32_t));
  q.reset();
  for (const uint32_t key : keys) {
    AVSTAND_CHECK(impl_->remove_key.bind(1, week).bind(2, int64_t{key}).bind(3, article).run());
    if (const auto it = impl_->postings.find(place_of(week, key)); it != impl_->postings.end())
      std::erase(it->second.articles, article);
  }
  std::erase_if(impl_->unwritten, [&](const auto& key) { return std::get<2>(key) == article; });
  return impl_->remove_keys.bind(1, article).run();
}

Status StoryTables::Impl::add_key_matches(int64_t week, const std::vector<uint32_t>& keys,
                                          std::unordered_map<int64_t, uint32_t>& shared) {
  for (const uint32_t key : keys) {
    Posting& posting = postings[place_of(week, key)];
    if (!posting.read) {
      by_key.bind(1, week).bind(2, int64_t{key});
      AVSTAND_TRY(before, numbers(by_key));
      posting.articles.insert(posting.articles.end(), before.begin(), before.end());
      posting.read = true;
    }
    for (const int64_t article : posting.articles) ++shared[article];
  }
  return Unit{};
}

Result<std::optional<int64_t>> StoryTables::Impl::week_from(int64_t week) {
  next_week.bind(1, week);
  const auto row = next_week.step();
  std::optional<int64_t> out;
  if (row && *row && !next_week.is_null(0)) out = next_week.integer(0);
  next_week.reset();
  if (!row) return row.error();
  if (const auto it = unwritten_weeks.lower_bound(week); it != unwritten_weeks.end())
    out = std::min(*it, out.value_or(*it));
  return out;
}

Result<std::vector<int64_t>> StoryTables::sharing(std::optional<std::pair<int64_t, int64_t>> weeks,
                                                  const std::vector<uint32_t>& keys,
                                                  size_t fewest) {
  std::unordered_map<int64_t, uint32_t> shared;
  if (weeks) {
    // Only weeks that have articles: of those asked for, half are mostly still to come.
    for (int64_t week = weeks->first;; ++week) {
      AVSTAND_TRY(next, impl_->week_from(week));
      if (!next || *next > weeks->second) break;
      week = *next;
      AVSTAND_CHECK(impl_->add_key_matches(week, keys, shared));
    }
  } else {
    AVSTAND_TRY(written, numbers(impl_->weeks));
    std::set<int64_t> all(written.begin(), written.end());
    all.insert(impl_->unwritten_weeks.begin(), impl_->unwritten_weeks.end());
    for (const int64_t week : all) AVSTAND_CHECK(impl_->add_key_matches(week, keys, shared));
  }
  std::vector<int64_t> out;
  for (const auto& [article, count] : shared)
    if (count >= fewest) out.push_back(article);
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<int64_t>> StoryTables::links(int64_t article) {
  impl_->links.bind(1, article);
  return numbers(impl_->links);
}

Status StoryTables::set_links(int64_t article, const std::vector<int64_t>& others) {
  AVSTAND_TRY(before, links(article));
  for (const int64_t other : before)
    AVSTAND_CHECK(impl_->unlink_back.bind(1, other).bind(2, article).run());
  AVSTAND_CHECK(impl_->unlink.bind(1, article).run());
  for (const int64_t other : others) {
    AVSTAND_CHECK(impl_->link.bind(1, article).bind(2, other).run());
    AVSTAND_CHECK(impl_->link.bind(1, other).bind(2, article).run());
  }
  return Unit{};
}

Result<std::optional<int64_t>> StoryTables::story_of(int64_t article) {
  impl_->story_of.bind(1, article);
  AVSTAND_TRY(found, numbers(impl_->story_of));
  return found.empty() ? std::optional<int64_t>() : found.front();
}

Result<std::vector<int64_t>> StoryTables::members(int64_t story) {
  impl_->members.bind(1, story);
  return numbers(impl_->members);
}

Result<std::vector<int64_t>> StoryTables::stories() { return numbers(impl_->all); }

Status StoryTables::drop(int64_t story) {
  AVSTAND_CHECK(impl_->drop_members.bind(1, story).run());
  return impl_->drop.bind(1, story).run();
}

Status StoryTables::Impl::put_claim(int64_t story, int64_t number, const ClaimRow& c) {
  insert_claim.bind(1, story).bind(2, number).bind(3, c.id).bind(4, c.text).bind(5, c.status);
  insert_claim.bind(6, c.articles).bind(7, c.outlets).bind(8, c.families);
  insert_claim.bind(9, c.independent_origins).bind(10, c.unknown_origins);
  insert_claim.bind(11, given(c.origins)).bind(12, given(c.conflicts_with));
  AVSTAND_CHECK(insert_claim.bind(13, given(c.updates)).bind(14, c.first_seen).run());
  int64_t known = c.independent_origins;
  for (const std::string& name : c.origins)
    AVSTAND_CHECK(insert_origin.bind(1, story)
                      .bind(2, c.id)
                      .bind(3, name)
                      .bind(4, int64_t{known-- > 0})
                      .run());
  int64_t place = 0;
  for (const MentionRow& m : c.mentions) {
    insert_mention.bind_all(story, c.id, ++place, m.article, m.begin, m.end, m.statement, m.speaker,
                            m.stance, m.origin, m.chain, m.resolved_chain);
    AVSTAND_CHECK(insert_mention.run());
  }
  return Unit{};
}

Status StoryTables::Impl::put_rest(int64_t story, const StoryRows& rows) {
  for (const CopyRow& c : rows.copies) {
    insert_copy.bind(1, story).bind(2, c.article).bind(3, c.of).bind(4, c.kind);
    AVSTAND_CHECK(insert_copy.bind(5, int64_t{c.credited}).bind(6, c.passages).run());
  }
  int64_t place = 0;
  for (const TimelineRow& t : rows.timeline) {
    insert_time.bind(1, story).bind(2, ++place).bind(3, t.time).bind(4, t.claim);
    AVSTAND_CHECK(insert_time.bind(5, t.status).run());
  }
  for (size_t ring = 0; ring < rows.rings.size(); ++ring)
    for (size_t i = 0; i < rows.rings[ring].size(); ++i) {
      insert_ring.bind(1, story).bind(2, static_cast<int64_t>(ring) + 1);
      AVSTAND_CHECK(
          insert_ring.bind(3, static_cast<int64_t>(i) + 1).bind(4, rows.rings[ring][i]).run());
    }
  for (size_t picture = 0; picture < rows.pictures.size(); ++picture)
    for (const SharedPictureRow& p : rows.pictures[picture]) {
      insert_picture.bind(1, story).bind(2, static_cast<int64_t>(picture) + 1).bind(3, p.article);
      insert_picture.bind(4, p.origin).bind(5, int64_t{p.handout}).bind(6, int64_t{p.credited});
      AVSTAND_CHECK(insert_picture.run());
    }
  return Unit{};
}

Status StoryTables::put(const StoryRows& rows) {
  const int64_t story = rows.articles.front();
  Query& q = impl_->insert_story;
  q.bind(1, story).bind(2, rows.document).bind(3, given(rows.title)).bind(4, given(rows.begins));
  q.bind(5, given(rows.ends)).bind(6, static_cast<int64_t>(rows.articles.size()));
  q.bind(7, rows.outlets).bind(8, rows.independent_origins);
  q.bind(9, static_cast<int64_t>(rows.claims.size()));
  AVSTAND_CHECK(q.run());
  int64_t place = 0;
  for (const int64_t article : rows.articles)
    AVSTAND_CHECK(impl_->insert_member.bind(1, article).bind(2, story).bind(3, ++place).run());
  int64_t number = 0;
  for (const ClaimRow& claim : rows.claims) AVSTAND_CHECK(impl_->put_claim(story, ++number, claim));
  return impl_->put_rest(story, rows);
}

}  // namespace avstand::store
