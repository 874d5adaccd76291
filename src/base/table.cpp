#include "base/table.h"

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
    if (head.columns != join(columns, "\t"))
      return fail("the head must have '# columns: " + join(columns, "<TAB>") + "'");
    const auto cells = split(line, '\t');
    if (cells.size() > columns.size())
      return fail(std::to_string(cells.size()) + " cells where at most " +
                  std::to_string(columns.size()) + " are due");
    TableRow row{.cells = std::vector<std::string>(columns.size()), .line = number};
    for (size_t i = 0; i < cells.size(); ++i)
      if (cells[i] != "-") row.cells[i] = cells[i];
    table.rows_.push_back(std::move(row));
  }
  if (!head.source || !head.licence) return fail("the head must name '# source:' and '# licence:'");
  return table;
}

Error Table::error(const TableRow& row, std::string message) const {
  return {.code = ErrorCode::kData, .message = std::move(message), .file = name_, .line = row.line};
}

}  // namespace avstand
