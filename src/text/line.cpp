#include "text/line.h"

#include <utf8proc.h>

#include "text/utf8.h"

namespace avstand {
namespace {

constexpr uint32_t kPieceCells = 16'384;
constexpr uint32_t kPatienceCells = 2'048;  // how long to wait for a sentence end, then for a blank

CharClass classify_wide(char32_t c) {
  if (is_blank(c)) return CharClass::kBlank;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
      return CharClass::kUpper;
    case UTF8PROC_CATEGORY_LL:
      return CharClass::kLower;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CO:
      return CharClass::kLetter;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return CharClass::kDigit;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return CharClass::kPunct;
    default:
      return CharClass::kSymbol;
  }
}

CharClass classify_ascii(char32_t c) {
  if (c >= 'a' && c <= 'z') return CharClass::kLower;
  if (c >= 'A' && c <= 'Z') return CharClass::kUpper;
  if (c >= '0' && c <= '9') return CharClass::kDigit;
  if (c == ' ' || c == '\t') return CharClass::kBlank;
  if (c < ' ' || c == 0x7F) return CharClass::kSymbol;
  constexpr std::string_view kSymbols = "$+<=>^`|~";
  return kSymbols.find(static_cast<char>(c)) != std::string_view::npos ? CharClass::kSymbol
                                                                       : CharClass::kPunct;
}

/// Whether a long line may be cut before `cells.back()`, which is a blank.
bool good_cut(const std::vector<Cell>& cells) {
  const size_t over = cells.size() - kPieceCells;
  if (over > kPatienceCells) return true;
  const Cell& before = cells[cells.size() - 2];
  return before.c == '.' || before.c == '!' || before.c == '?';
}

void push_cell(std::string_view text, uint32_t pos, uint32_t cell_end, Line& line) {
  Cell cell;
  cell.source = {pos, cell_end};
  cell.form = static_cast<uint32_t>(line.form.size());
  append_nfc(line.form, text.substr(pos, cell_end - pos));
  cell.c = decode_utf8(line.form, cell.form).value;
  cell.cls = classify(cell.c);
  line.cells.push_back(cell);
}

void push_blank(uint32_t pos, uint32_t size, Line& line) {
  line.cells.push_back({.c = ' ',
                        .cls = CharClass::kBlank,
                        .source = {pos, pos + size},
                        .form = static_cast<uint32_t>(line.form.size())});
  line.form += ' ';
}

/// Whether the piece has to end here.
bool piece_is_full(const Line& line) {
  if (line.cells.size() <= kPieceCells) return false;
  if (line.cells.back().blank()) return good_cut(line.cells);
  return line.cells.size() > kPieceCells + 2 * kPatienceCells;
}

/// Bytes of the line break that begins with `c` at pos (CR LF is one).
uint32_t break_size(std::string_view text, uint32_t pos, uint32_t end, CodePoint c) {
  if (c.value == '\r' && pos + 1 < end && text[pos + 1] == '\n') return 2;
  return c.size;
}

}  // namespace

CharClass classify(char32_t c) { return c < 0x80 ? classify_ascii(c) : classify_wide(c); }

uint32_t read_line(std::string_view text, uint32_t pos, uint32_t end, Line& line) {
  line.cells.clear();
  line.form.clear();
  line.continues = false;
  const std::string_view inside = text.substr(0, end);
  while (pos < end && !line.continues) {
    const CodePoint c = decode_utf8(inside, pos);
    if (is_line_break(c.value)) {
      pos += break_size(text, pos, end, c);
      break;
    }
    if (is_ignorable(c.value)) {
      pos += c.size;
      continue;
    }
    if (is_blank(c.value)) {
      push_blank(pos, c.size, line);
      pos += c.size;
    } else {
      const auto cell_end = static_cast<uint32_t>(cluster_end(inside, pos));
      push_cell(inside, pos, cell_end, line);
      pos = cell_end;
    }
    line.continues = piece_is_full(line);
  }
  line.cells.push_back({.c = ' ',
                        .cls = CharClass::kBlank,
                        .source = {pos, pos},
                        .form = static_cast<uint32_t>(line.form.size())});
  return pos;
}

bool has_lower(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    if (classify(c.value) == CharClass::kLower) return true;
    pos += c.size;
  }
  return false;
}

}  // namespace avstand
