#include <fmt/format.h>

#include <algorithm>

#include "store/archive_impl.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

/// A word as FTS5 takes a string: nothing in it is an operator.
std::string fts_string(std::string_view word) {
  std::string out = "\"";
  for (const char c : word) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// What snippets are marked with inside of this file: controls, so that brackets of the text stay.
constexpr char kOpen = '\x02', kClose = '\x03';
constexpr int64_t kMostOfAFacet = 12;
constexpr size_t kMostCarriers = 50;
constexpr int kMostSpellings = 100;  // statements that are looked at for how a name is spelt

/// A snippet without its marks, and where they were.
Hit hit_of(Listed article, std::string_view snippet) {
  Hit out{.article = std::move(article)};
  uint32_t begin = 0;
  for (const char c : snippet) {
    const auto at = static_cast<uint32_t>(out.snippet.size());
    if (c == kOpen)
      begin = at;
    else if (c != kClose)
      out.snippet += c;
    else if (begin < at)
      out.marked.push_back({begin, at});
  }
  return out;
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

constexpr size_t kShortestStem = 4;  // letters
constexpr size_t kMostCutOff = 2;    // letters of a lemma that an inflected form may lack
constexpr uint32_t kWordsBefore = 8, kWordsAfter = 16;

/// Where the text has another form of a word: the words around the first one that begins as a lemma
/// does ("stengte" for "stenge"). `otherwise` where there is none.
std::string inflected_snippet(std::string_view text, const Wanted& wanted, std::string otherwise) {
  std::vector<std::string> stems;
  for (const auto& forms : wanted.words)
    for (const std::string& form : forms)
      stems.push_back(form.substr(
          0, std::max(kShortestStem, form.size() - std::min(form.size(), kMostCutOff))));
  std::vector<std::string_view> words;
  size_t found = 0;
  for (size_t at = 0; at < text.size() && (found == 0 || words.size() < found + kWordsAfter);) {
    const size_t begin = text.find_first_not_of(" \n\t", at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find_first_of(" \n\t", begin), text.size());
    words.push_back(text.substr(begin, at - begin));
    const std::string lower = lower_case(words.back());
    const auto begins = [&](const std::string& stem) {
      return stem.size() >= kShortestStem && lower.find(stem) <= 3;  // behind a quotation mark
    };
    if (found == 0 && std::any_of(stems.begin(), stems.end(), begins)) found = words.size();
  }
  if (found == 0) return otherwise;
  const size_t first = found - std::min<size_t>(found, kWordsBefore);
  std::string out = first > 0 ? "…" : "";
  for (size_t i = first; i < words.size(); ++i) {
    if (i > first) out += ' ';
    out += i + 1 == found ? kOpen + std::string(words[i]) + kClose : std::string(words[i]);
  }
  return out + "…";
}

/// "FROM … WHERE …" of what is searched for, with parameters 1 to 6. `words`: of fts_query().
std::string matching(const Wanted& wanted, const std::string& words) {
  std::string sql =
      words.empty() ? " FROM articles a WHERE 1"
                    : " FROM search JOIN articles a ON a.id = search.rowid WHERE search MATCH ?1";
  if (!wanted.language.empty()) sql += " AND a.language = ?2";
  if (!wanted.outlet.empty()) sql += " AND a.outlet = ?3 COLLATE NOCASE";
  if (!wanted.origin.empty())
    sql +=
        " AND EXISTS (SELECT 1 FROM statements s WHERE s.article = a.id AND s.origin = ?4 COLLATE "
        "NOCASE)";
  if (!wanted.from.empty()) sql += " AND a.published >= ?5";
  if (!wanted.to.empty()) sql += " AND a.published < ?6";
  return sql;
}

/// The day after every day that begins with `to`: "2026-07" takes in all of July.
std::string after(const std::string& to) { return to + "~"; }

void bind_wanted(Query& query, const Wanted& wanted, const std::string& words) {
  query.bind(1, std::string_view(words)).bind(2, std::string_view(wanted.language));
  query.bind(3, std::string_view(wanted.outlet)).bind(4, std::string_view(wanted.origin));
  query.bind(5, std::string_view(wanted.from)).bind(6, std::string_view(after(wanted.to)));
}

/// A name as archives are asked for it: with the article that English puts before a description and
/// without, for stories say "Directorate of Fisheries" of what is quoted as "The Directorate of …".
struct Spellings {
  std::string bare, full;
};

Spellings spellings_of(std::string_view name) {
  constexpr std::string_view kArticle = "the ";
  if (name.size() > kArticle.size() && lower_case(name.substr(0, kArticle.size())) == kArticle)
    name.remove_prefix(kArticle.size());
  return {std::string(name), std::string(kArticle) + std::string(name)};
}

/// The sums of a report, and who carries the statements.
Status sum_up(Database& database, const std::string& key, OriginReport& out) {
  AVSTAND_TRY(query, database.prepare("SELECT outlet, statements, articles, checked, doubtful FROM "
                                      "source_sums WHERE name = ?1"));
  query.bind(1, key);
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) break;
    const Carrier carrier{std::string(query.text(0)), query.integer(1), query.integer(3)};
    out.statements += carrier.statements;
    out.articles += query.integer(2);
    out.checked += carrier.checked;
    out.doubtful += query.integer(4);
    if (carrier.outlet.empty()) continue;
    ++out.outlets;
    out.carried_by.push_back(carrier);
  }
  std::stable_sort(out.carried_by.begin(), out.carried_by.end(),
                   [](const Carrier& x, const Carrier& y) { return x.statements > y.statements; });
  if (out.carried_by.size() > kMostCarriers) out.carried_by.resize(kMostCarriers);
  return Unit{};
}

