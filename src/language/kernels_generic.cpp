#include <bit>

#include "language/kernels_isa.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#define AVSTAND_PAIRS(a, b) \
  reinterpret_cast<IntVec>( \
      _mm_madd_epi16(reinterpret_cast<__m128i>(a), reinterpret_cast<__m128i>(b)))
#endif
#define AVSTAND_LANES 4
#define AVSTAND_BLOCK 2
#define AVSTAND_PANELS 1
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kGenericKernels = AVSTAND_KERNELS("generic", multiply_rounded);
}  // namespace avstand::language
