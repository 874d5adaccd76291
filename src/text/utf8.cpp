#include "text/utf8.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <cstring>

namespace avstand {
namespace {

constexpr int kMaxCombining = 32;  // Annex 15, section 13: 30 non-starters are enough for all text

uint8_t byte_at(std::string_view text, size_t pos) { return static_cast<uint8_t>(text[pos]); }

bool is_continuation(std::string_view text, size_t pos) {
  return pos < text.size() && (byte_at(text, pos) & 0xC0) == 0x80;
}

/// Length of the valid sequence at pos (Unicode 15, table 3-7), 0 if there is none.
size_t valid_sequence(std::string_view text, size_t pos) {
  const uint8_t lead = byte_at(text, pos);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !is_continuation(text, pos + 1)) return 0;
  if (lead < 0xE0) return 2;
  const uint8_t second = byte_at(text, pos + 1);
  if (!is_continuation(text, pos + 2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && second < 0xA0;
    const bool surrogate = lead == 0xED && second > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = lead == 0xF0 && second < 0x90;
  const bool too_large = lead == 0xF4 && second > 0x8F;
  return overlong || too_large || !is_continuation(text, pos + 3) ? 0 : 4;
}

bool is_hangul_vowel_or_final(char32_t c) { return c >= 0x1160 && c <= 0x11FF; }

}  // namespace

std::optional<size_t> first_invalid_utf8(std::string_view text) {
  size_t pos = 0;
  while (pos < text.size()) {
    uint64_t eight = 0;
    if (pos + 8 <= text.size()) {
      std::memcpy(&eight, text.data() + pos, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        pos += 8;
        continue;
      }
    }
    const size_t size = valid_sequence(text, pos);
    if (size == 0) return pos;
    pos += size;
  }
  return std::nullopt;
}

CodePoint decode_utf8(std::string_view text, size_t pos) {
  const uint8_t lead = byte_at(text, pos);
  if (lead < 0x80) return {lead, 1};
  const auto low = [&](size_t i) { return static_cast<char32_t>(byte_at(text, pos + i) & 0x3F); };
  if (lead < 0xE0) return {static_cast<char32_t>(lead & 0x1F) << 6 | low(1), 2};
  if (lead < 0xF0) return {static_cast<char32_t>(lead & 0x0F) << 12 | low(1) << 6 | low(2), 3};
  return {static_cast<char32_t>(lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4};
}

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
  out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<size_t>(size));
}

bool is_ignorable(char32_t c) {
  if (c < 0xAD) return false;
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || c == '\t';
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_line_break(char32_t c) {
  return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_combining(char32_t c) {
  if (c < 0x300) return false;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ME || is_hangul_vowel_or_final(c);
}

size_t cluster_end(std::string_view text, size_t pos) {
  size_t end = pos + decode_utf8(text, pos).size;
  int marks = 0;
  for (size_t look = end; look < text.size() && marks < kMaxCombining;) {
    if (byte_at(text, look) < 0x80) break;
    const CodePoint c = decode_utf8(text, look);
    look += c.size;
    if (is_combining(c.value)) {
      end = look;
      ++marks;
    } else if (!is_ignorable(c.value) || look - end > 64) {
      break;
    }
  }
  return end;
}

void append_nfc(std::string& out, std::string_view cluster) {
  // A single code point below U+0300, and common punctuation, is its own NFC.
  const CodePoint first = decode_utf8(cluster, 0);
  if (first.size == cluster.size() &&
      (first.value < 0x300 || (first.value >= 0x2010 && first.value <= 0x2027))) {
    out += cluster;
    return;
  }
  std::string kept;
  for (size_t pos = 0; pos < cluster.size();) {
    const CodePoint c = decode_utf8(cluster, pos);
    if (!is_ignorable(c.value)) kept += cluster.substr(pos, c.size);
    pos += c.size;
  }
  utf8proc_uint8_t* composed = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(kept.data()),
                   static_cast<utf8proc_ssize_t>(kept.size()), &composed,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0) {
    out += kept;
  } else {
    out.append(reinterpret_cast<const char*>(composed), static_cast<size_t>(size));
  }
  std::free(composed);  // NOLINT: utf8proc_map allocates with malloc
}

std::string normalised(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (is_ignorable(c.value)) {
      pos += c.size;
      continue;
    }
    if (is_blank(c.value)) {
      out += ' ';
      pos += c.size;
      continue;
    }
    const size_t end = cluster_end(text, pos);
    if (end == pos + 1) {
      out += text[pos];
    } else {
      append_nfc(out, text.substr(pos, end - pos));
    }
    pos = end;
  }
  return out;
}

std::string_view utf8_prefix(std::string_view text, size_t bytes) {
  if (bytes >= text.size()) return text;
  while (bytes > 0 && (static_cast<uint8_t>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::string lower_case(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t pos = 0; pos < text.size();) {
    if (const char byte = text[pos]; static_cast<uint8_t>(byte) < 0x80) {
      out += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
      ++pos;
      continue;
    }
    const CodePoint c = decode_utf8(text, pos);
    pos += c.size;
    append_utf8(out,
                static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c.value))));
  }
  return out;
}

bool starts_upper(std::string_view text) {
  if (text.empty()) return false;
  const char32_t c = decode_utf8(text, 0).value;
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool all_capitals(std::string_view word) {
  return starts_upper(word) && starts_upper(word.substr(decode_utf8(word, 0).size));
}

}  // namespace avstand
