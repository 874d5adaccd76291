// Words as arrays of code points.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/utf8.h"

namespace avstand::language {

/// Replaces `out` by the code points of `s`, which must be valid UTF-8.
inline void to_code_points(std::string_view s, std::vector<char32_t>& out) {
  out.clear();
  for (size_t pos = 0; pos < s.size();) {
    const CodePoint c = decode_utf8(s, pos);
    out.push_back(c.value);
    pos += c.size;
  }
}

/// Simple lower and upper case: one code point stays one.
char32_t to_lower(char32_t c);
char32_t to_upper(char32_t c);

}  // namespace avstand::language
