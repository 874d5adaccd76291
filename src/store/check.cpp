#include <fmt/format.h>

#include "base/hash.h"
#include "store/archive_impl.h"
#include "store/packing.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

constexpr size_t kMostProblems = 100;

using Problems = std::vector<std::string>;

/// What SQLite itself finds: pages, indexes, references between rows, the search index.
Status check_pages(Database& database, Problems& out) {
  for (const char* sql : {"PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"}) {
    AVSTAND_TRY(query, database.prepare(sql));
    while (out.size() < kMostProblems) {
      const auto row = query.step();
      if (!row) {
        out.push_back(row.error().message);
        break;
      }
      if (!*row) break;
      if (query.text(0) != "ok") out.push_back(fmt::format("SQLite: {}", query.text(0)));
    }
  }
  return Unit{};
}

// What follows from an article's newest ledger, all columns but the archive's own numbers.
constexpr const char* kRowsOfAnArticle[] = {
    "SELECT key, document, url, outlet, title, published, language, text, lemmas, digest, "
    "statements, "
    "independent_origins, unverified FROM articles WHERE id = ?1",
    "SELECT id, place, content, source, cue, speaker, quote, act, origin, chain, distance, "
    "evidence, "
    "commitment, verification, interested, parent, begin, \"end\" FROM statements WHERE article = "
    "?1",
    "SELECT statement, place, name, entity, link FROM hops WHERE article = ?1",
    "SELECT id, name, type, kind, country, control, qid, mentions FROM entities WHERE article = ?1",
    ("SELECT place, caption, credit, origin, chain, credited, handout, verification, file, pdq "
     "FROM "
     "pictures WHERE article = ?1"),
    "SELECT place, kind, message, words, accepted FROM findings WHERE article = ?1"};

/// Makes the rows of an article again, in memory, and compares.
class RowCheck {
 public:
  static Result<RowCheck> open(Database& database, Archive& memory, Database& in_memory) {
    RowCheck out(memory);
    for (const char* sql : kRowsOfAnArticle) {
      AVSTAND_TRY(is, database.prepare(sql));
      AVSTAND_TRY(should_be, in_memory.prepare(sql));
      out.queries_.emplace_back(std::move(is), std::move(should_be));
    }
    return out;
  }

  Result<bool> agrees(int64_t article, const Record& record, const Rows& rows) {
    AVSTAND_CHECK(memory_.add(record, rows));
    AVSTAND_TRY(made, memory_.find(rows.key));
    for (auto& [is, should_be] : queries_) {
      AVSTAND_TRY(found, is.bind(1, article).rows_text());
      AVSTAND_TRY(wanted, should_be.bind(1, made.id).rows_text());
      if (found != wanted) return false;
    }
    return true;
  }

 private:
  explicit RowCheck(Archive& memory) : memory_(memory) {}
  Archive& memory_;
  std::vector<std::pair<Query, Query>> queries_;
};

/// Whether each correction is whole and of a text that is there.
Status check_corrections(Archive& archive, Database& database, Problems& out) {
  AVSTAND_TRY(query, database.prepare("SELECT DISTINCT c.digest, v.digest IS NULL FROM corrections "
                                      "c LEFT JOIN versions v ON v.digest = c.digest"));
  while (out.size() < kMostProblems) {
    AVSTAND_TRY(row, query.step());
    if (!row) break;
    if (query.integer(1) != 0)
      out.push_back(fmt::format("corrections: no article has the text {}", query.text(0)));
    AVSTAND_TRY(some, archive.corrections(std::string(query.text(0))));
    for (const Correction& c : some)
      if (const Status whole = check(c); !whole)
        out.push_back(fmt::format("corrections of {}: {}", c.digest, whole.error().message));
  }
  return Unit{};
}

/// Whether one article's rows are those of its newest ledger.
Status check_article(Database& database, RowCheck& row_check, const Query& article, Problems& out) {
  const int64_t id = article.integer(0);
  AVSTAND_TRY(
      versions,
      database.prepare("SELECT number, digest, ledger, published, modified FROM versions WHERE "
                       "article = ?1 ORDER BY number"));
  versions.bind(1, id);
  int64_t number = 0;
  std::optional<Rows> newest;
  Record record{.ledger = {}, .lemmas = std::string(article.text(6)), .features = {}};
  while (true) {
    AVSTAND_TRY(row, versions.step());
    if (!row) break;
    const auto problem = [&](std::string_view what) {
      out.push_back(fmt::format("article {}, version {}: {}", id, versions.integer(0), what));
    };
    if (versions.integer(0) != ++number) problem("a version before it is missing");
    const auto ledger = unpack(versions.blob(2));
    const auto rows = ledger ? rows_of(*ledger) : Result<Rows>(ledger.error());
    if (!rows) {
      problem(rows.error().message);
      newest.reset();
      continue;
    }
    if (rows->digest != versions.text(1)) problem("its digest is not that of its ledger");
    if (rows->published.value_or("") != versions.text(3) ||
        rows->modified.value_or("") != versions.text(4))
      problem("its times are not those of its ledger");
    newest = *rows;
    record.ledger = *ledger;
  }
  if (number != article.integer(4))
    out.push_back(fmt::format("article {}: its versions are not all there", id));
  if (!newest) return Unit{};
  if (article.text(1) != newest->key || article.text(2) != newest->digest ||
      article.text(3) != newest->text)
    out.push_back(fmt::format("article {}: its text is not that of its ledger", id));
  if (!article.is_null(5) && !unpack(article.blob(5)))
    out.push_back(fmt::format("article {}: what stories are made of is damaged", id));
  // They follow from no ledger, and the search index does not tell "Lemmas" from "lemmas".
  const auto seal = article.is_null(5) ? std::nullopt : seal_of(article.blob(5));
  if (first_invalid_utf8(article.text(6)) || (seal && *seal != xxh64(article.text(6))))
    out.push_back(fmt::format("article {}: its lemmas are damaged", id));
  AVSTAND_TRY(agree, row_check.agrees(id, record, *newest));
  if (!agree) out.push_back(fmt::format("article {}: its rows are not what its ledger says", id));
  return Unit{};
}

}  // namespace

Result<std::vector<std::string>> Archive::check() {
  Database& database = impl_->database;
  Problems out;
  AVSTAND_CHECK(check_pages(database, out));
  if (const auto words =
          database.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)");
      !words && words.error().message.find("readonly") == std::string::npos)
    out.push_back(fmt::format("search: {}", words.error().message));
  AVSTAND_CHECK(check_corrections(*this, database, out));
  if (impl_->schema >= kSchemaOfSources) {
    AVSTAND_CHECK(impl_->sources.write());
    AVSTAND_TRY(sums, check_source_tables(database));
    out.insert(out.end(), sums.begin(), sums.end());
  }
  AVSTAND_TRY(articles, database.prepare("SELECT id, key, digest, text, versions, features, "
                                         "lemmas FROM articles ORDER BY id"));
  // Rolled back after each article: there is never more than one in it.
  AVSTAND_TRY(memory, open(":memory:", Mode::kCreate));
  AVSTAND_TRY(row_check, RowCheck::open(database, memory, memory.impl_->database));
  while (out.size() < kMostProblems) {
    const auto row = articles.step();
    if (!row) {
      out.push_back(row.error().message);
      break;
    }
    if (!*row) break;
    if (const auto checked = check_article(database, row_check, articles, out); !checked)
      out.push_back(checked.error().message);
    AVSTAND_CHECK(memory.impl_->roll_back());
  }
  return out;
}

}  // namespace avstand::store
