#include "text/collapse.h"

#include "text/utf8.h"

namespace avstand {
namespace {

bool is_plain(char c) { return c > ' ' && c < 0x7F; }

/// End of the words of ASCII at pos: printable characters, and single spaces between them.
size_t plain_end(std::string_view text, size_t pos) {
  while (pos < text.size()) {
    if (is_plain(text[pos])) {
      ++pos;
    } else if (text[pos] == ' ' && pos + 1 < text.size() && is_plain(text[pos + 1])) {
      pos += 2;
    } else {
      break;
    }
  }
  return pos;
}

bool is_separator(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c < 0xA0) || is_blank(c) || is_line_break(c);
}

}  // namespace

void Collapser::separate() {
  if (!out_.empty() && (line_ || space_)) out_ += line_ ? '\n' : ' ';
  space_ = line_ = false;
}

void Collapser::add(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    if (is_plain(text[pos])) {
      const size_t end = plain_end(text, pos);
      separate();
      out_.append(text, pos, end - pos);
      pos = end;
      continue;
    }
    const CodePoint c = decode_utf8(text, pos);
    if (is_separator(c.value)) {
      space_ = true;
    } else if (!is_ignorable(c.value)) {
      separate();
      out_.append(text, pos, c.size);
    }
    pos += c.size;
  }
}

}  // namespace avstand
