#include "picture/luma.h"

#include <fmt/format.h>

#include <algorithm>

namespace avstand::picture {
namespace {

constexpr float kRed = 0.299F, kGreen = 0.587F, kBlue = 0.114F;

}  // namespace

LumaRows::LumaRows(uint32_t width, uint32_t height)
    : width_(width), step_((std::max(width, height) + kLongestSide - 1) / kLongestSide) {
  step_ = std::max(step_, 1U);
  out_.width = (width + step_ - 1) / step_;
  out_.values.reserve(size_t{out_.width} * ((height + step_ - 1) / step_));
  sums_.assign(out_.width, 0);
}

void LumaRows::add(const uint8_t* row, uint32_t bytes_per_pixel) {
  const bool grey = bytes_per_pixel == 1;
  uint32_t x = 0;
  for (float& sum : sums_) {
    const uint32_t end = std::min(x + step_, width_);
    for (; x < end; ++x) {
      const uint8_t* p = row + size_t{x} * bytes_per_pixel;
      sum += grey ? static_cast<float>(*p)
                  : kRed * static_cast<float>(p[0]) + kGreen * static_cast<float>(p[1]) +
                        kBlue * static_cast<float>(p[2]);
    }
  }
  if (++rows_in_square_ == step_) end_square();
}

void LumaRows::end_square() {
  for (uint32_t i = 0; i < sums_.size(); ++i) {
    const uint32_t columns = std::min(step_, width_ - i * step_);
    out_.values.push_back(sums_[i] / static_cast<float>(columns * rows_in_square_));
    sums_[i] = 0;
  }
  rows_in_square_ = 0;
  ++out_.height;
}

Luma LumaRows::take() {
  if (rows_in_square_ > 0) end_square();
  return std::move(out_);
}

Status check_pixels(uint64_t width, uint64_t height, uint64_t bytes_per_pixel,
                    const Limits& limits) {
  if (width == 0 || height == 0) return Error{.message = "a picture without pixels"};
  if (width > limits.max_side || height > limits.max_side)
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("{} x {} pixels, a side longer than {}", width, height,
                                        limits.max_side)};
  if (width > limits.max_pixels || height > limits.max_pixels / width)
    return Error{
        .code = ErrorCode::kLimit,
        .message = fmt::format("{} x {} pixels, more than {}", width, height, limits.max_pixels),
        .hint = "raise --max-pixels"};
  if (width * height * bytes_per_pixel > limits.max_memory)
    return Error{
        .code = ErrorCode::kLimit,
        .message = fmt::format("{} x {} pixels of its kind need more than {} bytes of memory",
                               width, height, limits.max_memory)};
  return Unit{};
}

Result<Luma> decode_luma(std::string_view bytes, PictureFormat format, const Limits& limits) {
  switch (format) {
    case PictureFormat::kJpeg:
      return decode_jpeg(bytes, limits);
    case PictureFormat::kPng:
      return decode_png(bytes, limits);
    case PictureFormat::kWebp:
      return decode_webp(bytes, limits);
    default:
      break;
  }
  return Error{.message = fmt::format("{} is not decoded", to_string(format))};
}

}  // namespace avstand::picture
