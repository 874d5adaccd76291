// HEIF and AVIF (ISO 23008-12): boxes of ISO 14496-12. The `meta` box lists items (iinf) and where
// they lie (iloc): EXIF and XMP are items. C2PA stands in a uuid box beside it.
#include <fmt/format.h>

#include <map>
#include <utility>

#include "picture/iso_boxes.h"
#include "picture/parts.h"

namespace avstand::picture {
namespace {

using namespace std::string_view_literals;

constexpr auto kC2paUuid = "\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81"sv;

struct Extent {
  uint64_t offset = 0, size = 0;
};

class HeifWalk {
 public:
  HeifWalk(std::string_view bytes, const Limits& limits, Parts& parts)
      : bytes_(bytes), limits_(limits), parts_(parts) {}

  void walk() {
    for (const IsoBox& box : boxes_in(bytes_)) {
      // Only the first: a thousand that list one another's items would be a bomb.
      if (box.type == "meta" && !std::exchange(seen_meta_, true))
        meta(piece(box.data, 4, box.data.size()));
      if (box.type == "uuid" && box.data.starts_with(kC2paUuid)) c2pa(box.data.substr(16));
    }
  }

 private:
  std::vector<IsoBox> boxes_in(std::string_view bytes) {
    std::vector<IsoBox> out;
    IsoBoxes walk(bytes, limits_.max_parts);
    while (const auto box = walk.next()) out.push_back(*box);
    if (walk.broken()) remark(parts_, "a box is broken, cut or one too many");
    return out;
  }

  /// Version and flags, purpose ("manifest"), an offset, the store (C2PA 2, A.5).
  void c2pa(std::string_view data) {
    ByteReader in(data);
    in.number(4);
    const std::string_view purpose = in.take_string();
    in.number(8);
    if (in.ok() && purpose == "manifest" && parts_.jumbf.empty())
      append(parts_, parts_.jumbf, in.rest(), limits_);
  }

  void meta(std::string_view data) {
    for (const IsoBox& box : boxes_in(data)) {
      if (box.type == "iinf") items(box.data);
      if (box.type == "iloc") locations(box.data);
      if (box.type == "idat") idat_ = box.data;
      if (box.type == "iprp") properties(box.data);
    }
    for (const auto& [id, extents] : extents_) take_item(id, extents);
  }

  void items(std::string_view data) {
    const uint64_t version = number_at(data, 0, 1).value_or(0);
    for (const IsoBox& box : boxes_in(piece(data, version == 0 ? 6 : 8, data.size()))) {
      if (box.type != "infe") continue;
      ByteReader in(box.data);
      const uint64_t of_entry = in.number(1);
      in.number(3);
      if (of_entry < 2) continue;
      const auto id = static_cast<uint32_t>(in.number(of_entry == 2 ? 2 : 4));
      in.number(2);
      const std::string_view type = in.take(4);
      in.take_string();
      if (in.ok()) types_[id] = type == "mime" ? in.take_string() : type;
    }
  }

  void locations(std::string_view data) {
    ByteReader in(data);
    const uint64_t version = in.number(1);
    in.number(3);
    const uint64_t sizes = in.number(2);
    const size_t of_offset = sizes >> 12 & 15, of_length = sizes >> 8 & 15,
                 of_base = sizes >> 4 & 15;
    const size_t of_index = version == 0 ? 0 : sizes & 15;
    if (of_offset > 8 || of_length > 8 || of_base > 8 || of_index > 8) return;
    const uint64_t count = in.number(version < 2 ? 2 : 4);
    for (uint64_t i = 0; i < count && i < limits_.max_parts && in.ok(); ++i) {
      const auto id = static_cast<uint32_t>(in.number(version < 2 ? 2 : 4));
      const bool in_idat = version > 0 && (in.number(2) & 15) == 1;
      in.number(2);
      const uint64_t base = in.number(of_base);
      const uint64_t extents = in.number(2);
      // Sizes of 0 bytes take nothing from the reader: the count alone ends the walk.
      for (uint64_t e = 0; e < extents && in.ok() && extent_count_ < limits_.max_parts; ++e) {
        in.number(of_index);
        const uint64_t offset = in.number(of_offset);
        const uint64_t length = in.number(of_length);
        ++extent_count_;
        if (in.ok()) extents_[id].push_back({base + offset, length});
      }
      if (in_idat) in_idat_[id] = true;
    }
  }

  void properties(std::string_view data) {
    for (const IsoBox& container : boxes_in(data)) {
      if (container.type != "ipco") continue;
      for (const IsoBox& box : boxes_in(container.data)) {
        if (box.type != "ispe") continue;  // of the largest item: the others are tiles and thumbs
        const auto width = static_cast<uint32_t>(number_at(box.data, 4, 4).value_or(0));
        const auto height = static_cast<uint32_t>(number_at(box.data, 8, 4).value_or(0));
        if (uint64_t{width} * height > uint64_t{parts_.width} * parts_.height) {
          parts_.width = width;
          parts_.height = height;
        }
      }
    }
  }

  void take_item(uint32_t id, const std::vector<Extent>& extents) {
    const auto type = types_.find(id);
    if (type == types_.end()) return;
    const bool exif = type->second == "Exif", xmp = type->second == "application/rdf+xml";
    if (!exif && !xmp) return;
    std::string block;
    const std::string_view from = in_idat_.contains(id) ? idat_ : bytes_;
    for (const Extent& e : extents)
      if (!append(parts_, block, piece(from, e.offset, e.size == 0 ? from.size() : e.size),
                  limits_))
        return;
    if (xmp) add_xmp(parts_, block, limits_);
    if (!exif || !parts_.exif.empty()) return;
    // Four bytes tell how far behind them the TIFF header lies.
    const uint64_t skip = number_at(block, 0, 4).value_or(0);
    parts_.exif = piece(block, 4 + skip, block.size());
  }

  std::string_view bytes_;
  const Limits& limits_;
  Parts& parts_;
  std::string_view idat_;
  std::map<uint32_t, std::string_view> types_;
  std::map<uint32_t, std::vector<Extent>> extents_;
  std::map<uint32_t, bool> in_idat_;
  uint32_t extent_count_ = 0;
  bool seen_meta_ = false;
};

}  // namespace

void take_heif_apart(std::string_view bytes, const Limits& limits, Parts& parts) {
  HeifWalk(bytes, limits, parts).walk();
}

}  // namespace avstand::picture
