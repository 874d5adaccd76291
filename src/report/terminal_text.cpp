#include "report/terminal_text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <iterator>

#include "ledger/characters.h"

namespace avstand::report {
namespace {

using ledger::decode_character;
using ledger::DecodedCharacter;

constexpr char32_t kSoftHyphen = 0x00AD;

/// A letter with its combining marks: bytes and columns.
struct Cluster {
  size_t size = 0;
  size_t columns = 0;
};

size_t character_columns(char32_t c) {
  return static_cast<size_t>(std::max(0, utf8proc_charwidth(static_cast<utf8proc_int32_t>(c))));
}

/// Zero-width characters join the letter before them, with a bound so that a pile stays linear.
Cluster cluster_at(std::string_view text, size_t pos) {
  constexpr size_t kMaxBytes = 256;
  const DecodedCharacter first = decode_character(text, pos);
  Cluster out{first.size, character_columns(first.value)};
  while (pos + out.size < text.size() && out.size < kMaxBytes) {
    const DecodedCharacter next = decode_character(text, pos + out.size);
    if (character_columns(next.value) != 0) break;
    out.size += next.size;
  }
  return out;
}

void append_visible(char32_t c, std::string& out) {
  const auto value = static_cast<uint32_t>(c);
  if (value < 0x100) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", value);
  } else {
    fmt::format_to(std::back_inserter(out), "<U+{:04X}>", value);
  }
}

/// Bytes of the longest beginning of `text` that fits in `width` columns, and at least one cluster.
size_t fitting(std::string_view text, size_t width) {
  size_t pos = 0;
  size_t used = 0;
  while (pos < text.size()) {
    const Cluster c = cluster_at(text, pos);
    if (pos > 0 && used + c.columns > width) break;
    used += c.columns;
    pos += c.size;
  }
  return pos;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const DecodedCharacter c = decode_character(text, pos);
    if (!c.valid) {
      out += "\xEF\xBF\xBD";
    } else if (c.value == '\n' || c.value == '\r' || c.value == '\t') {
      out += ' ';
    } else if (c.value == kSoftHyphen) {
      // A place to break a word, and nothing to see: terminals disagree on its width.
    } else if (ledger::is_hidden_control(c.value)) {
      append_visible(c.value, out);
    } else {
      out += text.substr(pos, c.size);
    }
    pos += c.size;
  }
  return out;
}

size_t columns(std::string_view text) {
  size_t out = 0;
  for (size_t pos = 0; pos < text.size();) {
    const DecodedCharacter c = decode_character(text, pos);
    out += character_columns(c.value);
    pos += c.size;
  }
  return out;
}

std::string shortened(std::string_view text, size_t width) {
  if (columns(text) <= width) return std::string(text);
  if (width <= 1) return width == 0 ? "" : "…";
  std::string_view kept = text.substr(0, fitting(text, width - 1));
  while (kept.ends_with(' ')) kept.remove_suffix(1);
  return std::string(kept) + "…";
}

std::vector<std::string> wrapped(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (!text.empty()) {
    size_t end = fitting(text, std::max<size_t>(width, 1));
    if (end < text.size() && text[end] != ' ') {
      const size_t space = text.rfind(' ', end);
      if (space != std::string_view::npos && space > 0) end = space;
    }
    std::string_view line = text.substr(0, end);
    while (line.ends_with(' ')) line.remove_suffix(1);
    lines.emplace_back(line);
    text.remove_prefix(end);
    while (text.starts_with(' ')) text.remove_prefix(1);
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

}  // namespace avstand::report
