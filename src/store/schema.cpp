#include "store/schema.h"

#include <fmt/format.h>

#include <map>
#include <span>
#include <vector>

#include "store/source_tables.h"
#include "store/story_schema.h"

namespace avstand::store {
namespace {

// Names and columns are read by people: plain words, one row a thing. `articles` has the latest
// version of each; the ledgers of all versions are in `versions`, packed. There are no triggers: an
// archive in which anything runs by itself is not ours.
// Version 1.
constexpr const char* kTables[] = {
    R"(CREATE TABLE articles (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL,
  url TEXT,
  outlet TEXT,
  title TEXT,
  published TEXT,
  language TEXT,
  text TEXT NOT NULL,
  lemmas TEXT NOT NULL,
  digest TEXT NOT NULL,
  versions INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  independent_origins INTEGER NOT NULL,
  unverified INTEGER NOT NULL,
  features BLOB
))",
    R"(CREATE TABLE versions (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  digest TEXT NOT NULL,
  published TEXT,
  modified TEXT,
  ledger BLOB NOT NULL,
  PRIMARY KEY (article, number)
) WITHOUT ROWID)",
    R"(CREATE TABLE statements (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  place INTEGER NOT NULL,
  content TEXT NOT NULL,
  source TEXT,
  cue TEXT,
  speaker TEXT,
  quote TEXT NOT NULL,
  act TEXT NOT NULL,
  origin TEXT,
  chain TEXT,
  distance INTEGER NOT NULL,
  evidence TEXT NOT NULL,
  commitment TEXT NOT NULL,
  verification TEXT NOT NULL,
  interested INTEGER NOT NULL,
  parent TEXT,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  PRIMARY KEY (article, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE hops (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  statement TEXT NOT NULL,
  place INTEGER NOT NULL,
  name TEXT NOT NULL,
  entity TEXT,
  link TEXT NOT NULL,
  PRIMARY KEY (article, statement, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE entities (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  kind TEXT NOT NULL,
  country TEXT,
  control TEXT NOT NULL,
  qid TEXT,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (article, id)
) WITHOUT ROWID)",
    R"(CREATE TABLE pictures (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  caption TEXT,
  credit TEXT,
  origin TEXT,
  chain TEXT,
  credited INTEGER NOT NULL,
  handout INTEGER,
  verification TEXT NOT NULL,
  file TEXT,
  pdq TEXT,
  PRIMARY KEY (article, place)
) WITHOUT ROWID)",
    R"(CREATE TABLE findings (
  article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  message TEXT NOT NULL,
  words TEXT,
  accepted TEXT,
  PRIMARY KEY (article, place)
) WITHOUT ROWID)",
    "CREATE INDEX articles_by_outlet ON articles (outlet, published)",
    "CREATE INDEX articles_by_published ON articles (published)",
    "CREATE INDEX articles_by_document ON articles (document)",
    "CREATE INDEX statements_by_origin ON statements (origin COLLATE NOCASE)",
    "CREATE INDEX hops_by_name ON hops (name COLLATE NOCASE)",
    "CREATE INDEX entities_by_name ON entities (name COLLATE NOCASE)",
    "CREATE INDEX entities_by_qid ON entities (qid) WHERE qid IS NOT NULL",
    "CREATE INDEX pictures_by_pdq ON pictures (pdq) WHERE pdq IS NOT NULL",
    "CREATE INDEX findings_by_kind ON findings (kind)",
    R"(CREATE VIRTUAL TABLE search USING fts5(
  title, text, lemmas, content='articles', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
))",
    R"(CREATE VIEW attributed AS
  SELECT a.published, a.outlet, a.title, s.origin, s.chain, s.content, s.act, s.evidence,
         s.commitment, s.verification, s.distance, s.interested, s.article, s.id AS statement
  FROM statements s JOIN articles a ON a.id = s.article
  WHERE s.origin IS NOT NULL)",
    R"(CREATE VIEW origins AS
  SELECT s.origin AS name, count(*) AS statements, count(DISTINCT s.article) AS articles,
         count(DISTINCT a.outlet) AS outlets,
         sum(s.verification IN ('checked', 'confirmed')) AS checked,
         sum(s.verification NOT IN ('none', 'checked', 'confirmed')) AS doubtful
  FROM statements s JOIN articles a ON a.id = s.article
  WHERE s.origin IS NOT NULL AND s.origin <> 'unnamed'
  GROUP BY s.origin COLLATE NOCASE)",
    R"(CREATE VIEW outlets AS
  SELECT outlet AS name, count(*) AS articles, sum(statements) AS statements,
         sum(independent_origins = 1) AS single_origin_articles,
         round(1.0 * sum(independent_origins = 1) / count(*), 3) AS single_origin_share
  FROM articles WHERE statements > 0 GROUP BY outlet)",
    R"(CREATE VIEW same_pictures AS
  SELECT p.pdq, p.article, a.outlet, p.credit, p.origin, p.credited
  FROM pictures p JOIN articles a ON a.id = p.article
  WHERE p.pdq IN (SELECT pdq FROM pictures WHERE pdq IS NOT NULL GROUP BY pdq
                  HAVING count(DISTINCT article) > 1))",
};

