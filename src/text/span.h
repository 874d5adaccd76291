// Where things stand in a text: half-open byte ranges, and their code-point twins at the edge.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace avstand {

/// Bytes [begin, end) of one document's UTF-8 text. Always on code-point borders.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool empty() const { return begin >= end; }
  uint32_t size() const { return empty() ? 0 : end - begin; }
  bool contains(Span other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(Span other) const { return begin < other.end && other.begin < end; }
  std::string_view in(std::string_view text) const { return text.substr(begin, size()); }
  friend bool operator==(Span, Span) = default;
  friend auto operator<=>(Span, Span) = default;
};
static_assert(sizeof(Span) == 8);

/// Byte offset <-> code-point offset of one text. Built once, O(n); look-ups O(1) amortised by a
/// checkpoint every 64 bytes. The text must be valid UTF-8 and outlive the index.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);
  uint32_t to_code_point(uint32_t byte) const;  ///< byte must be on a code-point border
  uint32_t to_byte(uint32_t code_point) const;  ///< clamps to the end of the text
  uint32_t size() const { return size_; }       ///< code points in the text

 private:
  std::string_view text_;
  std::vector<uint32_t> checkpoints_;  // code points before byte 64 * i
  uint32_t size_ = 0;
};

}  // namespace avstand
