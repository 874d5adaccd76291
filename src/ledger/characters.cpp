#include "ledger/characters.h"

#include <utf8proc.h>

namespace avstand::ledger {

DecodedCharacter decode_any_character(std::string_view s, size_t pos) {
  utf8proc_int32_t value = -1;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(s.data()) + pos;
  const auto size = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(s.size() - pos), &value);
  if (size <= 0) return {};
  return {static_cast<char32_t>(value), static_cast<uint32_t>(size), true};
}

bool is_hidden_control(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;
  if (c == 0x061C || c == 0x200E || c == 0x200F) return true;
  if (c >= 0x2028 && c <= 0x202E) return true;
  if (c >= 0x2066 && c <= 0x2069) return true;
  return (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const DecodedCharacter c = decode_character(text, i);
    out += c.valid && !is_hidden_control(c.value) ? text.substr(i, c.size) : " ";
    i += c.size;
  }
  return out;
}

}  // namespace avstand::ledger
