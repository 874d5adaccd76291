#include "store/archive.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/hash.h"
#include "store/archive_impl.h"
#include "store/packing.h"
#include "store/story_tables.h"

namespace avstand::store {
namespace {

constexpr uint32_t kBatch = 512;      // articles in a transaction
constexpr int kCacheKb = 128 * 1024;  // of pages, while writing
constexpr int64_t kReadCacheKb = 16 * 1024;
constexpr int kPagesInLog = 8'000;  // before they are written back: 32 MB

Error no_archive(const std::string& path) {
  return {.code = ErrorCode::kIo,
          .message = "there is no archive here",
          .file = path,
          .hint = "'avstand add --archive FILE' makes one"};
}

}  // namespace

Listed listed(const Query& q, int first) {
  return {.id = q.integer(first),
          .key = std::string(q.text(first + 1)),
          .document = std::string(q.text(first + 2)),
          .title = std::string(q.text(first + 3)),
          .outlet = std::string(q.text(first + 4)),
          .published = std::string(q.text(first + 5)),
          .language = std::string(q.text(first + 6)),
          .versions = q.integer(first + 7),
          .statements = q.integer(first + 8)};
}

Archive::Archive(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const std::string& path, Mode mode) {
  std::error_code failed;
  if (mode != Mode::kCreate && !std::filesystem::exists(path, failed)) return no_archive(path);
  AVSTAND_TRY(database, Database::open(path, mode));
  AVSTAND_TRY(blank, is_blank(database));
  if (blank && mode == Mode::kCreate) {
    AVSTAND_CHECK(database.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL"));
    AVSTAND_CHECK(create_schema(database));
  }
  if (blank && mode != Mode::kCreate)
    return Error{.code = ErrorCode::kData,
                 .message = "the archive was never finished: there is nothing in it",
                 .file = path,
                 .hint = "run what made it once more"};
  AVSTAND_TRY(version, check_schema(database));
  if (version < kSchemaVersion && mode != Mode::kRead) {
    AVSTAND_CHECK(migrate_schema(database));
    version = kSchemaVersion;
  }
  auto impl = std::make_unique<Impl>(std::move(database));
  impl->schema = version;
  impl->writes = mode != Mode::kRead;
  if (mode != Mode::kRead) {
    // secure_delete: no word of what is forgotten stays in a free page, nor of older versions.
    AVSTAND_CHECK(impl->database.execute(
        fmt::format("PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL; PRAGMA cache_size = "
                    "-{}; PRAGMA wal_autocheckpoint = {}",
                    kCacheKb, kPagesInLog)));
    AVSTAND_CHECK(impl->prepare());
  } else {
    // A question for a source goes over the same articles several times.
    AVSTAND_CHECK(impl->database.execute(fmt::format("PRAGMA cache_size = -{}", kReadCacheKb)));
  }
  return Archive(std::move(impl));
}

Status Archive::Impl::prepare() {
  const std::pair<Query*, const char*> kQueries[] = {
      {&find_key, "SELECT id, versions FROM articles WHERE key = ?1"},
      {&same_text,
       "SELECT number FROM versions WHERE article = ?1 AND digest = ?2 AND ((published IS ?3 AND "
       "modified IS ?4) OR number = ?5) ORDER BY published IS ?3 AND modified IS ?4 DESC, number "
       "DESC LIMIT 1"},
      {&insert_article,
       "INSERT INTO articles (key, document, url, outlet, title, published, language, text, "
       "lemmas, digest, versions, statements, independent_origins, unverified, features) VALUES "
       "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"},
      {&update_article,
       "UPDATE articles SET key = ?1, document = ?2, url = ?3, outlet = ?4, title = ?5, published "
       "= "
       "?6, language = ?7, text = ?8, lemmas = ?9, digest = ?10, versions = ?11, statements = ?12, "
       "independent_origins = ?13, unverified = ?14, features = ?15 WHERE id = ?16"},
      {&insert_version,
       "INSERT INTO versions (article, number, digest, published, modified, ledger) "
       "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
       "ON CONFLICT (article, number) DO UPDATE SET digest = ?3, published = ?4, modified = ?5, "
       "ledger = ?6"},
      {&last_version, "SELECT ledger FROM versions WHERE article = ?1 AND number = ?2"},
      {&index_words, "INSERT INTO search (rowid, title, text, lemmas) VALUES (?1, ?2, ?3, ?4)"},
      {&old_words, "SELECT title, text, lemmas FROM articles WHERE id = ?1"},
      {&forget_words,
       "INSERT INTO search (search, rowid, title, text, lemmas) VALUES ('delete', ?1, ?2, ?3, ?4)"},
      {&insert_statement,
       "INSERT INTO statements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, "
       "?14, ?15, ?16, ?17, ?18, ?19)"},
      {&insert_hop, "INSERT INTO hops VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {&insert_entity, "INSERT INTO entities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
      {&insert_picture,
       "INSERT INTO pictures VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"},
      {&insert_finding, "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6)"},
      {&insert_pending, "INSERT OR IGNORE INTO story_pending VALUES (?1)"},
  };
  AVSTAND_CHECK(sources.prepare(database));
  return database.prepare(kQueries);
}

Status Archive::Impl::begin() {
  if (open_transaction) return Unit{};
  AVSTAND_CHECK(database.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN"));
  open_transaction = true;
  return Unit{};
}

Status Archive::Impl::commit() {
  if (!open_transaction) return Unit{};
  if (writes) AVSTAND_CHECK(sources.write());
  if (writes && before_commit) AVSTAND_CHECK(before_commit());
  fresh_features.clear();
  open_transaction = false;
  since_commit = 0;
  return database.execute("COMMIT");
}

Status Archive::Impl::roll_back() {
  if (!open_transaction) return Unit{};
  fresh_features.clear();
  sources.forget();
  open_transaction = false;
  since_commit = 0;
  return database.execute("ROLLBACK");
}

Result<std::string> Archive::Impl::ledger(int64_t article, int64_t version) {
  last_version.bind(1, article).bind(2, version);
  const auto row = last_version.step();
  Result<std::string> out = row && *row ? unpack(last_version.blob(0)) : std::string();
  last_version.reset();
  if (!row) return row.error();
  return out;
}

Status Archive::Impl::write_version(int64_t article, int64_t version, const Record& record,
                                    const Rows& rows) {
  insert_version.bind(1, article).bind(2, version).bind(3, rows.digest).bind(4, rows.published);
  return insert_version.bind(5, rows.modified).bind_blob(6, pack(record.ledger)).run();
}

Status Archive::Impl::write_article(int64_t id, const Record& record, const Rows& rows,
                                    int64_t version) {
  Query& q = id == 0 ? insert_article : update_article;
  q.bind_all(rows.key, rows.document, rows.url, rows.outlet, rows.title, rows.published,
             rows.language, rows.text, record.lemmas, rows.digest, version, rows.statements,
             rows.independent_origins, rows.unverified);
  if (record.features.empty())
    q.bind_null(15);
  else
    q.bind_blob(15, sealed(pack(record.features), xxh64(record.lemmas)));
  if (id != 0) q.bind(16, id);
  AVSTAND_CHECK(q.run());
  if (id == 0) id = database.last_row();
  if (before_commit) fresh_features.insert_or_assign(id, record.features);
  AVSTAND_CHECK(write_version(id, version, record, rows));
  AVSTAND_CHECK(index_words.bind_all(id, rows.title, rows.text, record.lemmas).run());
  AVSTAND_CHECK(insert_pending.bind(1, id).run());
  return write_rows(id, rows);
}

Status Archive::Impl::write_statements(int64_t article, const Rows& rows) {
  int64_t place = 0;
  for (const StatementRow& s : rows.statement_rows) {
    insert_statement.bind_all(article, s.id, ++place, s.content, s.source, s.cue, s.speaker,
                              s.quote, s.act, s.origin, s.chain, s.distance, s.evidence,
                              s.commitment, s.verification, int64_t{s.interested}, s.parent,
                              s.begin, s.end);
    AVSTAND_CHECK(insert_statement.run());
  }
  for (const HopRow& h : rows.hops)
    AVSTAND_CHECK(
        insert_hop.bind_all(article, h.statement, h.place, h.name, h.entity, h.link).run());
  return Unit{};
}

Status Archive::Impl::write_rows(int64_t article, const Rows& rows) {
  AVSTAND_CHECK(write_statements(article, rows));
  for (const EntityRow& e : rows.entities)
    AVSTAND_CHECK(insert_entity
                      .bind_all(article, e.id, e.name, e.type, e.kind, e.country, e.control, e.qid,
                                e.mentions)
                      .run());
  int64_t place = 0;
  for (const PictureRow& p : rows.pictures) {
    Query& q = insert_picture;
    q.bind_all(article, ++place, p.caption, p.credit, p.origin, p.chain, int64_t{p.credited});
    if (p.handout)
      q.bind_live(8, int64_t{*p.handout});
    else
      q.bind_null(8);
    AVSTAND_CHECK(q.bind_live(9, p.verification).bind_live(10, p.file).bind_live(11, p.pdq).run());
  }
  place = 0;
  for (const FindingRow& f : rows.findings)
    AVSTAND_CHECK(
        insert_finding.bind_all(article, ++place, f.kind, f.message, f.words, f.accepted).run());
  sources.add(article);
  return Unit{};
}

Status Archive::Impl::clear_rows(int64_t article) {
  AVSTAND_CHECK(sources.take_off(article));
  for (const char* table : {"statements", "hops", "entities", "pictures", "findings"}) {
    AVSTAND_TRY(query, database.prepare(fmt::format("DELETE FROM {} WHERE article = ?1", table)));
    AVSTAND_CHECK(query.bind(1, article).run());
  }
  return clear_words(article);
}

/// FTS5 takes words out only if it is told which they were.
Status Archive::Impl::clear_words(int64_t article) {
  const auto row = old_words.bind(1, article).step();
  if (row && *row) {
    forget_words.bind(1, article);
    if (old_words.is_null(0))
      forget_words.bind_null(2);
    else
      forget_words.bind(2, old_words.text(0));
    forget_words.bind(3, old_words.text(1)).bind(4, old_words.text(2));
  }
  const Status done = !row ? Status(row.error()) : *row ? forget_words.run() : Status(Unit{});
  old_words.reset();
  return done;
}

/// The version of an article that a reading is of: the one with its text and its times, else the
/// newest if that has its text. 0: none.
Result<int64_t> Archive::Impl::version_of(int64_t article, int64_t newest, const Rows& rows) {
  same_text.bind(1, article).bind(2, rows.digest).bind(3, rows.published).bind(4, rows.modified);
  const auto row = same_text.bind(5, newest).step();
  const int64_t number = row && *row ? same_text.integer(0) : 0;
  same_text.reset();
  if (!row) return row.error();
  return number;
}

Result<Added> Archive::add(const Record& record, const Rows& rows) {
  Impl& a = *impl_;
  AVSTAND_CHECK(a.begin());
  a.find_key.bind(1, rows.key);
  AVSTAND_TRY(known, a.find_key.step());
  const int64_t id = known ? a.find_key.integer(0) : 0;
  const int64_t newest = known ? a.find_key.integer(1) : 0;
  a.find_key.reset();
  int64_t version = 0;
  if (known) {
    AVSTAND_TRY(found, a.version_of(id, newest, rows));
    version = found;
  }
  Added what = !known ? Added::kNew : version == 0 ? Added::kVersion : Added::kAnew;
  if (what == Added::kAnew) {
    AVSTAND_TRY(ledger, a.ledger(id, version));
    if (ledger == record.ledger) return Added::kKnown;
  }
  if (version != 0 && version < newest) {
    AVSTAND_CHECK(a.write_version(id, version, record, rows));
  } else {
    if (known) AVSTAND_CHECK(a.clear_rows(id));
    AVSTAND_CHECK(a.write_article(id, record, rows, version == 0 ? newest + 1 : version));
  }
  if (++a.since_commit >= kBatch) AVSTAND_CHECK(a.commit());
  return what;
}

Status Archive::begin() { return impl_->begin(); }
Status Archive::commit() { return impl_->commit(); }

void Archive::before_commit(std::function<Status()> work) {
  impl_->before_commit = std::move(work);
}

Result<Listed> Archive::find(const std::string& name) {
  const std::string select = fmt::format("SELECT {} FROM articles a WHERE ", kListedColumns);
  const bool number = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  const std::string conditions[] = {number ? "a.id = CAST(?1 AS INTEGER)" : "a.key = ?1",
                                    "a.key = ?1", "a.document = ?1"};
  const std::string names[] = {name, article_key(name, ""), name};
  for (size_t i = 0; i < std::size(conditions); ++i) {
    AVSTAND_TRY(query, impl_->database.prepare(select + conditions[i] + " LIMIT 2"));
    query.bind(1, std::string_view(names[i]));
    AVSTAND_TRY(row, query.step());
    if (!row) continue;
    Listed found = listed(query);
    AVSTAND_TRY(more, query.step());
    if (!more) return found;
    return Error{.code = ErrorCode::kUsage,
                 .message = fmt::format("'{}' is the id of several articles", name),
                 .file = impl_->database.path(),
                 .hint = "name it by its number or its key"};
  }
  return Error{.code = ErrorCode::kUsage,
               .message = fmt::format("there is no article '{}'", name),
               .file = impl_->database.path()};
}

Result<std::optional<Version>> Archive::version(int64_t article, int64_t number) {
  AVSTAND_TRY(query, impl_->database.prepare(
                         "SELECT number, digest, ledger FROM versions WHERE article = ?1 AND (?2 = "
                         "0 OR number = ?2) ORDER BY number DESC LIMIT 1"));
  AVSTAND_TRY(row, query.bind(1, article).bind(2, number).step());
  if (!row) return std::optional<Version>();
  AVSTAND_TRY(ledger, unpack(query.blob(2)));
  return std::optional<Version>({query.integer(0), std::string(query.text(1)), std::move(ledger)});
}

Result<std::vector<std::string>> Archive::ledgers(int64_t article) {
  AVSTAND_TRY(query, impl_->database.prepare(
                         "SELECT ledger FROM versions WHERE article = ?1 ORDER BY number"));
  query.bind(1, article);
  std::vector<std::string> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    AVSTAND_TRY(ledger, unpack(query.blob(0)));
    out.push_back(std::move(ledger));
  }
}

Result<int64_t> Archive::articles() {
  AVSTAND_TRY(query, impl_->database.prepare("SELECT count(*) FROM articles"));
  AVSTAND_TRY(row, query.step());
  return row ? query.integer(0) : int64_t{0};
}

Result<int64_t> Archive::change_count() {
  AVSTAND_TRY(query, impl_->database.prepare("PRAGMA data_version"));
  AVSTAND_TRY(row, query.step());
  return row ? query.integer(0) : int64_t{0};
}

namespace {

Status take_all(Query& query,
                const std::function<Status(const Listed&, std::string features)>& take) {
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return Unit{};
    std::string features;
    if (!query.is_null(9)) {
      AVSTAND_TRY(unpacked, unpack(query.blob(9)));
      features = std::move(unpacked);
    }
    AVSTAND_CHECK(take(listed(query), std::move(features)));
  }
}

}  // namespace

Status Archive::for_each(const std::function<Status(const Listed&, std::string features)>& take) {
  AVSTAND_TRY(query, impl_->database.prepare(fmt::format(
                         "SELECT {}, a.features FROM articles a ORDER BY a.id", kListedColumns)));
  return take_all(query, take);
}

Status Archive::for_newest(uint32_t most,
                           const std::function<Status(const Listed&, std::string)>& take) {
  AVSTAND_TRY(query, impl_->database.prepare(fmt::format(
                         "SELECT {}, a.features FROM articles a ORDER BY a.published DESC, a.id "
                         "DESC LIMIT ?1",
                         kListedColumns)));
  query.bind(1, int64_t{most});
  return take_all(query, take);
}

Status Archive::Impl::leave_story(int64_t article) {
  // The words of an article stand in the rows of its whole story, so the story goes now, whether or
  // not somebody makes it again before the commit.
  for (const char* sql :
       {"INSERT OR IGNORE INTO story_pending SELECT article FROM story_articles WHERE story = "
        "(SELECT story FROM story_articles WHERE article = ?1)",
        "DELETE FROM stories WHERE id = (SELECT story FROM story_articles WHERE article = ?1)",
        "DELETE FROM story_links WHERE (article, other) IN (SELECT other, article FROM story_links "
        "WHERE article = ?1)",
        "DELETE FROM story_links WHERE article = ?1",
        "DELETE FROM story_pending WHERE article = ?1", "DELETE FROM watched WHERE article = ?1"}) {
    AVSTAND_TRY(query, database.prepare(sql));
    AVSTAND_CHECK(query.bind(1, article).run());
  }
  return Unit{};
}

Status Archive::forget(const std::vector<int64_t>& articles) {
  Impl& a = *impl_;
  AVSTAND_CHECK(a.begin());
  AVSTAND_TRY(stories, StoryTables::open(*this));
  AVSTAND_TRY(remove, a.database.prepare("DELETE FROM articles WHERE id = ?1"));
  for (const int64_t id : articles) {
    AVSTAND_CHECK(a.leave_story(id));
    AVSTAND_CHECK(a.sources.take_off(id));
    AVSTAND_CHECK(stories.clear_keys(id));
    AVSTAND_CHECK(a.clear_words(id));
    AVSTAND_CHECK(remove.bind(1, id).run());
  }
  AVSTAND_CHECK(a.database.execute(
      "DELETE FROM corrections WHERE digest NOT IN (SELECT digest FROM versions)"));
  // What was deleted stays in the search index until its parts are merged, and in the log until
  // that is written back; free pages are overwritten (secure_delete).
  AVSTAND_CHECK(a.database.execute("INSERT INTO search (search) VALUES ('optimize')"));
  AVSTAND_CHECK(a.commit());
  return a.database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace avstand::store
