#include "ingest/bytes.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kProbe = 8'192;

bool is_control(char byte) {
  const auto c = static_cast<uint8_t>(byte);
  return (c < 0x20 && (c < 0x09 || c > 0x0D) && c != 0x1B) || c == 0x7F;
}

/// A twentieth of control characters is more than any text has.
bool looks_binary(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, kProbe);
  const auto controls = std::count_if(head.begin(), head.end(), is_control);
  return controls > 1 && static_cast<size_t>(controls) * 20 > head.size();
}

bool looks_utf16(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
  const std::string_view head = bytes.substr(0, 64);
  const auto zeros = std::count(head.begin(), head.end(), '\0');
  return head.size() >= 8 && static_cast<size_t>(zeros) * 3 > head.size() &&
         static_cast<size_t>(zeros) * 3 < head.size() * 2;
}

Error problem(std::string message, uint64_t offset, std::string hint) {
  return {.code = ErrorCode::kInput,
          .message = std::move(message),
          .offset = offset,
          .hint = std::move(hint)};
}

}  // namespace

Status check_bytes(std::string_view bytes, uint64_t base) {
  if (looks_utf16(bytes))
    return problem("the text is UTF-16, not UTF-8", base, "convert it: iconv -f UTF-16 -t UTF-8");
  if (looks_binary(bytes)) return problem("binary data, not text", base, "give plain text or JSON");
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    return problem("a NUL byte in the text", base + nul, "remove it, or give a text file");
  if (const auto broken = first_invalid_utf8(bytes))
    return problem(
        fmt::format("no valid UTF-8: byte 0x{:02X}", static_cast<uint8_t>(bytes[*broken])),
        base + *broken, "if the text is Latin-1, convert it: iconv -f ISO-8859-1 -t UTF-8");
  return Unit{};
}

bool is_empty_text(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (!is_blank(c.value) && !is_line_break(c.value) && !is_ignorable(c.value)) return false;
    pos += c.size;
  }
  return true;
}

}  // namespace avstand::ingest
