// WebP (RFC 9649): chunks of a RIFF file. Size from VP8X, VP8 (RFC 6386, 9.1) or VP8L (lossless).
#include <fmt/format.h>

#include "picture/byte_reader.h"
#include "picture/parts.h"

namespace avstand::picture {
namespace {

constexpr uint64_t k14Bits = 0x3FFF;

void take_chunk(std::string_view type, std::string_view data, const Limits& limits, Parts& parts) {
  const auto little = [&](size_t at, size_t size) {
    return number_at(data, at, size, Order::kLittle).value_or(0);
  };
  if (type == "VP8X") {
    parts.width = static_cast<uint32_t>(little(4, 3) + 1);
    parts.height = static_cast<uint32_t>(little(7, 3) + 1);
  } else if (type == "VP8 " && parts.width == 0) {
    parts.width = static_cast<uint32_t>(little(6, 2) & k14Bits);
    parts.height = static_cast<uint32_t>(little(8, 2) & k14Bits);
  } else if (type == "VP8L" && parts.width == 0) {
    parts.width = static_cast<uint32_t>((little(1, 4) & k14Bits) + 1);
    parts.height = static_cast<uint32_t>((little(1, 4) >> 14 & k14Bits) + 1);
  } else if (type == "EXIF" && parts.exif.empty()) {
    append(parts, parts.exif, data.starts_with("Exif") ? piece(data, 6, data.size()) : data,
           limits);
  } else if (type == "XMP ") {
    add_xmp(parts, data, limits);
  } else if (type == "C2PA" && parts.jumbf.empty()) {
    append(parts, parts.jumbf, data, limits);
  }
}

}  // namespace

void take_webp_apart(std::string_view bytes, const Limits& limits, Parts& parts) {
  size_t at = 12;
  for (uint32_t count = 0; at < bytes.size(); ++count) {
    if (count >= limits.max_parts) return remark(parts, "too many chunks");
    const auto size = number_at(bytes, at + 4, 4, Order::kLittle);
    if (!size || *size > bytes.size() - at - 8)
      return remark(parts, fmt::format("the file is broken or cut at byte {}", at));
    take_chunk(bytes.substr(at, 4), bytes.substr(at + 8, *size), limits, parts);
    at += 8 + *size + (*size & 1);
  }
}

}  // namespace avstand::picture
