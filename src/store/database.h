// A thin hold on SQLite: handles that close themselves, errors as values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace avstand::store {

/// A prepared statement. Parameters and columns count from 1 and 0, as SQLite's do. Views of
/// columns live until the next step.
class Query {
 public:
  Query() = default;

  Query& bind(int at, std::string_view text);
  Query& bind(int at, const std::string& text) { return bind(at, std::string_view(text)); }
  Query& bind(int at, int64_t value);
  Query& bind_blob(int at, std::string_view bytes);
  Query& bind_null(int at);
  Query& bind(int at, const std::optional<std::string>& text);
  /// The same without a copy: `text` must live until the statement is reset, as run() does.
  Query& bind_live(int at, std::string_view text);
  Query& bind_live(int at, const std::string& text) {
    return bind_live(at, std::string_view(text));
  }
  Query& bind_live(int at, const std::optional<std::string>& text) {
    return text ? bind_live(at, std::string_view(*text)) : bind_null(at);
  }
  Query& bind_live(int at, int64_t value) { return bind(at, value); }
  /// bind_live() of ?1, ?2 and so on, in order.
  template <typename... Values>
  Query& bind_all(const Values&... values) {
    int at = 0;
    (bind_live(++at, values), ...);
    return *this;
  }

  /// True: there is a row. An error is kept by the database.
  Result<bool> step();
  /// For statements without rows; ready to be bound again afterwards.
  Status run();
  void reset();

  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  int64_t integer(int column) const;
  bool is_null(int column) const;
  /// The rows that are left, with all columns, so that equal rows give equal text; ready for the
  /// next binding.
  Result<std::string> rows_text();

 private:
  friend class Database;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const;
  };
  Query(sqlite3_stmt* statement, std::string file)
      : statement_(statement), file_(std::move(file)) {}

  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  std::string file_;
};

/// One connection; one thread at a time.
class Database {
 public:
  enum class Mode : uint8_t { kRead, kWrite, kCreate };

  /// Opens a file so that nothing in it can run code of a stranger's: no trusted schema, no writing
  /// to SQLite's own tables, no extensions. Waits up to ten seconds for another writer.
  static Result<Database> open(const std::string& path, Mode mode);

  Status execute(const std::string& sql);
  Result<Query> prepare(std::string_view sql);
  Status prepare(std::span<const std::pair<Query*, const char*>> queries);
  int64_t last_row() const;
  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}

  std::unique_ptr<sqlite3, Close> handle_;
  std::string path_;
};

}  // namespace avstand::store
