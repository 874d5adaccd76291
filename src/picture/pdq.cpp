#include "picture/pdq.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace avstand::picture {
namespace {

constexpr uint32_t kSmall = 64;  // side of the picture that is transformed
constexpr uint32_t kFrequencies = 16;
constexpr uint32_t kPasses = 2;  // of the box filter; two make a tent
constexpr uint32_t kLeastSide = 5;
constexpr int kQualityDivisor = 90;
constexpr int kMaxQuality = 100;

using SmallPicture = std::array<std::array<float, kSmall>, kSmall>;
using Spectrum = std::array<std::array<float, kFrequencies>, kFrequencies>;

/// The mean of a sliding window along one line. The sums run in the reference's order: floats that
/// are added in another one round to other bits.
void box_filter(const float* in, float* out, uint32_t length, uint32_t stride, uint32_t window) {
  const uint32_t ahead = (window + 2) / 2 - 1;  // of the window's values stand behind its middle
  float sum = 0;
  uint32_t in_window = 0;
  for (uint32_t right = 0; right < length + ahead; ++right) {
    if (right < length) {
      sum += in[size_t{right} * stride];
      ++in_window;
    }
    if (right >= window) {
      sum -= in[size_t{right - window} * stride];
      --in_window;
    }
    if (right >= ahead) out[size_t{right - ahead} * stride] = sum / static_cast<float>(in_window);
  }
}

uint32_t window_of(uint32_t side) { return (side + 2 * kSmall - 1) / (2 * kSmall); }

void blur(Luma& luma) {
  std::vector<float> other(luma.values.size());
  for (uint32_t pass = 0; pass < kPasses; ++pass) {
    for (uint32_t y = 0; y < luma.height; ++y)
      box_filter(&luma.values[size_t{y} * luma.width], &other[size_t{y} * luma.width], luma.width,
                 1, window_of(luma.width));
    for (uint32_t x = 0; x < luma.width; ++x)
      box_filter(&other[x], &luma.values[x], luma.height, luma.width, window_of(luma.height));
  }
}

/// The pixels at the middles of 64 x 64 equal fields.
SmallPicture decimate(const Luma& luma) {
  const auto middle = [](uint32_t i, uint32_t side) {
    return static_cast<uint32_t>((i + 0.5) * side / kSmall);
  };
  SmallPicture out;
  for (uint32_t y = 0; y < kSmall; ++y)
    for (uint32_t x = 0; x < kSmall; ++x)
      out[y][x] = luma.values[size_t{middle(y, luma.height)} * luma.width + middle(x, luma.width)];
  return out;
}

/// How much changes between neighbours; a clear sky has nothing to tell it by.
uint32_t quality_of(const SmallPicture& a) {
  const auto step = [](float u, float v) {
    return std::abs(static_cast<int>((u - v) * 100 / 255));  // truncated: only marked steps count
  };
  int sum = 0;
  for (uint32_t i = 0; i + 1 < kSmall; ++i)
    for (uint32_t j = 0; j < kSmall; ++j)
      sum += step(a[i][j], a[i + 1][j]) + step(a[j][i], a[j][i + 1]);
  return static_cast<uint32_t>(std::min(sum / kQualityDivisor, kMaxQuality));
}

using CosineRows = std::array<std::array<float, kSmall>, kFrequencies>;

const CosineRows& cosines() {
  static const CosineRows rows = [] {
    CosineRows out;
    const float scale = static_cast<float>(std::sqrt(2.0 / kSmall));
    for (uint32_t i = 0; i < kFrequencies; ++i)
      for (uint32_t j = 0; j < kSmall; ++j)
        out[i][j] = static_cast<float>(
            scale * std::cos(std::numbers::pi / 2.0 / kSmall * (i + 1) * (2 * j + 1)));
    return out;
  }();
  return rows;
}

/// The lowest frequencies of the discrete cosine transform, the mean left out.
Spectrum transform(const SmallPicture& a) {
  const CosineRows& d = cosines();
  std::array<std::array<float, kSmall>, kFrequencies> half;
  for (uint32_t i = 0; i < kFrequencies; ++i) {
    for (uint32_t j = 0; j < kSmall; ++j) {
      float sum = 0;
      for (uint32_t k = 0; k < kSmall; ++k) sum += d[i][k] * a[k][j];
      half[i][j] = sum;
    }
  }
  Spectrum out;
  for (uint32_t i = 0; i < kFrequencies; ++i) {
    for (uint32_t j = 0; j < kFrequencies; ++j) {
      float sum = 0;
      for (uint32_t k = 0; k < kSmall; ++k) sum += half[i][k] * d[j][k];
      out[i][j] = sum;
    }
  }
  return out;
}

/// A bit for each frequency that is stronger than the median (the lower of the two middle ones).
void set_bits(const Spectrum& spectrum, Pdq& pdq) {
  std::array<float, size_t{kFrequencies} * kFrequencies> sorted;
  for (uint32_t k = 0; k < sorted.size(); ++k)
    sorted[k] = spectrum[k / kFrequencies][k % kFrequencies];
  const auto middle = sorted.begin() + sorted.size() / 2 - 1;
  std::nth_element(sorted.begin(), middle, sorted.end());
  for (uint32_t k = 0; k < sorted.size(); ++k)
    if (spectrum[k / kFrequencies][k % kFrequencies] > *middle)
      pdq.bits[k / 64] |= uint64_t{1} << (k % 64);
}

}  // namespace

Pdq pdq_hash(Luma& luma) {
  Pdq out;
  if (luma.width < kLeastSide || luma.height < kLeastSide) return out;
  if (luma.width != kSmall || luma.height != kSmall) blur(luma);
  const SmallPicture small = decimate(luma);
  out.quality = quality_of(small);
  set_bits(transform(small), out);
  return out;
}

}  // namespace avstand::picture
