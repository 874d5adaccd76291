#include "text/span.h"

namespace avstand {
namespace {

constexpr uint32_t kStep = 64;

bool starts_code_point(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) != 0x80; }

}  // namespace

CodePointIndex::CodePointIndex(std::string_view text) : text_(text) {
  checkpoints_.reserve(text.size() / kStep + 1);
  for (size_t i = 0; i < text.size(); ++i) {
    if (i % kStep == 0) checkpoints_.push_back(size_);
    if (starts_code_point(text[i])) ++size_;
  }
}

uint32_t CodePointIndex::to_code_point(uint32_t byte) const {
  if (byte >= text_.size()) return size_;
  const uint32_t block = byte / kStep;
  uint32_t count = checkpoints_[block];
  for (uint32_t i = block * kStep; i < byte; ++i) count += starts_code_point(text_[i]);
  return count;
}

uint32_t CodePointIndex::to_byte(uint32_t code_point) const {
  if (code_point >= size_) return static_cast<uint32_t>(text_.size());
  // The last checkpoint with at most `code_point` code points before it.
  const auto after = std::upper_bound(checkpoints_.begin(), checkpoints_.end(), code_point);
  auto byte = static_cast<uint32_t>(after - checkpoints_.begin() - 1) * kStep;
  uint32_t count = checkpoints_[byte / kStep];
  for (;; ++byte) {
    if (!starts_code_point(text_[byte])) continue;
    if (count == code_point) return byte;
    ++count;
  }
}

}  // namespace avstand
