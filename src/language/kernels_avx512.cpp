#if defined(__x86_64__)
#include <immintrin.h>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 16
#define AVSTAND_BLOCK 12
#define AVSTAND_FUSED _mm512_fmadd_ps
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvx512Kernels = AVSTAND_KERNELS("avx512");
}  // namespace avstand::language
#endif
