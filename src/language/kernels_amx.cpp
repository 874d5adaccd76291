// AVX-512, with products of bytes by the tiles of AMX (Intel, "Architecture Instruction Set
// Extensions Programming Reference", chapter 3): 16 rows times 16 outputs, 64 inputs an
// instruction. A panel of weights (kernels.h) lies in memory as the instruction wants it.
#if defined(__x86_64__)
#include "language/kernels_avx512.inc"

namespace avstand::language {
namespace {

constexpr size_t kTileRows = 16, kTileInputs = 64, kMostPanels = 4;
// Registers: sums of four panels, rows and weights of 64 inputs, rows and weights of what is left.
enum Tile : size_t { kSum0, kSum1, kSum2, kSum3, kRows, kWeights, kLastRows, kLastWeights, kTiles };

/// What LDTILECFG reads.
struct alignas(64) TileShapes {
  uint8_t palette = 1, start_row = 0, reserved[14] = {};
  uint16_t row_bytes[16] = {};
  uint8_t rows[16] = {};
};

TileShapes shapes_for(size_t in) {
  TileShapes out;
  for (size_t t = 0; t < kTiles; ++t) {
    out.row_bytes[t] = kTileInputs;  // of sums, 16 numbers
    out.rows[t] = kTileRows;
  }
  if (const size_t rest = in % kTileInputs; rest > 0) {
    out.row_bytes[kLastRows] = static_cast<uint16_t>(rest);
    out.rows[kLastWeights] = static_cast<uint8_t>(rest / 4);
  }
  return out;
}

// The numbers of tiles must be constants, so what is done with each stands here by itself.
template <size_t kPanels>
inline void clear_sums() {
  _tile_zero(0);
  if constexpr (kPanels > 1) _tile_zero(1);
  if constexpr (kPanels > 2) _tile_zero(2);
  if constexpr (kPanels > 3) _tile_zero(3);
}

#define AVSTAND_ADD_PRODUCTS(name, rows_tile, weights_tile)                                \
  template <size_t kPanels>                                                                \
  inline void name(const int8_t* rows, size_t stride, const uint8_t* panel, size_t next) { \
    _tile_loadd(rows_tile, rows, stride);                                                  \
    _tile_loadd(weights_tile, panel, kTileInputs);                                         \
    _tile_dpbsud(0, rows_tile, weights_tile);                                              \
    if constexpr (kPanels > 1) {                                                           \
      _tile_loadd(weights_tile, panel + next, kTileInputs);                                \
      _tile_dpbsud(1, rows_tile, weights_tile);                                            \
    }                                                                                      \
    if constexpr (kPanels > 2) {                                                           \
      _tile_loadd(weights_tile, panel + 2 * next, kTileInputs);                            \
      _tile_dpbsud(2, rows_tile, weights_tile);                                            \
    }                                                                                      \
    if constexpr (kPanels > 3) {                                                           \
      _tile_loadd(weights_tile, panel + 3 * next, kTileInputs);                            \
      _tile_dpbsud(3, rows_tile, weights_tile);                                            \
    }                                                                                      \
  }
AVSTAND_ADD_PRODUCTS(add_products, 4, 5)
AVSTAND_ADD_PRODUCTS(add_last, 6, 7)  // inputs behind the last whole 64

template <size_t kPanels>
inline void store_sums(int32_t* sums) {
  constexpr size_t kSize = kTileRows * kPanel;
  _tile_stored(0, sums, kTileInputs);
  if constexpr (kPanels > 1) _tile_stored(1, sums + kSize, kTileInputs);
  if constexpr (kPanels > 2) _tile_stored(2, sums + 2 * kSize, kTileInputs);
  if constexpr (kPanels > 3) _tile_stored(3, sums + 3 * kSize, kTileInputs);
}

/// 16 rows times kPanels panels.
template <size_t kPanels>
void multiply_tile(const RoundedView& x, size_t row, const WeightsView& w, size_t column,
                   const float* bias, float* y, size_t y_stride) {
  const int8_t* rows = static_cast<const int8_t*>(x.values) + row * x.width;
  const uint8_t* panel = w.values + column * w.in;
  alignas(64) int32_t sums[kPanels * kTileRows * kPanel];
  const size_t whole = w.in / kTileInputs * kTileInputs;
  clear_sums<kPanels>();
  for (size_t k = 0; k < whole; k += kTileInputs)
    add_products<kPanels>(rows + k, x.width, panel + k * kPanel, w.in * kPanel);
  if (whole < w.in) add_last<kPanels>(rows + whole, x.width, panel + whole * kPanel, w.in * kPanel);
  store_sums<kPanels>(sums);
  for (size_t i = 0; i < kTileRows; ++i) {
    const IntVec zero = spread_int(-kZeroWeight * x.sum[row + i]);
    const Vec scale = spread(x.scale[row + i]);
    for (size_t p = 0; p < kPanels; ++p) {
      const size_t at = column + p * kPanel;
      const IntVec sum =
          *reinterpret_cast<const LooseIntVec*>(sums + (p * kTileRows + i) * kPanel) + zero;
      const Vec product = __builtin_convertvector(sum, Vec) * (scale * load(w.scale + at));
      store(y + (row + i) * y_stride + at, bias ? product + load(bias + at) : product);
    }
  }
}

/// Outputs `column` and on, kPanels panels at a time; returns the first that is left.
template <size_t kPanels>
size_t multiply_tiles_of(const RoundedView& x, const WeightsView& w, size_t column,
                         const float* bias, float* y, size_t y_stride) {
  for (; column + kPanels * kPanel <= w.out; column += kPanels * kPanel)
    for (size_t row = 0; row < x.count; row += kTileRows)  // the last ones some a second time
      multiply_tile<kPanels>(x, row + kTileRows <= x.count ? row : x.count - kTileRows, w, column,
                             bias, y, y_stride);
  return column;
}

void multiply_tiles(const RoundedView& x, const WeightsView& w, const float* bias, float* y,
                    size_t y_stride) {
  if (x.count < kTileRows) return multiply_rounded(x, w, bias, y, y_stride);
  const TileShapes shapes = shapes_for(w.in);
  _tile_loadconfig(&shapes);
  size_t column = multiply_tiles_of<kMostPanels>(x, w, 0, bias, y, y_stride);
  column = multiply_tiles_of<2>(x, w, column, bias, y, y_stride);
  multiply_tiles_of<1>(x, w, column, bias, y, y_stride);
  _tile_release();  // else the system saves 8 KB at each change of threads
}

}  // namespace
const Kernels kAmxKernels = AVSTAND_KERNELS("amx", multiply_tiles);
}  // namespace avstand::language
#endif
