#include "picture/byte_reader.h"
#include "picture/metadata.h"
#include "text/utf8.h"

namespace avstand::picture {
namespace {

constexpr size_t kLongest = 10'000;  // bytes

/// windows-1252 where it differs from Latin-1: 0x80 to 0x9F (WHATWG Encoding Standard).
constexpr char32_t kWindows1252[] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    append_utf8(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80] : byte);
  }
  return out;
}

/// Controls become spaces, those at the ends nothing; white space is one space.
std::string tidy(std::string_view utf8) {
  std::string out;
  bool space = false;
  for (size_t at = 0; at < utf8.size();) {
    const CodePoint c = decode_utf8(utf8, at);
    const bool blank = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0) || is_blank(c.value) ||
                       is_line_break(c.value) || is_ignorable(c.value);
    if (!blank) {
      if (space && !out.empty()) out += ' ';
      out += utf8.substr(at, c.size);
    }
    space = blank && !is_ignorable(c.value) ? true : blank && space;
    at += c.size;
  }
  return std::string(utf8_prefix(out, kLongest));
}

}  // namespace

std::string clean_text(std::string_view bytes) {
  bytes = bytes.substr(0, 4 * kLongest);
  const auto broken = first_invalid_utf8(bytes);
  // Cut in the middle of a character by the limit above: that is no other encoding.
  if (broken && bytes.size() == 4 * kLongest && *broken + 4 > bytes.size())
    return tidy(bytes.substr(0, *broken));
  return tidy(broken ? from_windows_1252(bytes) : std::string(bytes));
}

std::string clean_utf16(std::string_view bytes) {
  std::string out;
  for (size_t at = 0; at + 1 < bytes.size() && out.size() < 4 * kLongest; at += 2) {
    char32_t c = static_cast<char32_t>(*number_at(bytes, at, 2, Order::kLittle));
    if (c >= 0xD800 && c < 0xDC00) {
      const uint64_t low = number_at(bytes, at + 2, 2, Order::kLittle).value_or(0);
      if (low < 0xDC00 || low > 0xDFFF) continue;
      c = 0x10000 + ((c - 0xD800) << 10) + static_cast<char32_t>(low - 0xDC00);
      at += 2;
    }
    if (c == 0 || (c >= 0xDC00 && c < 0xE000)) continue;
    append_utf8(out, c);
  }
  return tidy(out);
}

}  // namespace avstand::picture
