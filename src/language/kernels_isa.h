// What kernels.cpp and the per-instruction-set files share.
#pragma once

#include "language/kernels.h"

namespace avstand::language {

inline constexpr size_t kMaxHidden = 512;  // state of one direction lives on the stack

extern const Kernels kGenericKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvxVnniKernels;
extern const Kernels kAvx512Kernels;
extern const Kernels kAmxKernels;
#endif

}  // namespace avstand::language
