#include "export/tokens.h"

#include <utf8proc.h>

#include "text/utf8.h"

namespace avstand::exports {
namespace {

bool in_word(char32_t c) {
  if (is_ignorable(c)) return true;  // a soft hyphen parts no word
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

}  // namespace

bool is_word(std::string_view token) { return in_word(decode_utf8(token, 0).value); }

std::vector<Span> tokens_of(std::string_view text) {
  std::vector<Span> out;
  bool open = false;  // whether the last token can go on
  for (uint32_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    const uint32_t end = pos + c.size;
    const bool word = in_word(c.value);
    const bool space = c.value <= 0x20 || is_blank(c.value) || is_line_break(c.value);
    if (word && open)
      out.back().end = end;
    else if (!space)
      out.push_back({pos, end});
    open = word;
    pos = end;
  }
  return out;
}

}  // namespace avstand::exports
