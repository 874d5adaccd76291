#if defined(__x86_64__)
#include "language/kernels_avx512.inc"

namespace avstand::language {
const Kernels kAvx512Kernels = AVSTAND_KERNELS("avx512", multiply_rounded);
}  // namespace avstand::language
#endif