/// As the articles spell it: of the first of them that have it, the spelling that sorts first.
Status spell(Database& database, const Spellings& name, OriginReport& out) {
  AVSTAND_TRY(query, database.prepare(fmt::format(
                         "SELECT min(origin) FROM (SELECT origin FROM statements WHERE origin = "
                         "?1 COLLATE NOCASE LIMIT {})",
                         kMostSpellings)));
  for (const std::string& spelling : {name.bare, name.full}) {
    AVSTAND_TRY(row, query.bind(1, spelling).step());
    const bool found = row && !query.is_null(0);
    if (found) out.name = query.text(0);
    query.reset();
    if (found) break;
  }
  return Unit{};
}

/// Who passed its statements on, and how many of others it passed on itself.
Status count_relays(Database& database, const std::string& key, OriginReport& out) {
  AVSTAND_TRY(passed, database.prepare("SELECT statements FROM source_relays WHERE name = '' AND "
                                       "relay = ?1"));
  AVSTAND_TRY(one, passed.bind(1, key).step());
  if (one) out.as_relay = passed.integer(0);
  AVSTAND_TRY(relays, database.prepare("SELECT relay, statements FROM source_relays WHERE name = "
                                       "?1 ORDER BY 2 DESC, 1 LIMIT 50"));
  relays.bind(1, key);
  while (true) {
    AVSTAND_TRY(more, relays.step());
    if (!more) return Unit{};
    out.relays.push_back({std::string(relays.text(0)), relays.integer(1)});
  }
}

/// The newest statements of an origin, or that a relay passed on: those `s` of its articles that
/// are `wanted`, a condition in which the name is ?1 or ?3.
Result<std::vector<OriginStatement>> statements_of(Database& database, bool relay,
                                                   std::string_view wanted, const Spellings& name,
                                                   const std::string& key, uint32_t limit) {
  AVSTAND_TRY(query,
              database.prepare(fmt::format(
                  "SELECT {}, s.id, s.content, s.chain, s.verification FROM (SELECT article FROM "
                  "source_articles WHERE name = ?4 AND relay = ?5 ORDER BY published DESC, article "
                  "LIMIT ?2) t CROSS JOIN articles a ON a.id = t.article CROSS JOIN statements s "
                  "ON s.article = a.id AND {} ORDER BY a.published DESC, a.id, s.place LIMIT ?2",
                  kListedColumns, wanted)));
  query.bind(1, name.bare).bind(2, int64_t{limit}).bind(3, name.full);
  query.bind(4, key).bind(5, int64_t{relay});
  std::vector<OriginStatement> out;
  while (true) {
    AVSTAND_TRY(more, query.step());
    if (!more) return out;
    out.push_back({.article = listed(query),
                   .statement = std::string(query.text(9)),
                   .content = std::string(query.text(10)),
                   .chain = std::string(query.text(11)),
                   .verification = std::string(query.text(12))});
  }
}

}  // namespace

std::string bracketed(const Hit& hit) {
  std::string out;
  uint32_t at = 0;
  for (const Span mark : hit.marked) {
    out += Span{at, mark.begin}.in(hit.snippet);
    out += "[" + std::string(mark.in(hit.snippet)) + "]";
    at = mark.end;
  }
  return out + hit.snippet.substr(at);
}

namespace {

/// Of articles that have the words, so many of those added last are told apart by how well they
/// fit: a word that half an archive has must not cost the whole of it.
constexpr uint32_t kMostRanked = 10'000;

/// Which articles to show, in order. The columns of an article are read for these only.
Result<std::vector<int64_t>> found_by(Database& database, const Wanted& wanted,
                                      const std::string& words) {
  const bool filtered = !wanted.language.empty() || !wanted.outlet.empty() ||
                        !wanted.origin.empty() || !wanted.from.empty() || !wanted.to.empty();
  std::string sql = "SELECT a.id" + matching(wanted, words) + " ORDER BY a.published DESC, a.id";
  if (!words.empty())
    sql = "SELECT id FROM (SELECT search.rowid AS id, bm25(search, 4.0, 1.0, 1.0) AS score" +
          (filtered ? matching(wanted, words) : " FROM search WHERE search MATCH ?1") +
          fmt::format(" ORDER BY search.rowid DESC LIMIT {}) ORDER BY score, id", kMostRanked);
  AVSTAND_TRY(query, database.prepare(sql + " LIMIT ?7 OFFSET ?8"));
  bind_wanted(query, wanted, words);
  query.bind(7, int64_t{wanted.limit}).bind(8, int64_t{wanted.offset});
  std::vector<int64_t> out;
  while (true) {
    AVSTAND_TRY(row, query.step());
    if (!row) return out;
    out.push_back(query.integer(0));
  }
}

}  // namespace

