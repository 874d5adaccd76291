// Characters at the edge of the engine: decoding of bytes nobody has checked, and the controls that
// can change what a reader sees.
//
// Article text is valid UTF-8, but ids are paths and may be any bytes; everything that writes for
// people or programs goes through here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace avstand::ledger {

/// One step through UTF-8: the character at `pos` and how many bytes it takes. Broken bytes give
/// U+FFFD, one byte each, and valid = false.
struct DecodedCharacter {
  char32_t value = 0xFFFD;
  uint32_t size = 1;
  bool valid = false;
};
DecodedCharacter decode_any_character(std::string_view s, size_t pos);
inline DecodedCharacter decode_character(std::string_view s, size_t pos) {
  const auto first = static_cast<unsigned char>(s[pos]);
  if (first < 0x80) return {first, 1, true};
  return decode_any_character(s, pos);
}

/// C0 and C1 controls, DEL, and the format characters that reorder or hide text: bidi marks,
/// embeddings, overrides and isolates (UAX #9), U+2028/2029, tag characters, U+FFF9..FFFB.
/// Tab, newline and carriage return are controls too; the caller decides what to do with them.
bool is_hidden_control(char32_t c);

/// The text on one line of a terminal: line breaks, tabs, hidden controls and broken bytes are
/// spaces.
std::string on_one_line(std::string_view text);

}  // namespace avstand::ledger
