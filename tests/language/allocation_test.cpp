// A warm workspace takes no memory for words: operator new of this program counts its calls. Not
// under AddressSanitizer, which has an operator new of its own.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "language/network.h"
#include "language/tiny_model.h"

#if !defined(__has_feature)
#define __has_feature(x) 0
#endif
#if !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer)

namespace {
std::atomic<size_t> allocations{0};

void* counted(size_t bytes, size_t align) {
  ++allocations;
  void* p = align > alignof(std::max_align_t)
                ? std::aligned_alloc(align, (bytes + align - 1) / align * align)
                : std::malloc(bytes == 0 ? 1 : bytes);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
}  // namespace

void* operator new(size_t bytes) { return counted(bytes, 0); }
void* operator new(size_t bytes, std::align_val_t align) {
  return counted(bytes, static_cast<size_t>(align));
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, size_t, std::align_val_t) noexcept { std::free(p); }

namespace avstand::language {
namespace {

TEST(AllocationTest, AWarmNetworkTakesNoMemory) {
  testing::ScratchFile scratch(testing::TinyModel(5).bytes());
  auto file = ModelFile::open(scratch.path());
  ASSERT_TRUE(file);
  const auto weights = Weights::read(*file);
  ASSERT_TRUE(weights);
  std::vector<SentenceForms> batch;
  for (uint32_t i = 0; i < 12; ++i)
    batch.push_back({i % 2, {"Kari", "Bø", "kjøpte", "2019", "båter", "av", "en", "venn", "."}});
  Network network;
  std::vector<WordResult> results;
  const size_t before = allocations;
  network.run(*weights, 1, kernels(), batch, results);
  const size_t cold = allocations;
  EXPECT_GT(cold, before);  // else nothing is counted
  for (int i = 0; i < 3; ++i) network.run(*weights, 1, kernels(), batch, results);
  network.run(*weights, 1, kernels(), std::span(batch).first(5), results);
  EXPECT_EQ(allocations, cold);
}

}  // namespace
}  // namespace avstand::language

#endif
