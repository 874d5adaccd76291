// Data files: tab-separated lexicons with a comment head.
//
//   # source: where the entries come from
//   # licence: the terms of this file
//   # columns: lemma<TAB>frame<TAB>act
//   hevde	S_V_C	claim
//
// UTF-8; '#' begins a comment line (the head must name source, licence and columns), an empty
// line is skipped, "-" stands for an empty cell, trailing cells may be left out. Every problem is
// an Error of kind kData with file and line. Knowledge is data, so this is the one reader for it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace avstand {

/// One row: cells as named in the head, and the line for error messages.
struct TableRow {
  std::vector<std::string> cells;
  uint64_t line = 0;
};

/// A loaded data file.
class Table {
 public:
  /// Reads `path`; it must have exactly the columns asked for, in that order.
  static Result<Table> load(const std::string& path, const std::vector<std::string_view>& columns);
  /// The same from memory; `name` stands in errors.
  static Result<Table> parse(std::string_view bytes, const std::string& name,
                             const std::vector<std::string_view>& columns);

  const std::vector<TableRow>& rows() const { return rows_; }
  const std::string& name() const { return name_; }
  /// An Error pointing at a row of this file.
  Error error(const TableRow& row, std::string message) const;

 private:
  std::string name_;
  std::vector<TableRow> rows_;
};

/// Splits at a separator; empty pieces are kept, an empty input gives none.
std::vector<std::string_view> split(std::string_view s, char separator);

}  // namespace avstand
