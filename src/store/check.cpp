#include <fmt/format.h>

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

/// How many rows of a table are of one article.
Result<int64_t> count_of(Database& database, const char* table, int64_t article) {
  AVSTAND_TRY(query,
              database.prepare(fmt::format("SELECT count(*) FROM {} WHERE article = ?1", table)));
  AVSTAND_TRY(row, query.bind(1, article).step());
  return row ? query.integer(0) : int64_t{0};
}

Status check_statements(Database& database, int64_t article, const Rows& rows, Problems& out) {
  AVSTAND_TRY(query, database.prepare("SELECT id, content, origin, chain, verification FROM "
                                      "statements WHERE article = ?1 ORDER BY place"));
  query.bind(1, article);
  size_t at = 0;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) break;
    if (at >= rows.statement_rows.size()) {
      ++at;
      break;
    }
    const StatementRow& s = rows.statement_rows[at++];
    if (query.text(0) != s.id || query.text(1) != s.content ||
        query.text(2) != s.origin.value_or("") || query.text(3) != s.chain.value_or("") ||
        query.text(4) != s.verification)
      out.push_back(fmt::format("article {}: {} is not what its ledger says", article, s.id));
  }
  if (at != rows.statement_rows.size())
    out.push_back(fmt::format("article {}: its statements are not all there", article));
  return Unit{};
}

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
Status check_article(Database& database, const Query& article, Problems& out) {
  const int64_t id = article.integer(0);
  AVSTAND_TRY(versions, database.prepare("SELECT number, digest, ledger FROM versions WHERE "
                                         "article = ?1 ORDER BY number"));
  versions.bind(1, id);
  int64_t number = 0;
  std::optional<Rows> newest;
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
    newest = *rows;
  }
  if (number != article.integer(4))
    out.push_back(fmt::format("article {}: its versions are not all there", id));
  if (!newest) return Unit{};
  if (article.text(1) != newest->key || article.text(2) != newest->digest ||
      article.text(3) != newest->text)
    out.push_back(fmt::format("article {}: its text is not that of its ledger", id));
  if (!article.is_null(5) && !unpack(article.blob(5)))
    out.push_back(fmt::format("article {}: what stories are made of is damaged", id));
  if (first_invalid_utf8(article.text(6)))
    out.push_back(fmt::format("article {}: its lemmas are damaged", id));
  const std::pair<const char*, size_t> kTables[] = {{"hops", newest->hops.size()},
                                                    {"entities", newest->entities.size()},
                                                    {"pictures", newest->pictures.size()},
                                                    {"findings", newest->findings.size()}};
  for (const auto& [table, wanted] : kTables) {
    AVSTAND_TRY(found, count_of(database, table, id));
    if (found != static_cast<int64_t>(wanted))
      out.push_back(fmt::format("article {}: {} of {} {}", id, found, wanted, table));
  }
  return check_statements(database, id, *newest, out);
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
  AVSTAND_TRY(articles, database.prepare("SELECT id, key, digest, text, versions, features, "
                                         "lemmas FROM articles ORDER BY id"));
  while (out.size() < kMostProblems) {
    const auto row = articles.step();
    if (!row) {
      out.push_back(row.error().message);
      break;
    }
    if (!*row) break;
    if (const auto checked = check_article(database, articles, out); !checked)
      out.push_back(checked.error().message);
  }
  return out;
}

}  // namespace avstand::store