Result<std::vector<Hit>> Archive::search(const Wanted& wanted) {
  const std::string words = fts_query(wanted);
  AVSTAND_TRY(found, found_by(impl_->database, wanted, words));
  const std::string sql =
      words.empty()
          ? fmt::format("SELECT {}, substr(a.text, 1, 160), '' FROM articles a WHERE a.id = ?2",
                        kListedColumns)
          : fmt::format(
                "SELECT {}, snippet(search, 1, char(2), char(3), '…', 24), a.text FROM "
                "search JOIN articles a ON a.id = search.rowid WHERE search MATCH ?1 AND "
                "search.rowid = ?2",
                kListedColumns);
  AVSTAND_TRY(query, impl_->database.prepare(sql));
  std::vector<Hit> out;
  for (const int64_t id : found) {
    query.bind(1, std::string_view(words)).bind(2, id);
    AVSTAND_TRY(row, query.step());
    if (row) {
      std::string snippet(query.text(9));
      if (!words.empty() && snippet.find(kOpen) == std::string::npos)
        snippet = inflected_snippet(query.text(10), wanted, std::move(snippet));
      out.push_back(hit_of(listed(query), snippet));
    }
    query.reset();
  }
  return out;
}

Result<Facets> Archive::facets(const Wanted& wanted) {
  const std::string words = fts_query(wanted);
  // Found once, and counted from there.
  const std::string found =
      "WITH found AS MATERIALIZED (SELECT a.id, a.language, a.outlet, substr(a.published, 1, 7) AS "
      "month" +
      matching(wanted, words) + ") ";
  Facets out;
  const auto count = [&](const std::string& sql, std::vector<Count>& counts) -> Status {
    AVSTAND_TRY(query,
                impl_->database.prepare(found + sql + fmt::format(" LIMIT {}", kMostOfAFacet)));
    bind_wanted(query, wanted, words);
    while (true) {
      AVSTAND_TRY(row, query.step());
      if (!row) return Unit{};
      counts.push_back({std::string(query.text(0)), query.integer(1)});
    }
  };
  std::vector<Count> all;
  AVSTAND_CHECK(count("SELECT 'all', count(*) FROM found", all));
  out.articles = all.front().count;
  const std::string by =
      "SELECT {0}, count(*) FROM found WHERE {0} IS NOT NULL GROUP BY 1 ORDER BY ";
  AVSTAND_CHECK(count(fmt::format(fmt::runtime(by + "2 DESC, 1"), "language"), out.languages));
  AVSTAND_CHECK(count(fmt::format(fmt::runtime(by + "2 DESC, 1"), "outlet"), out.outlets));
  AVSTAND_CHECK(count(fmt::format(fmt::runtime(by + "1 DESC"), "month"), out.months));
  AVSTAND_CHECK(
      count("SELECT min(s.origin), count(DISTINCT s.article) FROM found JOIN statements s ON "
            "s.article = found.id WHERE s.origin IS NOT NULL AND s.origin <> 'unnamed' GROUP BY "
            "s.origin COLLATE NOCASE ORDER BY 2 DESC, 1",
            out.origins));
  return out;
}

Result<OriginReport> Archive::source(const std::string& asked, uint32_t limit) {
  OriginReport out{.name = asked};
  const Spellings name = spellings_of(asked);
  const std::string key = source_key(asked);
  if (key.empty()) return out;
  Database& database = impl_->database;
  if (impl_->schema < kSchemaOfSources && !impl_->sources_summed) {
    AVSTAND_CHECK(fill_source_tables(database, true));
    impl_->sources_summed = true;
  }
  AVSTAND_CHECK(impl_->sources.write());
  AVSTAND_CHECK(sum_up(database, key, out));
  AVSTAND_CHECK(spell(database, name, out));
  AVSTAND_CHECK(count_relays(database, key, out));
  AVSTAND_TRY(latest, statements_of(database, false, "s.origin COLLATE NOCASE IN (?1, ?3)", name,
                                    key, limit));
  out.latest = std::move(latest);
  AVSTAND_TRY(passed_on,
              statements_of(database, true,
                            "EXISTS (SELECT 1 FROM hops h WHERE h.article = s.article AND "
                            "h.statement = s.id AND h.link = 'relay' AND h.name COLLATE NOCASE IN "
                            "(?1, ?3))",
                            name, key, limit));
  out.passed_on = std::move(passed_on);
  return out;
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
