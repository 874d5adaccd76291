// Offsets in the unit of a foreign format. The ledger in memory counts bytes; every format says
// what it counts, and counting wrong shows only where a letter lies outside the BMP.
//
//   brat, Web Annotation, displaCy      Unicode code points (CodePointIndex, text/span.h)
//   UIMA CAS (Java)                     UTF-16 code units   (Utf16Index)
//   CoNLL-U, CSV, graphs                none
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace avstand::exports {

/// Code-point offset <-> UTF-16 offset of one text. O(n) to build; look-ups O(log m), m the number
/// of code points outside the BMP. The text must be valid UTF-8.
class Utf16Index {
 public:
  explicit Utf16Index(std::string_view text);

  /// UTF-16 units before a code point.
  uint32_t to_utf16(uint32_t code_point) const;
  /// Code points before a unit; false where the unit is inside a surrogate pair or past the end.
  bool to_code_point(uint64_t unit, uint32_t& out) const;
  uint32_t code_points() const { return size_; }

 private:
  std::vector<uint32_t> astral_;  // code-point offsets of the letters that take two units
  uint32_t size_ = 0;             // code points in the text
};

}  // namespace avstand::exports
