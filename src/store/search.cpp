#include <fmt/format.h>

#include "store/archive_impl.h"
#include "store/packing.h"

namespace avstand::store {
namespace {

/// A word as FTS5 takes a string: nothing in it is an operator.
std::string fts_string(std::string_view word) {
  std::string out = "\"";
  for (const char c : word) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// All words, each in one of its forms.
std::string fts_query(const Wanted& wanted) {
  std::string out;
  for (const auto& forms : wanted.words) {
    std::string either;
    for (const std::string& form : forms)
      if (!form.empty()) either += (either.empty() ? "" : " OR ") + fts_string(form);
    if (!either.empty()) out += (out.empty() ? "(" : " AND (") + either + ")";
  }
  return out;
}

/// The day after every day that begins with `to`: "2026-07" takes in all of July.
std::string after(const std::string& to) { return to + "~"; }

}  // namespace

Result<std::vector<Hit>> Archive::search(const Wanted& wanted) {
  const std::string words = fts_query(wanted);
  std::string sql = fmt::format("SELECT {}, ", kListedColumns);
  sql += words.empty()
             ? "substr(a.text, 1, 160) FROM articles a WHERE 1"
             : "snippet(search, -1, '[', ']', '…', 24) FROM search JOIN articles a ON a.id = "
               "search.rowid WHERE search MATCH ?1";
  if (!wanted.language.empty()) sql += " AND a.language = ?2";
  if (!wanted.outlet.empty()) sql += " AND a.outlet = ?3 COLLATE NOCASE";
  if (!wanted.origin.empty())
    sql +=
        " AND EXISTS (SELECT 1 FROM statements s WHERE s.article = a.id AND s.origin = ?4 COLLATE "
        "NOCASE)";
  if (!wanted.from.empty()) sql += " AND a.published >= ?5";
  if (!wanted.to.empty()) sql += " AND a.published < ?6";
  sql += words.empty() ? " ORDER BY a.published DESC, a.id LIMIT ?7"
                       : " ORDER BY bm25(search, 4.0, 1.0, 1.0), a.id LIMIT ?7";
  AVSTAND_TRY(query, impl_->database.prepare(sql));
  query.bind(1, std::string_view(words)).bind(2, std::string_view(wanted.language));
  query.bind(3, std::string_view(wanted.outlet)).bind(4, std::string_view(wanted.origin));
  query.bind(5, std::string_view(wanted.from));
  query.bind(6, std::string_view(after(wanted.to))).bind(7, int64_t{wanted.limit});
  std::vector<Hit> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    out.push_back({listed(query), std::string(query.text(9))});
  }
}

Result<OriginReport> Archive::source(const std::string& name, uint32_t limit) {
  OriginReport out{.name = name};
  Database& database = impl_->database;
  AVSTAND_TRY(sums, database.prepare(
                        "SELECT count(*), count(DISTINCT s.article), count(DISTINCT a.outlet), "
                        "sum(s.verification IN ('checked', 'confirmed')), sum(s.verification NOT "
                        "IN ('none', 'checked', 'confirmed')), min(s.origin) FROM statements s "
                        "JOIN articles a ON a.id = s.article WHERE s.origin = ?1 COLLATE NOCASE"));
  AVSTAND_TRY(row, sums.bind(1, std::string_view(name)).step());
  if (row) {
    out.statements = sums.integer(0), out.articles = sums.integer(1), out.outlets = sums.integer(2);
    out.checked = sums.integer(3), out.doubtful = sums.integer(4);
    if (!sums.is_null(5)) out.name = sums.text(5);
  }
  AVSTAND_TRY(passed, database.prepare("SELECT count(*) FROM hops WHERE name = ?1 COLLATE NOCASE "
                                       "AND link = 'relay'"));
  AVSTAND_TRY(one, passed.bind(1, std::string_view(name)).step());
  if (one) out.as_relay = passed.integer(0);
  AVSTAND_TRY(relays,
              database.prepare("SELECT h.name, count(*) FROM statements s JOIN hops h ON h.article "
                               "= s.article AND h.statement = s.id AND h.place > 1 WHERE s.origin "
                               "= ?1 COLLATE NOCASE GROUP BY h.name ORDER BY 2 DESC, 1 LIMIT 50"));
  relays.bind(1, std::string_view(name));
  while (true) {
    AVSTAND_TRY(more, relays.step());
    if (!more) break;
    out.relays.emplace_back(relays.text(0), relays.integer(1));
  }
  AVSTAND_TRY(latest,
              database.prepare(fmt::format(
                  "SELECT {}, s.id, s.content, s.chain, s.verification FROM statements s JOIN "
                  "articles a ON a.id = s.article WHERE s.origin = ?1 COLLATE NOCASE ORDER BY "
                  "a.published DESC, a.id, s.place LIMIT ?2",
                  kListedColumns)));
  latest.bind(1, std::string_view(name)).bind(2, int64_t{limit});
  while (true) {
    AVSTAND_TRY(more, latest.step());
    if (!more) return out;
    out.latest.push_back({.article = listed(latest),
                          .statement = std::string(latest.text(9)),
                          .content = std::string(latest.text(10)),
                          .chain = std::string(latest.text(11)),
                          .verification = std::string(latest.text(12))});
  }
}

Result<std::vector<Listed>> Archive::naming(const std::string& person) {
  AVSTAND_TRY(query,
              impl_->database.prepare(fmt::format(
                  "SELECT {} FROM articles a WHERE a.id IN (SELECT article FROM entities WHERE "
                  "name = ?1 COLLATE NOCASE UNION SELECT rowid FROM search WHERE search MATCH ?2) "
                  "ORDER BY a.id",
                  kListedColumns)));
  query.bind(1, std::string_view(person)).bind(2, std::string_view(fts_string(person)));
  std::vector<Listed> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    out.push_back(listed(query));
  }
}

}  // namespace avstand::store
