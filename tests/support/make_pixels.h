// Pictures for tests: pixels by formula, packed by the libraries that read them elsewhere.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "support/make_picture.h"
// After <cstdio>, which it needs.
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

namespace avstand::picture::make {
/// One of the waves that a scene is made of.
struct Wave {
  double x, y, phase;
};

/// Numbers that `seed` decides, the same on every machine.
class Random {
 public:
  explicit Random(uint32_t seed = 1) : state_(seed * 2'654'435'761U + 1) {}
  double next() {  // 0 to 1
    state_ = state_ * 1'664'525U + 1'013'904'223U;
    return (state_ >> 8) / 16'777'216.0;
  }

 private:
  uint32_t state_;
};

/// Waves and squares that `seed` decides; the same at every size.
inline Image scene(uint32_t width, uint32_t height, uint32_t seed = 1) {
  Random random(seed);
  std::vector<Wave> waves(6);
  for (Wave& w : waves) w = {random.next() * 30 - 15, random.next() * 30 - 15, random.next() * 6};
  const double left = random.next() * 0.6, top = random.next() * 0.6;
  Image out{width, height, {}};
  for (uint32_t y = 0; y < height; ++y) {
    for (uint32_t x = 0; x < width; ++x) {
      const double u = (x + 0.5) / width, v = (y + 0.5) / height;
      double value = 128;
      for (const Wave& w : waves) value += 20 * std::sin(w.x * u + w.y * v + w.phase);
      if (u > left && u < left + 0.3 && v > top && v < top + 0.3) value = 250 - value;
      for (int i = 0; i < 3; ++i)
        out.rgb.push_back(static_cast<uint8_t>(std::min(255.0, std::max(0.0, value + i * 5 - 5))));
    }
  }
  return out;
}

inline Image flat(uint32_t width, uint32_t height, uint8_t value) {
  return {width, height, std::vector<uint8_t>(size_t{width} * height * 3, value)};
}

inline Image mirrored(const Image& image) {
  Image out = image;
  for (uint32_t y = 0; y < image.height; ++y)
    for (uint32_t x = 0; x < image.width; ++x)
      for (size_t i = 0; i < 3; ++i)
        out.rgb[(size_t{y} * image.width + x) * 3 + i] =
            image.rgb[(size_t{y} * image.width + image.width - 1 - x) * 3 + i];
  return out;
}

inline std::string jpeg(const Image& image, int quality = 90, bool progressive = false) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  info.err = jpeg_std_error(&errors);
  jpeg_create_compress(&info);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&info, &out, &size);
  info.image_width = image.width;
  info.image_height = image.height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  if (progressive) jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    auto* row =
        const_cast<JSAMPROW>(image.rgb.data() + size_t{info.next_scanline} * image.width * 3);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  std::string bytes(reinterpret_cast<char*>(out), size);
  std::free(out);
  return bytes;
}

inline std::string png(const Image& image, bool interlaced = false) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  std::string out;
  png_set_write_fn(
      png, &out,
      [](png_structp p, png_bytep data, size_t size) {
        static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(data), size);
      },
      [](png_structp) {});
  png_set_IHDR(png, info, image.width, image.height, 8, PNG_COLOR_TYPE_RGB,
               interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  std::vector<png_bytep> rows;
  for (uint32_t y = 0; y < image.height; ++y)
    rows.push_back(const_cast<png_bytep>(image.rgb.data() + size_t{y} * image.width * 3));
  png_set_rows(png, info, rows.data());
  png_write_png(png, info, PNG_TRANSFORM_IDENTITY, nullptr);
  png_destroy_write_struct(&png, &info);
  return out;
}

inline std::string webp(const Image& image, float quality = 90) {
  uint8_t* out = nullptr;
  const size_t size =
      WebPEncodeRGB(image.rgb.data(), static_cast<int>(image.width), static_cast<int>(image.height),
                    static_cast<int>(image.width) * 3, quality, &out);
  std::string bytes(reinterpret_cast<char*>(out), size);
  WebPFree(out);
  return bytes;
}

}  // namespace avstand::picture::make
