#include <webp/decode.h>

#include <memory>

#include "picture/luma.h"

namespace avstand::picture {
namespace {

constexpr uint64_t kBytesPerPixel = 7;  // RGB here, ARGB or YUV and alpha in the decoder

}  // namespace

Result<Luma> decode_webp(std::string_view bytes, const Limits& limits) {
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(data, bytes.size(), &features) != VP8_STATUS_OK)
    return Error{.message = "broken WebP"};
  if (features.has_animation) return Error{.message = "an animated WebP is not decoded"};
  const int width = features.width, height = features.height;
  AVSTAND_CHECK(check_pixels(static_cast<uint64_t>(width), static_cast<uint64_t>(height),
                             kBytesPerPixel, limits));
  constexpr int kRgb = 3;
  std::vector<uint8_t> rgb(static_cast<size_t>(width) * static_cast<size_t>(height) * kRgb);
  if (WebPDecodeRGBInto(data, bytes.size(), rgb.data(), rgb.size(), width * kRgb) == nullptr)
    return Error{.message = "broken WebP"};
  LumaRows rows(static_cast<uint32_t>(width), static_cast<uint32_t>(height));
  for (int y = 0; y < height; ++y)
    rows.add(rgb.data() + static_cast<size_t>(y) * static_cast<size_t>(width) * kRgb, kRgb);
  return rows.take();
}

}  // namespace avstand::picture
