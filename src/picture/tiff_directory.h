// The directory structure of TIFF 6.0, in which EXIF is written too.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "picture/byte_reader.h"

namespace avstand::picture {

/// An entry; `value` are its bytes as stored.
struct TiffEntry {
  uint16_t tag = 0;
  uint16_t type = 0;
  std::string_view value;
};

class TiffFile {
 public:
  /// nullopt: no TIFF header. `bytes` must outlive it.
  static std::optional<TiffFile> open(std::string_view bytes);
  /// Entries of the directory at `offset`; those whose value lies outside the bytes are left out.
  /// At most `limit`.
  std::vector<TiffEntry> directory(uint64_t offset, uint32_t limit) const;
  uint64_t first_directory() const { return first_; }
  /// The first number of an entry (BYTE, SHORT or LONG); nullopt for other types.
  std::optional<uint64_t> number(const TiffEntry& entry) const;
  Order order() const { return order_; }

 private:
  TiffFile(std::string_view bytes, Order order, uint64_t first)
      : bytes_(bytes), order_(order), first_(first) {}
  std::string_view bytes_;
  Order order_;
  uint64_t first_;
};

}  // namespace avstand::picture
