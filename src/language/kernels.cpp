#include "language/kernels.h"

#include <array>
#include <cstdlib>
#include <cstring>

#include "language/kernels_isa.h"

#if defined(__x86_64__) && defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace avstand::language {
namespace {

bool runs_generic() { return true; }
#if defined(__x86_64__)
bool runs_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
bool runs_avxvnni() { return runs_avx2() && __builtin_cpu_supports("avxvnni"); }
bool runs_avx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vnni");
}
/// Linux lends a process the tiles when it asks for them.
bool runs_amx() {
#if defined(__linux__)
  constexpr int kAskForState = 0x1023, kTileData = 18;  // ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA
  return runs_avx512() && __builtin_cpu_supports("amx-tile") &&
         __builtin_cpu_supports("amx-int8") &&
         syscall(SYS_arch_prctl, kAskForState, kTileData) == 0;
#else
  return false;
#endif
}
#endif

struct Candidate {
  const Kernels* set;
  bool (*runs)();
};

// Widest first.
constexpr std::array kCandidates = {
#if defined(__x86_64__)
    Candidate{&kAmxKernels, runs_amx}, Candidate{&kAvx512Kernels, runs_avx512},
    Candidate{&kAvxVnniKernels, runs_avxvnni}, Candidate{&kAvx2Kernels, runs_avx2},
#endif
    Candidate{&kGenericKernels, runs_generic}};

const Kernels& choose() {
  const char* wanted = std::getenv("AVSTAND_ISA");
  if (const Kernels* found = wanted ? find_kernels(wanted) : nullptr) return *found;
  for (const Candidate& c : kCandidates)
    if (c.runs()) return *c.set;
  return kGenericKernels;
}

}  // namespace

const Kernels* find_kernels(const char* name) {
  for (const Candidate& c : kCandidates)
    if (std::strcmp(c.set->name, name) == 0 && c.runs()) return c.set;
  return nullptr;
}

const Kernels& kernels() {
  static const Kernels& chosen = choose();
  return chosen;
}

void pack_transposed(Rows x, size_t width, float* packed) {
  for (size_t panel = 0; panel < x.count; panel += kPanel)
    for (size_t k = 0; k < width; ++k)
      for (size_t i = 0; i < kPanel; ++i)
        *packed++ = panel + i < x.count ? x.data[(panel + i) * x.stride + k] : 0.0f;
}

}  // namespace avstand::language
