// Arithmetic of the network, written once and compiled for several instruction sets.
//
// Every function does the same float operations in the same order whatever the width of the
// vectors: products are summed in the order of the inner index, each by a fused multiply-add (one
// rounding; exact arithmetic stands in for it where the instruction is missing), and sums over a
// row run in 16 fixed lanes that are joined in a fixed order. So all instruction sets give the same
// bits. exp is a polynomial of ours; libm is not used. Dense layers multiply bytes, whose sums are
// exact in any order: rows and weights are rounded to 8 bits, with a scale for each row and each
// output (dynamic quantisation: Jacob et al. 2018, "Quantization and training of neural networks
// for efficient integer-arithmetic-only inference").
//
// Matrices are row-major floats with a stride. Weights are packed in panels of 16 outputs
// (docs/model-format.md). All widths given to these functions are multiples of 16.
#pragma once

#include <cstddef>
#include <cstdint>

namespace avstand::language {

inline constexpr size_t kPanel = 16;

/// The next multiple of kPanel.
constexpr size_t padded(size_t n) { return (n + kPanel - 1) / kPanel * kPanel; }

/// A matrix in somebody else's memory: row i begins at data + i * stride.
struct Rows {
  const float* data;
  size_t count;
  size_t stride;
};

/// Rows rounded to bytes: value = scale * byte. The bytes lie as the set of kernels that made them
/// likes them, in 2 * width bytes a row at most.
struct RoundedView {
  void* values;
  float* scale;  ///< a row
  int32_t* sum;  ///< of a row's bytes
  size_t count, width;
};

/// Weights rounded to bytes: weight = scale * (byte - 128). A panel of 16 outputs holds, for every
/// four inputs, 64 bytes: four for each output.
struct WeightsView {
  const uint8_t* values;
  const float* scale;  ///< an output
  size_t in, out;
};

/// The number that stands for a weight of zero.
inline constexpr int32_t kZeroWeight = 128;

/// 1.5 * 2^23: a float with this added is rounded to an integer, halves to the even one, which
/// stands in its last bits.
inline constexpr float kRoundingShift = 12582912.0f;

/// One set of compiled functions.
struct Kernels {
  const char* name;  ///< "generic", "avx2", "avxvnni", "avx512", "amx"

  /// y[i] = x[i] * W for W of `in` x `out`, packed.
  void (*multiply)(Rows x, const float* packed, size_t in, size_t out, float* y, size_t y_stride);
  /// Rounds the first out.width floats of every row: the largest becomes 127 or -127, halves go to
  /// the even number.
  void (*round)(Rows x, RoundedView out);
  /// y[i] = bias + x[i] * W for rows and weights of bytes; bias may be null (zeros).
  void (*multiply_rounded)(const RoundedView& x, const WeightsView& w, const float* bias, float* y,
                           size_t y_stride);
  /// A row rounded in the same way to plain bytes; returns the scale.
  float (*to_bytes)(const float* x, size_t n, int8_t* to);
  /// y += scale * row
  void (*add_row)(const int8_t* row, float scale, size_t n, float* y);
  /// y += x
  void (*add)(const float* x, size_t n, float* y);
  /// y = x + max(a[0..n), a[n..2n))
  void (*maxout)(const float* a, const float* x, size_t n, float* y);
  /// y = max(y, 0)
  void (*rectify)(float* y, size_t n);
  /// Layer normalisation (Ba et al. 2016, epsilon 1e-5): `gain` holds n gains, then n biases.
  void (*normalise)(const float* x, const float* gain, size_t n, float* y);
  /// Activates rows of gates z, f, o, z', f', o' of `hidden` each: tanh, sigmoid, sigmoid.
  void (*activate)(float* gates, size_t count, size_t hidden);
  /// fo-pooling (Bradbury et al. 2017) over one sentence, left to right into y[0..hidden) of each
  /// row and right to left into the next `hidden`.
  void (*pool)(const float* gates, size_t count, size_t hidden, float* y, size_t y_stride);
  /// scores[r] = left[in][r] + sum over j of left[j][r] * head[j], for `out` columns.
  void (*bilinear)(const float* left, const float* head, size_t in, size_t out, float* scores);
  /// Largest a[i] + b[i] and the first i that has it; n >= 1.
  float (*best_sum)(const float* a, const float* b, size_t n, size_t* at);
  /// The first i with the largest x[i]; n >= 1.
  size_t (*largest)(const float* x, size_t n);
};

/// The set for this machine: the widest it can run, or what AVSTAND_ISA asks for (a name that is
/// unknown or cannot run here falls back to the widest). Chosen once.
const Kernels& kernels();

/// The set with this name, or null where it does not exist or cannot run on this machine.
const Kernels* find_kernels(const char* name);

/// Packs the transpose of `x` (x.count rows of `width`) for `multiply`: in = width,
/// out = padded(x.count). `packed` holds width * out floats.
void pack_transposed(Rows x, size_t width, float* packed);

}  // namespace avstand::language
