// One line of a text in the form in which it is segmented: code points in NFC, ignorables gone,
// every kind of blank a space, each with the bytes it came from. What differs in bytes only
// (soft hyphens, NBSP, decomposed letters) is the same line, so it gets the same words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/span.h"

namespace avstand {

/// What a cell is for segmentation.
enum class CharClass : uint8_t { kBlank, kUpper, kLower, kLetter, kDigit, kPunct, kSymbol };

/// A base character with its marks.
struct Cell {
  char32_t c = 0;  ///< first code point of the NFC
  CharClass cls = CharClass::kSymbol;
  Span source;        ///< bytes in the text
  uint32_t form = 0;  ///< where its NFC begins in Line::form

  bool letter() const {
    return cls == CharClass::kUpper || cls == CharClass::kLower || cls == CharClass::kLetter;
  }
  bool digit() const { return cls == CharClass::kDigit; }
  bool alnum() const { return letter() || digit(); }
  bool upper() const { return cls == CharClass::kUpper; }
  bool lower() const { return cls == CharClass::kLower; }
  bool blank() const { return cls == CharClass::kBlank; }
};

/// A line, or a piece of one that is very long. Cells are `cells[0..size)`; a last cell stands
/// behind them as an end mark (blank, empty).
struct Line {
  std::vector<Cell> cells;
  std::string form;
  bool continues = false;  ///< the line was too long: the next piece is of the same line

  uint32_t size() const { return static_cast<uint32_t>(cells.size()) - 1; }
  const Cell& operator[](uint32_t i) const { return cells[i]; }
  /// NFC of cells [begin, end).
  std::string_view text(uint32_t begin, uint32_t end) const {
    return std::string_view(form).substr(cells[begin].form, cells[end].form - cells[begin].form);
  }
};

/// Reads the line (or piece) at `pos` into `line` and returns where the next one begins; pos must
/// be below `end`. Pieces are cut at a blank once a line has 16,384 cells, after a full stop if one
/// comes soon, so memory does not grow with the line. O(bytes read).
uint32_t read_line(std::string_view text, uint32_t pos, uint32_t end, Line& line);

/// Class of a code point.
CharClass classify(char32_t c);

/// Whether the text has a lower-case letter.
bool has_lower(std::string_view text);

}  // namespace avstand
