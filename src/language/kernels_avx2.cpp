#if defined(__x86_64__)
#include <immintrin.h>

#include <bit>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 8
#define AVSTAND_BLOCK 4
#define AVSTAND_PANELS 1
#define AVSTAND_FUSED _mm256_fmadd_ps
#define AVSTAND_PAIRS(a, b) \
  reinterpret_cast<IntVec>( \
      _mm256_madd_epi16(reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)))
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvx2Kernels = AVSTAND_KERNELS("avx2", multiply_rounded);
}  // namespace avstand::language
#endif
