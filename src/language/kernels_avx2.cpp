#if defined(__x86_64__)
#include <immintrin.h>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 8
#define AVSTAND_BLOCK 6
#define AVSTAND_FUSED _mm256_fmadd_ps
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvx2Kernels = AVSTAND_KERNELS("avx2");
}  // namespace avstand::language
#endif
