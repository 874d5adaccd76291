// Dense layers over bytes: what the networks of all rooms multiply with.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "language/buffer.h"
#include "language/kernels.h"

namespace avstand::language {

/// A matrix of weights rounded to bytes, each output with its own scale: the largest weight of an
/// output becomes 127 or -127, halves go to the even number.
class ByteMatrix {
 public:
  ByteMatrix() = default;
  /// `packed`: `in` x `out` floats in panels of 16 outputs (docs/model-format.md), both widths
  /// multiples of 16.
  ByteMatrix(std::span<const float> packed, size_t in, size_t out);

  WeightsView view() const { return {lines_.data()->data(), scale_.data(), in_, out_}; }
  size_t in() const { return in_; }
  size_t out() const { return out_; }
  /// A weight as it is used.
  float at(size_t input, size_t output) const;

 private:
  /// The weights of 16 outputs for four inputs; one line of a cache.
  struct alignas(64) Line : std::array<uint8_t, 4 * kPanel> {};
  std::vector<Line> lines_;
  std::vector<float> scale_;
  size_t in_ = 0, out_ = 0;
};

/// y = bias + x * W.
struct Layer {
  ByteMatrix weight;
  std::span<const float> bias;  ///< a view into the file; empty: none

  size_t out() const { return weight.out(); }  ///< padded to a multiple of 16
};

/// Rows rounded to bytes, which several layers may take. Keeps its memory between uses.
class RoundedRows {
 public:
  /// Rounds the first `width` numbers of every row; `kernels` is used for the products as well.
  void round(const Kernels& kernels, Rows x, size_t width);
  /// Row i of the product begins at y + i * stride.
  void multiply(const Layer& layer, float* y, size_t stride) const;

 private:
  const Kernels* kernels_ = nullptr;
  Buffer values_;
  std::vector<float> scale_;
  std::vector<int32_t> sum_;
  RoundedView view_{};
};

}  // namespace avstand::language
