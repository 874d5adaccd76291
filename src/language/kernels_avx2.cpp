#if defined(__x86_64__)
#include "language/kernels_isa.h"

#define AVSTAND_LANES 8
#define AVSTAND_BLOCK 6
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kAvx2Kernels = AVSTAND_KERNELS("avx2");
}  // namespace avstand::language
#endif