// Version 2: what readers say instead of a reading, by the digest of the text.
constexpr const char* kCorrections[] = {
    R"(CREATE TABLE corrections (
  digest TEXT NOT NULL,
  begin INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  what TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  was TEXT,
  note TEXT,
  author TEXT NOT NULL,
  time TEXT NOT NULL,
  PRIMARY KEY (digest, time, begin, "end", what, field, author, value)
) WITHOUT ROWID)",
    "CREATE INDEX versions_by_digest ON versions (digest)",
};

/// What each version added to the one before it. A version that has been released is never edited.
const std::vector<std::span<const char* const>> kSteps = {kTables, kCorrections, kStoryTables,
                                                          kSourceTables};
static_assert(kSchemaVersion == 4, "one step for each version");

/// Takes the steps after `from` up to `to`.
Status take_steps(Database& database, int64_t from, int64_t to) {
  for (int64_t version = from; version < to; ++version)
    for (const char* sql : kSteps[static_cast<size_t>(version)])
      AVSTAND_CHECK(database.execute(sql));
  return database.execute(fmt::format("PRAGMA user_version = {}", to));
}

/// All steps that an older archive lacks, and what they hold made of what it has.
Status move_up(Database& database, int64_t version) {
  if (version >= kSchemaVersion) return Unit{};
  AVSTAND_CHECK(take_steps(database, version, kSchemaVersion));
  AVSTAND_CHECK(fill_source_tables(database, false));
  return database.execute("INSERT OR IGNORE INTO story_pending SELECT id FROM articles");
}

using Objects = std::map<std::string, std::string>;  // "table articles" -> its SQL

Result<Objects> objects_of(Database& database) {
  AVSTAND_TRY(query,
              database.prepare("SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema"));
  Objects out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    out.emplace(query.text(0), query.text(1));
  }
}

/// What an archive of that version holds, as SQLite itself words it.
Result<Objects> wanted_objects(int64_t version) {
  AVSTAND_TRY(fresh, Database::open(":memory:", Database::Mode::kCreate));
  AVSTAND_CHECK(take_steps(fresh, 0, version));
  return objects_of(fresh);
}

Error not_ours(const Database& database, std::string message, std::string hint = {}) {
  return {.code = ErrorCode::kData,
          .message = std::move(message),
          .file = database.path(),
          .hint = std::move(hint)};
}

Result<int64_t> number(Database& database, std::string_view sql) {
  AVSTAND_TRY(query, database.prepare(sql));
  AVSTAND_TRY(row, query.step());
  return row ? query.integer(0) : int64_t{0};
}

/// Views and tables that people have added may stay; what runs by itself, or looks like ours and is
/// not, may not.
Status compare(Database& database, int64_t version) {
  AVSTAND_TRY(found, objects_of(database));
  AVSTAND_TRY(wanted, wanted_objects(version));
  for (const auto& [name, sql] : wanted) {
    const auto it = found.find(name);
    if (it == found.end()) return not_ours(database, fmt::format("the {} is missing", name));
    if (it->second != sql) return not_ours(database, fmt::format("the {} is not ours", name));
  }
  for (const auto& [name, sql] : found) {
    const bool runs = name.starts_with("trigger ") || name.starts_with("index ");
    if (wanted.contains(name) || (!runs && !sql.starts_with("CREATE VIRTUAL"))) continue;
    return not_ours(database, fmt::format("there is a {} that this program did not make", name),
                    "an archive may have views and tables of your own, but nothing that runs by "
                    "itself");
  }
  return Unit{};
}

}  // namespace

Status create_schema(Database& database) {
  AVSTAND_CHECK(database.execute("BEGIN IMMEDIATE"));
  AVSTAND_CHECK(take_steps(database, 0, kSchemaVersion));
  AVSTAND_CHECK(database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId)));
  return database.execute("COMMIT");
}

Result<bool> is_blank(Database& database) {
  AVSTAND_TRY(objects, number(database, "SELECT count(*) FROM sqlite_schema"));
  AVSTAND_TRY(application, number(database, "PRAGMA application_id"));
  return objects == 0 && application == 0;
}

Result<int64_t> check_schema(Database& database) {
  AVSTAND_TRY(application, number(database, "PRAGMA application_id"));
  if (application != kApplicationId)
    return not_ours(database, "this is no archive of Avstand",
                    "'avstand add --archive FILE' makes one where there is no file yet");
  AVSTAND_TRY(version, number(database, "PRAGMA user_version"));
  if (version > kSchemaVersion)
    return not_ours(database,
                    fmt::format("the archive has schema {}; this program knows up to {}", version,
                                kSchemaVersion),
                    "use the newer program that made it");
  if (version < 1) return not_ours(database, "the archive has no version");
  AVSTAND_CHECK(compare(database, version));
  return version;
}

Status migrate_schema(Database& database) {
  AVSTAND_CHECK(database.execute("BEGIN IMMEDIATE"));
  const auto version = number(database, "PRAGMA user_version");
  const Status moved = version ? move_up(database, *version) : Status(version.error());
  if (moved) return database.execute("COMMIT");
  AVSTAND_CHECK(database.execute("ROLLBACK"));
  return moved.error();
}

}  // namespace avstand::store
