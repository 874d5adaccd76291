#include "base/table.h"

#include <algorithm>

#include "base/file.h"

namespace avstand {
namespace {

constexpr size_t kMaxTableBytes = 64u << 20;

std::string join(const std::vector<std::string_view>& parts, std::string_view between) {
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

/// What the comment head has told so far.
struct Head {
  bool source = false, licence = false;
  std::string columns;

  void read(std::string_view comment) {
    if (comment.starts_with("# source:")) source = true;
    if (comment.starts_with("# licence:")) licence = true;
    if (comment.starts_with("# columns: ")) columns = comment.substr(11);
  }
};

}  // namespace

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> out;
  if (s.empty()) return out;
  for (;;) {
    const size_t at = s.find(separator);
    out.push_back(s.substr(0, at));
    if (at == std::string_view::npos) return out;
    s.remove_prefix(at + 1);
  }
}

Result<Table> Table::load(const std::string& path, const std::vector<std::string_view>& columns) {
  auto bytes = read_file(path, kMaxTableBytes);
  if (!bytes) {
    bytes.error().code = ErrorCode::kData;
    return bytes.error();
  }
  return parse(*bytes, path, columns);
}

Result<Table> Table::parse(std::string_view bytes, const std::string& name,
                           const std::vector<std::string_view>& columns) {
  Table table;
  table.name_ = name;
  Head head;
  table.rows_.reserve(static_cast<size_t>(std::count(bytes.begin(), bytes.end(), '\n')));
  const std::string due_columns = join(columns, "\t");
  uint64_t number = 0;
  const auto fail = [&](std::string message) {
    return Error{
        .code = ErrorCode::kData, .message = std::move(message), .file = name, .line = number};
  };
  while (!bytes.empty()) {
    ++number;
    const size_t end = bytes.find('\n');
    std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (line.front() == '#') {
      head.read(line);
      continue;
    }
    if (head.columns != due_columns)
      return fail("the head must have '# columns: " + join(columns, "<TAB>") + "'");
    const size_t cells = 1 + static_cast<size_t>(std::count(line.begin(), line.end(), '\t'));
    if (cells > columns.size())
      return fail(std::to_string(cells) + " cells where at most " + std::to_string(columns.size()) +
                  " are due");
    TableRow& row = table.rows_.emplace_back();
    row.line = number;
    row.cells.resize(columns.size());
    for (size_t i = 0; i < cells; ++i) {
      const std::string_view cell = line.substr(0, line.find('\t'));
      if (cell != "-") row.cells[i] = cell;
      line.remove_prefix(std::min(line.size(), cell.size() + 1));
    }
  }
  if (!head.source || !head.licence) return fail("the head must name '# source:' and '# licence:'");
  return table;
}

Error Table::error(const TableRow& row, std::string message) const {
  return {.code = ErrorCode::kData, .message = std::move(message), .file = name_, .line = row.line};
}

}  // namespace avstand
