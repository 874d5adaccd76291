#include "store/source_tables.h"

#include <fmt/format.h>

namespace avstand::store {
namespace {

/// source_key() in SQL.
std::string key_of(std::string_view column) {
  return fmt::format(
      "lower(CASE WHEN lower(substr({0}, 1, 4)) = 'the ' AND length({0}) > 4 THEN substr({0}, 5) "
      "ELSE {0} END)",
      column);
}

std::string only(std::string_view column, bool all) {
  return all ? std::string("1") : fmt::format("{} IN (SELECT value FROM json_each(?1))", column);
}

}  // namespace

std::vector<SourceSums> source_sums(bool all) {
  const std::string of_origin = key_of("s.origin"), of_hop = key_of("h.name");
  return {
      {"source_sums",
       fmt::format("SELECT {}, coalesce(a.outlet, ''), count(*), count(DISTINCT s.article), "
                   "sum(s.verification IN ('checked', 'confirmed')), "
                   "sum(s.verification NOT IN ('none', 'checked', 'confirmed')) "
                   "FROM statements s JOIN articles a ON a.id = s.article "
                   "WHERE {} AND s.origin IS NOT NULL GROUP BY 1, 2",
                   of_origin, only("s.article", all))},
      {"source_relays",
       fmt::format("SELECT {0}, h.name, count(*) FROM statements s JOIN hops h ON h.article = "
                   "s.article AND h.statement = s.id AND h.place > 1 WHERE {1} AND s.origin IS NOT "
                   "NULL AND instr(s.chain, ' > ') > 0 GROUP BY 1, 2 "
                   "UNION ALL SELECT '', {2}, count(*) FROM hops h WHERE {3} AND h.link = 'relay' "
                   "GROUP BY 1, 2",
                   of_origin, only("s.article", all), of_hop, only("h.article", all))},
      {"source_articles",
       fmt::format("SELECT DISTINCT {}, 0, coalesce(a.published, ''), a.id FROM statements s JOIN "
                   "articles a ON a.id = s.article WHERE {} AND s.origin IS NOT NULL "
                   "UNION ALL SELECT DISTINCT {}, 1, coalesce(a.published, ''), a.id FROM hops h "
                   "JOIN articles a ON a.id = h.article WHERE {} AND h.link = 'relay'",
                   of_origin, only("s.article", all), of_hop, only("h.article", all))},
  };
}

Status SourceTables::prepare(Database& database) {
  const auto sums = source_sums(false);
  const std::string added = "INSERT INTO {} SELECT * FROM ({}) WHERE true {}";
  // The columns that are counts, in both directions.
  const std::vector<std::vector<std::string_view>> counts = {
      {"statements", "articles", "checked", "doubtful"}, {"statements"}, {}};
  const std::vector<std::string_view> keys = {"name, outlet", "name, relay",
                                              "name, relay, published, article"};
  for (size_t i = 0; i < sums.size(); ++i) {
    std::string sum, rest;
    for (const std::string_view c : counts[i]) {
      sum += fmt::format("{0}{1} = {1} + excluded.{1}", sum.empty() ? "" : ", ", c);
      rest += fmt::format(", -{}", c);
    }
    const std::string conflict =
        sum.empty() ? "ON CONFLICT DO NOTHING" : "ON CONFLICT DO UPDATE SET " + sum;
    AVSTAND_TRY(add, database.prepare(
                         fmt::format(fmt::runtime(added), sums[i].table, sums[i].rows, conflict)));
    add_.push_back(std::move(add));
    const std::string named =
        fmt::format("WITH gone ({0}{1}{2}) AS ({3})", keys[i], rest.empty() ? "" : ", ",
                    fmt::join(counts[i], ", "), sums[i].rows);
    if (!sum.empty()) {
      AVSTAND_TRY(less, database.prepare(
                            fmt::format("{} INSERT INTO {} SELECT {}{} FROM gone WHERE true {}",
                                        named, sums[i].table, keys[i], rest, conflict)));
      take_off_.push_back(std::move(less));
    }
    AVSTAND_TRY(drop, database.prepare(fmt::format(
                          "{0} DELETE FROM {1} WHERE ({2}) IN (SELECT {2} FROM gone){3}", named,
                          sums[i].table, keys[i], sum.empty() ? "" : " AND statements = 0")));
    take_off_.push_back(std::move(drop));
  }
  return Unit{};
}

Status SourceTables::write() {
  if (unwritten_.empty()) return Unit{};
  const std::string articles = fmt::format("[{}]", fmt::join(unwritten_, ","));
  for (Query& q : add_) AVSTAND_CHECK(q.bind(1, std::string_view(articles)).run());
  unwritten_.clear();
  return Unit{};
}

Status SourceTables::take_off(int64_t article) {
  if (unwritten_.erase(article) > 0) return Unit{};
  const std::string articles = fmt::format("[{}]", article);
  for (Query& q : take_off_) AVSTAND_CHECK(q.bind(1, std::string_view(articles)).run());
  return Unit{};
}

std::string source_key(std::string_view name) {
  constexpr std::string_view kArticle = "the ";
  std::string out(name);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (out.size() > kArticle.size() && out.starts_with(kArticle)) out.erase(0, kArticle.size());
  return out;
}

Status fill_source_tables(Database& database, bool temporary) {
  constexpr std::string_view kCreate = "CREATE TABLE";
  for (const char* sql : kSourceTables)
    if (temporary)
      AVSTAND_CHECK(database.execute("CREATE TEMP TABLE" + std::string(sql + kCreate.size())));
  for (const SourceSums& sums : source_sums(true))
    AVSTAND_CHECK(database.execute(fmt::format("INSERT INTO {} {}", sums.table, sums.rows)));
  return Unit{};
}

Result<std::vector<std::string>> check_source_tables(Database& database) {
  std::vector<std::string> out;
  for (const SourceSums& sums : source_sums(true)) {
    AVSTAND_TRY(query, database.prepare(fmt::format(
                           "WITH made AS ({1}) SELECT count(*) FROM (SELECT * FROM (SELECT * FROM "
                           "{0} EXCEPT SELECT * FROM made) UNION ALL SELECT * FROM (SELECT * FROM "
                           "made EXCEPT SELECT * FROM {0}))",
                           sums.table, sums.rows)));
    const auto row = query.step();
    if (!row)
      out.push_back(fmt::format("{}: {}", sums.table, row.error().message));
    else if (*row && query.integer(0) > 0)
      out.push_back(fmt::format("{}: its sums are not those of the statements", sums.table));
  }
  return out;
}

}  // namespace avstand::store
