// The tables of an archive. docs/archive.md says what they mean and shows queries.
#pragma once

#include "store/database.h"

namespace avstand::store {

/// "AvSt": what SQLite's application_id of an archive is.
inline constexpr int64_t kApplicationId = 0x41765374;
/// SQLite's user_version of an archive; raised with every change of the schema.
inline constexpr int64_t kSchemaVersion = 4;

/// Makes the tables in an empty file.
Status create_schema(Database& database);

/// Whether the file is an archive that this program may use: ours, of a version that it knows, and
/// with nothing in it that could run (triggers) or answer in place of our tables. Its version.
Result<int64_t> check_schema(Database& database);

/// Brings an archive of an older version, which check_schema() has passed, up to this one; another
/// program may have done so meanwhile. Nothing that is there is changed; stories are to be made
/// again, for those of an older program follow its rules.
Status migrate_schema(Database& database);

/// Whether there is nothing in the file yet.
Result<bool> is_blank(Database& database);

}  // namespace avstand::store
