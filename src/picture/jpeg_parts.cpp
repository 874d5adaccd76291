// JPEG (ITU-T T.81, annex B): markers up to the first scan. APP1 holds EXIF and XMP, APP13
// Photoshop's resources, APP11 JUMBF (ISO 19566-5, annex D).
#include <fmt/format.h>

#include <map>

#include "picture/byte_reader.h"
#include "picture/parts.h"

namespace avstand::picture {
namespace {

using namespace std::string_view_literals;

constexpr auto kExif = "Exif\0"sv;
constexpr auto kXmp = "http://ns.adobe.com/xap/1.0/\0"sv;
constexpr auto kMoreXmp = "http://ns.adobe.com/xmp/extension/\0"sv;
constexpr auto kPhotoshop = "Photoshop 3.0\0"sv;
constexpr auto kPacket = "<?xpacket begin="sv;
constexpr size_t kGuid = 32;
constexpr size_t kHead = 64;  // in which a packet begins behind a damaged head

bool stands_alone(uint8_t marker) { return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8); }
bool is_frame(uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

class JpegWalk {
 public:
  JpegWalk(std::string_view bytes, const Limits& limits, Parts& parts)
      : bytes_(bytes), limits_(limits), parts_(parts) {}

  void walk() {
    size_t at = 2;
    for (uint32_t count = 0; at < bytes_.size(); ++count) {
      if (count >= limits_.max_parts) return remark(parts_, "too many segments");
      if (static_cast<uint8_t>(bytes_[at]) != 0xFF) return broken(at);
      while (at < bytes_.size() && static_cast<uint8_t>(bytes_[at]) == 0xFF) ++at;  // fill bytes
      const auto marker = static_cast<uint8_t>(number_at(bytes_, at++, 1).value_or(0xD9));
      if (marker == 0xD9 || marker == 0xDA) return finish();  // end of picture, or a scan
      if (stands_alone(marker)) continue;
      const uint64_t size = number_at(bytes_, at, 2).value_or(0);
      if (size < 2 || at + size > bytes_.size()) return broken(at);
      segment(marker, bytes_.substr(at + 2, size - 2));
      at += size;
    }
    broken(bytes_.size());
  }

 private:
  void broken(size_t at) {
    remark(parts_, fmt::format("the file is broken or cut at byte {}", at));
    finish();
  }

  void segment(uint8_t marker, std::string_view data) {
    if (is_frame(marker)) {
      parts_.height = static_cast<uint32_t>(number_at(data, 1, 2).value_or(0));
      parts_.width = static_cast<uint32_t>(number_at(data, 3, 2).value_or(0));
    } else if (marker == 0xE1 && data.starts_with(kExif)) {
      if (parts_.exif.empty()) append(parts_, parts_.exif, piece(data, 6, data.size()), limits_);
    } else if (marker == 0xE1 && data.starts_with(kXmp)) {
      add_xmp(parts_, data.substr(kXmp.size()), limits_);
    } else if (marker == 0xE1 && data.starts_with(kMoreXmp)) {
      more_xmp(data.substr(kMoreXmp.size()));
    } else if (marker == 0xE1 && data.substr(0, kHead).find(kPacket) != std::string_view::npos) {
      remark(parts_, "XMP stands behind a head that is none; it is read all the same");
      add_xmp(parts_, data.substr(data.find(kPacket)), limits_);
    } else if (marker == 0xED && data.starts_with(kPhotoshop)) {
      append(parts_, parts_.photoshop, data.substr(kPhotoshop.size()), limits_);
    } else if (marker == 0xEB && data.starts_with("JP")) {
      jumbf(data);
    }
  }

  /// A piece of a packet over 64 KB (XMP specification, part 3, 1.1.3.1): GUID, whole length,
  /// offset. Writers keep the pieces in order (the specification asks for it); one that is out of
  /// it is left out.
  void more_xmp(std::string_view data) {
    const auto offset = number_at(data, kGuid + 4, 4);
    if (!offset) return;
    std::string& packet = more_xmp_[std::string(data.substr(0, kGuid))];
    if (packet.size() == *offset)
      append(parts_, packet, piece(data, kGuid + 8, data.size()), limits_);
  }

  /// "JP", number of the box, number of the piece, then the box; a later piece repeats the box's
  /// length and type (8 bytes, or 16 where the length is an extended one).
  void jumbf(std::string_view data) {
    const auto box = number_at(data, 2, 2);
    const auto number = number_at(data, 4, 4);
    const auto length = number_at(data, 8, 4);
    if (!box || !number || !length) return;
    std::string& store = jumbf_[static_cast<uint16_t>(*box)];
    if ((*number > 1) == store.empty()) return;  // out of order
    const size_t head = *number == 1 ? 0 : *length == 1 ? 16 : 8;
    append(parts_, store, piece(data, 8 + head, data.size()), limits_);
  }

  void finish() {
    for (const auto& [guid, packet] : more_xmp_) add_xmp(parts_, packet, limits_);
    for (auto& [number, store] : jumbf_)
      if (parts_.jumbf.empty() && store.find("c2pa") != std::string::npos)
        parts_.jumbf = std::move(store);
    more_xmp_.clear();
    jumbf_.clear();
  }

  std::string_view bytes_;
  const Limits& limits_;
  Parts& parts_;
  std::map<std::string, std::string> more_xmp_;  // by GUID
  std::map<uint16_t, std::string> jumbf_;        // by number of the box
};

}  // namespace

void take_jpeg_apart(std::string_view bytes, const Limits& limits, Parts& parts) {
  JpegWalk(bytes, limits, parts).walk();
}

}  // namespace avstand::picture
