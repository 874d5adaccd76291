#if defined(__x86_64__)
#include <immintrin.h>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 8
#define AVSTAND_BLOCK 6
#define AVSTAND_PANELS 1
#define AVSTAND_FUSED _mm256_fmadd_ps
#define AVSTAND_DOT(sum, a, b)                      \
  reinterpret_cast<IntVec>(_mm256_dpbusd_avx_epi32( \
      reinterpret_cast<__m256i>(sum), reinterpret_cast<__m256i>(a), reinterpret_cast<__m256i>(b)))
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvxVnniKernels = AVSTAND_KERNELS("avxvnni", multiply_rounded);
}  // namespace avstand::language
#endif
