#include <bit>

#include "language/kernels_isa.h"

#define AVSTAND_LANES 4
#define AVSTAND_BLOCK 2
#include "language/kernels.inc"

namespace avstand::language {
const Kernels kGenericKernels = AVSTAND_KERNELS("generic");
}  // namespace avstand::language
