// How much of a picture file is read. Over a limit is said, never silently cut.
#pragma once

#include <cstddef>
#include <cstdint>

namespace avstand::picture {

struct Limits {
  size_t max_bytes = 50'000'000;           ///< of the file; over it the file is refused
  uint64_t max_pixels = 50'000'000;        ///< over it the picture is not decoded, so not hashed
  uint32_t max_side = 65'535;              ///< likewise; a row must fit in memory several times
  size_t max_memory = 300'000'000;         ///< that decoding takes; over it as over max_pixels
  double max_seconds = 20;                 ///< likewise; 0: no limit
  size_t max_metadata_bytes = 16'000'000;  ///< of all blocks of metadata together, unpacked
  size_t max_xmp_bytes = 4'000'000;        ///< of one packet
  uint32_t max_packets = 16;               ///< of XMP
  uint32_t max_parts = 10'000;             ///< segments, chunks, boxes or directory entries
  uint32_t max_scans = 64;                 ///< of a progressive JPEG
};

}  // namespace avstand::picture
