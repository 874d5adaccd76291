// TIFF: the file is its own EXIF; XMP, IPTC and Photoshop's resources are entries of its directory.
#include <algorithm>
#include <utility>

#include "picture/parts.h"
#include "picture/tiff_directory.h"

namespace avstand::picture {
namespace {

enum Tag : uint16_t {
  kWidth = 256,
  kHeight = 257,
  kXmp = 700,
  kIptc = 33723,
  kPhotoshop = 34377,
  kC2pa = 52545,  // C2PA 2.2, A.3.7
};

}  // namespace

void take_tiff_apart(std::string_view bytes, const Limits& limits, Parts& parts) {
  const auto file = TiffFile::open(bytes);
  if (!file) return remark(parts, "the file is cut in its header");
  const auto entries = file->directory(file->first_directory(), limits.max_parts);
  if (entries.empty()) remark(parts, "the first directory is broken or empty");
  uint32_t last = 0;
  for (const TiffEntry& entry : entries) {
    // Entries stand in the order of their tags, each once; one that does not may be one of
    // thousands that point at the same bytes.
    if (entry.tag <= std::exchange(last, std::max<uint32_t>(last, entry.tag))) continue;
    switch (entry.tag) {
      case kWidth:
        parts.width = static_cast<uint32_t>(file->number(entry).value_or(0));
        break;
      case kHeight:
        parts.height = static_cast<uint32_t>(file->number(entry).value_or(0));
        break;
      case kXmp:
        add_xmp(parts, entry.value, limits);
        break;
      case kIptc:
        append(parts, parts.iim, entry.value, limits);
        break;
      case kPhotoshop:
        append(parts, parts.photoshop, entry.value, limits);
        break;
      case kC2pa:
        append(parts, parts.jumbf, entry.value, limits);
        break;
      default:
        break;
    }
  }
  parts.exif = bytes;
}

}  // namespace avstand::picture
