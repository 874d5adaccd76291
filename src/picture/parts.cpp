#include "picture/parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "picture/byte_reader.h"

namespace avstand::picture {
namespace {

using namespace std::string_view_literals;

constexpr auto kPngSignature = "\x89PNG\r\n\x1a\n"sv;

/// The brand of an ISO base media file that is a picture.
std::optional<PictureFormat> heif_brand(std::string_view bytes) {
  if (piece(bytes, 4, 4) != "ftyp") return std::nullopt;
  const size_t size = std::min<size_t>(number_at(bytes, 0, 4).value_or(0), 256);
  std::optional<PictureFormat> out;
  for (size_t at = 8; at + 4 <= size && at + 4 <= bytes.size(); at += 4) {
    if (at == 12) continue;  // the minor version
    const std::string_view brand = bytes.substr(at, 4);
    if (brand == "avif" || brand == "avis") return PictureFormat::kAvif;
    for (const std::string_view known : {"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"})
      if (brand == known) out = PictureFormat::kHeif;
  }
  return out;
}

/// A text may begin with "GIF89a", too; width and height are no letters, or they are thousands.
bool is_gif(std::string_view bytes) {
  if (!bytes.starts_with("GIF87a") && !bytes.starts_with("GIF89a")) return false;
  const std::string_view size = piece(bytes, 6, 4);
  return !std::all_of(size.begin(), size.end(),
                      [](char c) { return static_cast<int8_t>(c) >= ' ' || c == '\n'; });
}

void take_gif_apart(std::string_view bytes, Parts& parts) {
  parts.width = static_cast<uint32_t>(number_at(bytes, 6, 2, Order::kLittle).value_or(0));
  parts.height = static_cast<uint32_t>(number_at(bytes, 8, 2, Order::kLittle).value_or(0));
  remark(parts, "of GIF only the size is read");
}

}  // namespace

std::optional<PictureFormat> sniff(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xD8\xFF")) return PictureFormat::kJpeg;
  if (bytes.starts_with(kPngSignature)) return PictureFormat::kPng;
  if (bytes.starts_with("RIFF") && piece(bytes, 8, 4) == "WEBP") return PictureFormat::kWebp;
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return PictureFormat::kTiff;
  if (is_gif(bytes)) return PictureFormat::kGif;
  return heif_brand(bytes);
}

std::string_view known_but_not_read(std::string_view bytes) {
  struct Magic {
    std::string_view begin, name;
  };
  constexpr Magic kMagics[] = {{"8BPS"sv, "Photoshop document"},
                               {"\0\0\0\x0CjP  "sv, "JPEG 2000"},
                               {"\xFF\x0A"sv, "JPEG XL"},
                               {"\0\0\0\x0CJXL "sv, "JPEG XL"},
                               {"II+\0"sv, "BigTIFF"},
                               {"MM\0+"sv, "BigTIFF"},
                               {"%PDF-"sv, "PDF"}};
  for (const Magic& magic : kMagics)
    if (bytes.starts_with(magic.begin)) return magic.name;
  // "BM" alone begins many a text; a bitmap has its size and two zero words behind it.
  if (bytes.starts_with("BM") && number_at(bytes, 6, 4).value_or(1) == 0) return "BMP";
  return {};
}

void remark(Parts& parts, std::string text) {
  if (std::find(parts.remarks.begin(), parts.remarks.end(), text) == parts.remarks.end())
    parts.remarks.push_back(std::move(text));
}

bool append(Parts& parts, std::string& block, std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_metadata_bytes - parts.metadata_bytes) {
    remark(parts, fmt::format("metadata over {} bytes are not read", limits.max_metadata_bytes));
    return false;
  }
  parts.metadata_bytes += bytes.size();
  block.append(bytes);
  return true;
}

void add_xmp(Parts& parts, std::string_view packet, const Limits& limits) {
  if (parts.xmp.size() >= limits.max_packets)
    return remark(parts, fmt::format("more than {} packets of XMP: the others are not read",
                                     limits.max_packets));
  if (packet.size() > limits.max_xmp_bytes)
    return remark(parts,
                  fmt::format("a packet of XMP over {} bytes is not read", limits.max_xmp_bytes));
  std::string block;
  if (append(parts, block, packet, limits)) parts.xmp.push_back(std::move(block));
}

Result<Parts> take_apart(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.max_bytes)
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("a picture larger than {} bytes", limits.max_bytes),
                 .hint = "raise --max-picture-bytes"};
  const auto format = sniff(bytes);
  if (!format) {
    const std::string_view name = known_but_not_read(bytes);
    return Error{.code = ErrorCode::kInput,
                 .message = name.empty() ? std::string("no picture: it does not begin as one")
                                         : fmt::format("{} is not read", name),
                 .hint = "JPEG, PNG, WebP, TIFF, HEIF, AVIF and GIF are"};
  }
  Parts parts;
  parts.format = *format;
  switch (*format) {
    case PictureFormat::kJpeg:
      take_jpeg_apart(bytes, limits, parts);
      break;
    case PictureFormat::kPng:
      take_png_apart(bytes, limits, parts);
      break;
    case PictureFormat::kWebp:
      take_webp_apart(bytes, limits, parts);
      break;
    case PictureFormat::kTiff:
      take_tiff_apart(bytes, limits, parts);
      break;
    case PictureFormat::kHeif:
    case PictureFormat::kAvif:
      take_heif_apart(bytes, limits, parts);
      break;
    case PictureFormat::kGif:
      take_gif_apart(bytes, parts);
      break;
  }
  return parts;
}

}  // namespace avstand::picture
