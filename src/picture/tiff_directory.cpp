#include "picture/tiff_directory.h"

namespace avstand::picture {
namespace {

using namespace std::string_view_literals;

constexpr size_t kEntry = 12;  // bytes

/// Bytes of one value of a type (TIFF 6.0, section 2); 0: no such type.
size_t size_of_type(uint64_t type) {
  constexpr uint8_t kSizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
  return type < sizeof kSizes ? kSizes[type] : 0;
}

}  // namespace

std::optional<TiffFile> TiffFile::open(std::string_view bytes) {
  const bool little = bytes.starts_with("II*\0"sv);
  if (!little && !bytes.starts_with("MM\0*"sv)) return std::nullopt;
  const Order order = little ? Order::kLittle : Order::kBig;
  const auto first = number_at(bytes, 4, 4, order);
  if (!first) return std::nullopt;
  return TiffFile(bytes, order, *first);
}

std::vector<TiffEntry> TiffFile::directory(uint64_t offset, uint32_t limit) const {
  std::vector<TiffEntry> out;
  const uint64_t count = number_at(bytes_, offset, 2, order_).value_or(0);
  for (uint64_t i = 0; i < count && i < limit; ++i) {
    const size_t at = offset + 2 + i * kEntry;
    const auto tag = number_at(bytes_, at, 2, order_);
    const auto type = number_at(bytes_, at + 2, 2, order_);
    const auto values = number_at(bytes_, at + 4, 4, order_);
    const auto place = number_at(bytes_, at + 8, 4, order_);
    if (!place) break;
    const uint64_t size = *values * size_of_type(*type);
    if (size == 0) continue;
    const uint64_t from = size <= 4 ? at + 8 : *place;
    if (from > bytes_.size() || size > bytes_.size() - from) continue;
    out.push_back(
        {static_cast<uint16_t>(*tag), static_cast<uint16_t>(*type), bytes_.substr(from, size)});
  }
  return out;
}

std::optional<uint64_t> TiffFile::number(const TiffEntry& entry) const {
  if (entry.type != 1 && entry.type != 3 && entry.type != 4) return std::nullopt;
  return number_at(entry.value, 0, size_of_type(entry.type), order_);
}

}  // namespace avstand::picture
