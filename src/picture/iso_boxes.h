// The boxes of ISO 14496-12 (4.2), in which HEIF, AVIF and JUMBF are written: length, type, data.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "picture/byte_reader.h"

namespace avstand::picture {

struct IsoBox {
  std::string_view type, data;
};

/// Walks over the boxes of a stretch, at most `limit`.
class IsoBoxes {
 public:
  IsoBoxes(std::string_view bytes, uint32_t limit) : bytes_(bytes), left_(limit) {}

  /// The next box; nullopt at the end, or where one is broken, cut or one too many (`broken()`).
  std::optional<IsoBox> next() {
    if (bytes_.empty() || broken_) return std::nullopt;
    uint64_t size = number_at(bytes_, 0, 4).value_or(0);
    size_t head = 8;
    if (size == 1) {
      size = number_at(bytes_, 8, 8).value_or(0);
      head = 16;
    } else if (size == 0) {
      size = bytes_.size();  // to the end
    }
    broken_ = size < head || size > bytes_.size() || left_ == 0;
    if (broken_) return std::nullopt;
    --left_;
    const IsoBox out{bytes_.substr(4, 4), bytes_.substr(head, size - head)};
    bytes_.remove_prefix(size);
    return out;
  }
  bool broken() const { return broken_; }
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
  uint32_t left_;
  bool broken_ = false;
};

}  // namespace avstand::picture
