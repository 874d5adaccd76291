#include "language/dense.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace avstand::language {
namespace {

constexpr float kMost = 127.0F;

uint8_t to_byte(float x) {
  return static_cast<uint8_t>(kZeroWeight + std::bit_cast<int32_t>(x + kRoundingShift) -
                              std::bit_cast<int32_t>(kRoundingShift));
}

}  // namespace

ByteMatrix::ByteMatrix(std::span<const float> packed, size_t in, size_t out)
    : lines_(in * out / (4 * kPanel)), scale_(out), in_(in), out_(out) {
  assert(in % kPanel == 0 && out % kPanel == 0 && packed.size() == in * out);
  for (size_t column = 0; column < out; column += kPanel) {
    const float* panel = packed.data() + column * in;
    std::array<float, kPanel> most{}, inverse{};
    for (size_t k = 0; k < in; ++k)
      for (size_t j = 0; j < kPanel; ++j)
        most[j] = std::max(most[j], std::fabs(panel[k * kPanel + j]));
    for (size_t j = 0; j < kPanel; ++j) {
      scale_[column + j] = most[j] / kMost;
      inverse[j] = most[j] > 0 ? kMost / most[j] : 0.0F;
    }
    Line* line = lines_.data() + column * in / (4 * kPanel);
    for (size_t k = 0; k < in; ++k)
      for (size_t j = 0; j < kPanel; ++j)
        line[k / 4][j * 4 + k % 4] = to_byte(panel[k * kPanel + j] * inverse[j]);
  }
}

float ByteMatrix::at(size_t input, size_t output) const {
  const size_t line = (output / kPanel * in_ + input) / 4;
  const int byte = lines_[line][output % kPanel * 4 + input % 4];
  return scale_[output] * static_cast<float>(byte - kZeroWeight);
}

void RoundedRows::round(const Kernels& kernels, Rows x, size_t width) {
  kernels_ = &kernels;
  if (scale_.size() < x.count) {
    scale_.resize(x.count + x.count / 2);
    sum_.resize(scale_.size());
  }
  view_ = {values_.resize(x.count, width / 2), scale_.data(), sum_.data(), x.count, width};
  kernels.round(x, view_);
}

void RoundedRows::multiply(const Layer& layer, float* y, size_t stride) const {
  assert(layer.weight.in() == view_.width);
  kernels_->multiply_rounded(view_, layer.weight.view(),
                             layer.bias.empty() ? nullptr : layer.bias.data(), y, stride);
}

}  // namespace avstand::language
