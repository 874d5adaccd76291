// Inside of this room only.
#pragma once

#include <unordered_map>

#include "store/archive.h"
#include "store/database.h"
#include "store/schema.h"
#include "store/source_tables.h"

namespace avstand::store {

struct Archive::Impl {
  explicit Impl(Database db) : database(std::move(db)) {}

  Database database;
  int64_t schema = kSchemaVersion;
  bool writes = false;
  bool open_transaction = false;
  uint32_t since_commit = 0;

  /// Features of the articles written since the last commit, for who makes stories at its end.
  std::unordered_map<int64_t, std::string> fresh_features;

  // Prepared once for adding; empty in an archive that is only read.
  Query find_key, same_text, insert_article, update_article, insert_version, last_version;
  Query index_words, old_words, forget_words;
  Query insert_statement, insert_hop, insert_entity, insert_picture, insert_finding;
  Query insert_pending;
  SourceTables sources;
  bool sources_summed = false;  ///< an older archive, which is only read, was asked for a source

  // Declared behind the database, so that what it holds of it goes first.
  std::function<Status()> before_commit;

  Status prepare();
  Status begin();
  Status commit();
  Status roll_back();
  Status write_article(int64_t id, const Record& record, const Rows& rows, int64_t version);
  Status write_version(int64_t article, int64_t version, const Record& record, const Rows& rows);
  Status write_rows(int64_t article, const Rows& rows);
  Status write_statements(int64_t article, const Rows& rows);
  Result<int64_t> version_of(int64_t article, int64_t newest, const Rows& rows);
  /// Takes all that was made of the article's newest version out of rows and search.
  Status clear_rows(int64_t article);
  Status clear_words(int64_t article);
  /// Takes the story that an article is in out, and its links; the others of it are to be
  /// looked at again.
  Status leave_story(int64_t article);
  /// Without a commit of its own.
  Result<bool> keep(const Correction& correction);
  Result<std::string> ledger(int64_t article, int64_t version);
};

inline constexpr const char* kListedColumns =
    "a.id, a.key, a.document, a.title, a.outlet, a.published, a.language, a.versions, a.statements";

/// From this schema on, an archive has corrections.
inline constexpr int64_t kSchemaOfCorrections = 2;
/// From this one on, stories.
inline constexpr int64_t kSchemaOfStories = 3;
/// From this one on, sums of sources.
inline constexpr int64_t kSchemaOfSources = 4;

/// The columns above, from `first` on.
Listed listed(const Query& query, int first = 0);

}  // namespace avstand::store
