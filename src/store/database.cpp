#include "store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace avstand::store {
namespace {

constexpr int kWaitMs = 10'000;
constexpr int kLongestValue = 1 << 30;  // bytes

ErrorCode code_of(int result) {
  switch (result & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::kData;
    case SQLITE_TOOBIG:
    case SQLITE_NOMEM:
      return ErrorCode::kLimit;
    default:
      return ErrorCode::kIo;
  }
}

std::string_view hint_of(int result) {
  switch (result & 0xff) {
    case SQLITE_NOTADB:
      return "it is no archive, or its first page is damaged";
    case SQLITE_CORRUPT:
      return "'avstand check' tells what is wrong; take the archive from a copy, or from a dump";
    case SQLITE_FULL:
      return "what was added before this is safe; make room and run the same again";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program writes to it; try again when it is done";
    case SQLITE_READONLY:
      return "the file or its folder may not be written to";
    default:
      return {};
  }
}

Error error_of(sqlite3* handle, int result, const std::string& path) {
  Error error{.code = code_of(result),
              .message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(result),
              .file = path,
              .hint = std::string(hint_of(result))};
  return error;
}

}  // namespace

void Query::Finalise::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Query& Query::bind(int at, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
  return *this;
}

Query& Query::bind_live(int at, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Query& Query::bind(int at, int64_t value) {
  sqlite3_bind_int64(statement_.get(), at, value);
  return *this;
}

Query& Query::bind_blob(int at, std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), at, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Query& Query::bind_null(int at) {
  sqlite3_bind_null(statement_.get(), at);
  return *this;
}

Query& Query::bind(int at, const std::optional<std::string>& text) {
  return text ? bind(at, std::string_view(*text)) : bind_null(at);
}

Result<bool> Query::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return error_of(sqlite3_db_handle(statement_.get()), result, file_);
}

Status Query::run() {
  const auto stepped = step();
  reset();
  if (!stepped) return stepped.error();
  return Unit{};
}

void Query::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

std::string_view Query::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Query::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

bool Query::is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Result<std::string> Query::rows_text() {
  std::string out;
  while (true) {
    const auto row = step();
    if (!row || !*row) {
      reset();
      if (!row) return row.error();
      return out;
    }
    for (int column = 0; column < sqlite3_column_count(statement_.get()); ++column)
      out += fmt::format("{}{}\x1f", is_null(column) ? '-' : '=', text(column));
    out += '\n';
  }
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<Database> Database::open(const std::string& path, Mode mode) {
  const int flags =
      SQLITE_OPEN_NOMUTEX | (mode == Mode::kRead    ? SQLITE_OPEN_READONLY
                             : mode == Mode::kWrite ? SQLITE_OPEN_READWRITE
                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(handle, path);
  if (result != SQLITE_OK) return error_of(handle, result, path);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kWaitMs);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  AVSTAND_CHECK(database.execute("PRAGMA cell_size_check = ON"));
  return database;
}

Status Database::execute(const std::string& sql) {
  const int result = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) return error_of(handle_.get(), result, path_);
  return Unit{};
}

Status Database::prepare(std::span<const std::pair<Query*, const char*>> queries) {
  for (const auto& [query, sql] : queries) {
    AVSTAND_TRY(prepared, prepare(sql));
    *query = std::move(prepared);
  }
  return Unit{};
}

Result<Query> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (result != SQLITE_OK) return error_of(handle_.get(), result, path_);
  return Query(statement, path_);
}

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_.get()); }

}  // namespace avstand::store
