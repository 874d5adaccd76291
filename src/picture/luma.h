// A picture's brightness, all that a perceptual hash looks at. The one place that knows the
// decoders (libjpeg-turbo, libpng, libwebp).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/picture.h"
#include "picture/limits.h"

namespace avstand::picture {

/// Rows of brightness, 0 to 255.
struct Luma {
  uint32_t width = 0, height = 0;
  std::vector<float> values;  ///< row after row
  bool whole = true;          ///< false: rows at the end are missing, or the data were damaged
};

/// Takes rows as a decoder gives them and keeps the mean of each square of `step` pixels: a picture
/// larger than kLongestSide needs no more memory than one of that size.
class LumaRows {
 public:
  static constexpr uint32_t kLongestSide = 1024;

  LumaRows(uint32_t width, uint32_t height);
  /// The next row: `width` pixels of 1 (grey) or 3 (RGB) bytes.
  void add(const uint8_t* row, uint32_t bytes_per_pixel);
  /// Ends the last, perhaps incomplete, square. Rows that never came are left out.
  Luma take();

 private:
  void end_square();
  uint32_t width_, step_, rows_in_square_ = 0;
  std::vector<float> sums_;
  Luma out_;
};

/// Decodes JPEG, PNG and WebP. Rec. 601: 0.299 R + 0.587 G + 0.114 B; transparency is ignored. A
/// file that is cut decodes as far as it goes if half of its rows are there. kLimit: more pixels or
/// scans than are read; kInput: broken, or a format that is not decoded.
Result<Luma> decode_luma(std::string_view bytes, PictureFormat format, const Limits& limits);

// One file each, called by decode_luma.
Result<Luma> decode_jpeg(std::string_view bytes, const Limits& limits);
Result<Luma> decode_png(std::string_view bytes, const Limits& limits);
Result<Luma> decode_webp(std::string_view bytes, const Limits& limits);

/// kLimit where width x height is over a limit, or takes too much memory at `bytes_per_pixel` in
/// the decoder; kInput where it is nothing.
Status check_pixels(uint64_t width, uint64_t height, uint64_t bytes_per_pixel,
                    const Limits& limits);

}  // namespace avstand::picture
