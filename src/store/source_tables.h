// Version 4 of the schema: what each source is told with, summed up. Internal to store/.
//
// A question for a source went over all its statements, and of one that most articles have there
// are as many as articles. The sums are kept article by article instead: what an article has is
// added when its rows are written, and taken off before they are cleared. Both are made of the rows
// by the SQL below, as is the whole of an older archive.
//
// A name is looked up as people ask for it: ASCII letters in lower case, without the article that
// English puts before a description ("The Directorate of …").
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace avstand::store {

inline constexpr const char* kSourceTables[] = {
    // Of what an outlet carries of an origin; `outlet` is empty where it is not known.
    R"(CREATE TABLE source_sums (
  name TEXT NOT NULL,
  outlet TEXT NOT NULL,
  statements INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  checked INTEGER NOT NULL,
  doubtful INTEGER NOT NULL,
  PRIMARY KEY (name, outlet)
) WITHOUT ROWID)",
    // Through whom the statements of an origin came: `name` is empty in the sum of a relay.
    R"(CREATE TABLE source_relays (
  name TEXT NOT NULL,
  relay TEXT NOT NULL,
  statements INTEGER NOT NULL,
  PRIMARY KEY (name, relay)
) WITHOUT ROWID)",
    // Articles with something of an origin (relay: 0), or that a relay passed on (1), newest first.
    R"(CREATE TABLE source_articles (
  name TEXT NOT NULL,
  relay INTEGER NOT NULL,
  published TEXT NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (name, relay, published DESC, article)
) WITHOUT ROWID)",
};

/// The sums of one table, as a query of its rows.
struct SourceSums {
  const char* table;
  std::string rows;  ///< SELECT; of the articles that ?1 lists (JSON), or of all articles
};
/// `all`: of the whole archive.
std::vector<SourceSums> source_sums(bool all);

/// Adds what the rows of articles give, and takes it off again before they change.
///
/// Those of a transaction are summed up together, by write(): a statement for each article took a
/// sixth of adding, and made FTS5 write its words article by article.
class SourceTables {
 public:
  Status prepare(Database& database);
  void add(int64_t article) { unwritten_.insert(article); }
  Status take_off(int64_t article);
  /// Writes what was added; before a commit, and before the tables are read.
  Status write();
  /// Forgets what was added, of a transaction that came to nothing.
  void forget() { unwritten_.clear(); }

 private:
  std::vector<Query> add_, take_off_;
  std::set<int64_t> unwritten_;
};

/// The name that a source is summed up by.
std::string source_key(std::string_view name);

/// Sums up an archive whose tables are empty; `temporary`: makes them first, for this connection.
Status fill_source_tables(Database& database, bool temporary);

/// Lines on sums that are not those of the rows.
Result<std::vector<std::string>> check_source_tables(Database& database);

}  // namespace avstand::store
