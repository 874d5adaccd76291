#include "archive/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace avstand::archive {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view stripped(std::string_view s) {
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  return s;
}

void HeadFields::add(std::string_view line) {
  if (line.empty()) return;
  if (line.front() == ' ' || line.front() == '\t') {
    if (!fields_.empty()) fields_.back().second += " " + std::string(stripped(line));
    return;
  }
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  fields_.emplace_back(stripped(line.substr(0, colon)), stripped(line.substr(colon + 1)));
}

std::string_view HeadFields::get(std::string_view name) const {
  for (const auto& [its, value] : fields_)
    if (same_letters(its, name)) return value;
  return {};
}

Status read_fields(ByteSource& source, size_t max_bytes, HeadFields& head, uint64_t begin) {
  std::string line;
  size_t size = 0;
  for (;;) {
    line.clear();
    const bool fits = source.read_line(line, max_bytes);
    size += line.size();
    if (!fits || size > max_bytes)
      return Error{.code = ErrorCode::kLimit,
                   .message = fmt::format("a record's header is longer than {} bytes", max_bytes),
                   .offset = begin};
    if (!line.ends_with('\n'))
      return Error{.code = ErrorCode::kInput,
                   .message = "the file ends inside a record's header",
                   .offset = begin};
    if (stripped(line).empty()) return Unit{};
    head.add(line);
  }
}

}  // namespace avstand::archive
