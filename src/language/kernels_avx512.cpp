#if defined(__x86_64__)
#include <immintrin.h>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 16
#define AVSTAND_BLOCK 12
#define AVSTAND_PANELS 2
#define AVSTAND_FUSED _mm512_fmadd_ps
#define AVSTAND_DOT(sum, a, b)                  \
  reinterpret_cast<IntVec>(_mm512_dpbusd_epi32( \
      reinterpret_cast<__m512i>(sum), reinterpret_cast<__m512i>(a), reinterpret_cast<__m512i>(b)))
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvx512Kernels = AVSTAND_KERNELS("avx512", multiply_rounded);
}  // namespace avstand::language
#endif
