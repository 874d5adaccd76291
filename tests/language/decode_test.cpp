// Decoders against exhaustive search, and the promise that every tree is a tree.
#include "language/decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace avstand::language {
namespace {

using Heads = std::vector<uint32_t>;  // 0: root, else 1 + index

bool reaches_root(const Heads& heads, size_t word) {
  for (size_t steps = 0; steps <= heads.size(); ++steps) {
    if (heads[word] == 0) return true;
    word = heads[word] - 1;
  }
  return false;
}

bool is_tree(const Heads& heads) {
  if (std::count(heads.begin(), heads.end(), 0u) != 1) return false;
  for (size_t i = 0; i < heads.size(); ++i)
    if (heads[i] > heads.size() || !reaches_root(heads, i)) return false;
  return true;
}

bool dominates(const Heads& heads, size_t above, size_t word) {
  while (word != above) {
    if (heads[word] == 0) return false;
    word = heads[word] - 1;
  }
  return true;
}

bool is_projective(const Heads& heads) {
  for (size_t d = 0; d < heads.size(); ++d) {
    if (heads[d] == 0) continue;
    const size_t h = heads[d] - 1;
    for (size_t k = std::min(d, h) + 1; k < std::max(d, h); ++k)
      if (!dominates(heads, h, k)) return false;
  }
  return true;
}

float total(const std::vector<float>& scores, size_t stride, const Heads& heads) {
  float sum = 0;
  for (size_t d = 0; d < heads.size(); ++d) sum += scores[d * stride + heads[d]];
  return sum;
}

/// The best tree by trying all assignments of heads.
float best_by_trying(const std::vector<float>& scores, size_t stride, size_t n) {
  Heads heads(n, 0);
  float best = -std::numeric_limits<float>::infinity();
  while (true) {
    if (is_tree(heads) && is_projective(heads)) best = std::max(best, total(scores, stride, heads));
    size_t i = 0;
    while (i < n && ++heads[i] > n) heads[i++] = 0;
    if (i == n) return best;
  }
}

std::vector<float> random_scores(size_t n, size_t stride, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> scores(n * stride);
  for (float& s : scores) s = normal(random);
  return scores;
}

TEST(TreeDecoder, FindsTheBestProjectiveTree) {
  TreeDecoder decoder;
  for (unsigned seed = 0; seed < 120; ++seed) {
    const size_t n = 1 + seed % 6, stride = padded(n + 1);
    const auto scores = random_scores(n, stride, seed);
    Heads heads(n);
    decoder.decode(kernels(), scores.data(), stride, n, heads);
    ASSERT_TRUE(is_tree(heads) && is_projective(heads)) << "seed " << seed;
    EXPECT_NEAR(total(scores, stride, heads), best_by_trying(scores, stride, n), 1e-4)
        << "seed " << seed;
  }
}

TEST(TreeDecoder, AlwaysGivesATree) {
  TreeDecoder decoder;
  const float odd[] = {0, NAN, INFINITY, -INFINITY, -1e30f, 1e30f};
  for (unsigned seed = 0; seed < 60; ++seed) {
    const size_t n = 1 + seed * 3, stride = padded(n + 1);
    auto scores = random_scores(n, stride, seed);
    if (seed % 2 == 1)
      for (size_t i = 0; i < scores.size(); i += 1 + seed % 7) scores[i] = odd[(i + seed) % 6];
    Heads heads(n);
    decoder.decode(kernels(), scores.data(), stride, n, heads);
    EXPECT_TRUE(is_tree(heads) && is_projective(heads)) << "seed " << seed;
  }
}

TEST(TreeDecoder, SameTreeOnEveryInstructionSet) {
  const size_t n = 97, stride = padded(n + 1);
  const auto scores = random_scores(n, stride, 7);
  TreeDecoder decoder;
  Heads expected(n), heads(n);
  decoder.decode(*find_kernels("generic"), scores.data(), stride, n, expected);
  for (const char* name : {"avx2", "avxvnni", "avx512", "amx"})
    if (const Kernels* k = find_kernels(name)) {
      decoder.decode(*k, scores.data(), stride, n, heads);
      EXPECT_EQ(heads, expected) << name;
    }
}

TEST(ChainDecoder, FindsTheBestSequence) {
  constexpr size_t kLabels = 3;
  for (unsigned seed = 0; seed < 50; ++seed) {
    const size_t n = 1 + seed % 6;
    const auto emit = random_scores(n, kLabels, seed), start = random_scores(1, kLabels, seed + 1),
               from = random_scores(kLabels, kLabels, seed + 2);
    const auto score = [&](const std::vector<uint8_t>& path) {
      float sum = start[path[0]] + emit[path[0]];
      for (size_t t = 1; t < n; ++t)
        sum += from[path[t - 1] * kLabels + path[t]] + emit[t * kLabels + path[t]];
      return sum;
    };
    std::vector<uint8_t> found(n), path(n, 0);
    ChainDecoder().decode(emit.data(), kLabels, n, start, from, found);
    float best = score(path);
    for (size_t i = 0; i < n;) {
      best = std::max(best, score(path));
      for (i = 0; i < n && ++path[i] == kLabels; ++i) path[i] = 0;
    }
    EXPECT_NEAR(score(found), best, 1e-4) << "seed " << seed;
  }
}

}  // namespace
}  // namespace avstand::language
