#include "export/offsets.h"

#include <algorithm>

#include "text/utf8.h"

namespace avstand::exports {

Utf16Index::Utf16Index(std::string_view text) {
  for (size_t pos = 0; pos < text.size(); ++size_) {
    const CodePoint c = decode_utf8(text, pos);
    if (c.value > 0xFFFF) astral_.push_back(size_);
    pos += c.size;
  }
}

uint32_t Utf16Index::to_utf16(uint32_t code_point) const {
  const auto before = std::lower_bound(astral_.begin(), astral_.end(), code_point);
  return code_point + static_cast<uint32_t>(before - astral_.begin());
}

bool Utf16Index::to_code_point(uint64_t unit, uint32_t& out) const {
  if (unit > to_utf16(size_)) return false;
  // Letter i of the astral ones begins at unit astral_[i] + i.
  size_t low = 0, high = astral_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (astral_[middle] + middle < unit)
      low = middle + 1;
    else
      high = middle;
  }
  if (low > 0 && astral_[low - 1] + (low - 1) + 1 == unit) return false;
  out = static_cast<uint32_t>(unit - low);
  return true;
}

}  // namespace avstand::exports
