// How much of a picture file is read. Over a limit is said, never silently cut.
#pragma once

#include <cstddef>
#include <cstdint>

namespace avstand::picture {

struct Limits {
  size_t max_bytes = 50'000'000;            ///< of the file; over it the file is refused
  uint64_t max_pixels = 64'000'000;         ///< over it the picture is not decoded, so not hashed
  size_t max_metadata_bytes = 16'000'000;   ///< of one block of metadata, unpacked
  uint32_t max_parts = 10'000;              ///< segments, chunks, boxes or directory entries
  uint32_t max_scans = 64;                  ///< of a progressive JPEG
};

}  // namespace avstand::picture
