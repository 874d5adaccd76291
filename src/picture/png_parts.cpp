// PNG (W3C, third edition): eXIf, iTXt with XMP, caBX with a C2PA store, and the hexadecimal "Raw
// profile type …" texts in which ImageMagick keeps IPTC, EXIF and XMP.
#include <fmt/format.h>

#include "picture/byte_reader.h"
#include "picture/inflate.h"
#include "picture/parts.h"

namespace avstand::picture {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// "\niptc\n      42\n3842494d…" to bytes; empty where it is none.
std::string from_raw_profile(std::string_view text) {
  size_t at = text.find_first_not_of('\n');
  at = std::min(text.find('\n', at), text.size());  // behind the name
  at = std::min(text.find_first_not_of(" \n", at), text.size());
  at = std::min(text.find('\n', at), text.size());  // behind the length
  std::string out;
  int high = -1;
  for (const char c : text.substr(at)) {
    const int digit = hex_digit(c);
    if (digit < 0) continue;
    if (high >= 0) out += static_cast<char>(high << 4 | digit);
    high = high < 0 ? digit : -1;
  }
  return out;
}

class PngWalk {
 public:
  PngWalk(std::string_view bytes, const Limits& limits, Parts& parts)
      : bytes_(bytes), limits_(limits), parts_(parts) {}

  void walk() {
    size_t at = 8;
    for (uint32_t count = 0; at < bytes_.size(); ++count) {
      if (count >= limits_.max_parts) return remark(parts_, "too many chunks");
      const auto size = number_at(bytes_, at, 4);
      if (!size || *size > bytes_.size() - at || bytes_.size() - at - *size < 12) return broken(at);
      const std::string_view type = bytes_.substr(at + 4, 4);
      if (type == "IEND") return;
      chunk(type, bytes_.substr(at + 8, *size));
      at += *size + 12;
    }
    broken(at);
  }

 private:
  void broken(size_t at) {
    remark(parts_, fmt::format("the file is broken or cut at byte {}", at));
  }

  void chunk(std::string_view type, std::string_view data) {
    if (type == "IHDR") {
      parts_.width = static_cast<uint32_t>(number_at(data, 0, 4).value_or(0));
      parts_.height = static_cast<uint32_t>(number_at(data, 4, 4).value_or(0));
    } else if (type == "eXIf" && parts_.exif.empty()) {
      append(parts_, parts_.exif, data, limits_);
    } else if (type == "caBX" && parts_.jumbf.empty()) {
      append(parts_, parts_.jumbf, data, limits_);
    } else if (type == "iTXt") {
      international_text(data);
    } else if (type == "tEXt" || type == "zTXt") {
      text(data, type == "zTXt");
    }
  }

  /// Keyword, flag, method, language, translated keyword, text.
  void international_text(std::string_view data) {
    ByteReader in(data);
    const std::string_view keyword = in.take_string();
    const bool packed = in.number(1) != 0;
    in.number(1);
    in.take_string();
    in.take_string();
    if (!in.ok() || keyword != "XML:com.adobe.xmp") return;
    unpack(in.rest(), packed, [&](std::string_view text) { add_xmp(parts_, text, limits_); });
  }

  void text(std::string_view data, bool packed) {
    ByteReader in(data);
    const std::string_view keyword = in.take_string();
    if (packed) in.number(1);
    if (!in.ok() || !keyword.starts_with("Raw profile type ")) return;
    const std::string_view profile = keyword.substr(17);
    unpack(in.rest(), packed, [&](std::string_view raw) { profile_text(profile, raw); });
  }

  void profile_text(std::string_view profile, std::string_view raw) {
    const std::string block = from_raw_profile(raw);
    if (profile == "iptc" || profile == "8bim") {
      append(parts_, block.starts_with("8BIM") ? parts_.photoshop : parts_.iim, block, limits_);
    } else if (profile == "xmp") {
      add_xmp(parts_, block, limits_);
    } else if ((profile == "exif" || profile == "APP1") && parts_.exif.empty()) {
      append(parts_, parts_.exif,
             block.starts_with("Exif") ? piece(block, 6, block.size()) : std::string_view(block),
             limits_);
    }
  }

  template <typename Take>
  void unpack(std::string_view text, bool packed, Take take) {
    if (!packed) return take(text);
    const size_t room = limits_.max_metadata_bytes - parts_.metadata_bytes;
    const Inflated unpacked = inflate(text, room);
    // What is thrown away counts too: else a thousand texts that are too large cost their time.
    if (unpacked.bytes.size() >= room) parts_.metadata_bytes = limits_.max_metadata_bytes;
    if (unpacked.whole) return take(unpacked.bytes);
    remark(parts_, "a packed text is broken, or larger than is read");
  }

  std::string_view bytes_;
  const Limits& limits_;
  Parts& parts_;
};

}  // namespace

void take_png_apart(std::string_view bytes, const Limits& limits, Parts& parts) {
  PngWalk(bytes, limits, parts).walk();
}

}  // namespace avstand::picture
