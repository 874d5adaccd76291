// From scores to structures: trees and name labels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "language/kernels.h"

namespace avstand::language {

/// The best projective tree with exactly one root (Eisner 1996, in O(n^3) steps). Keeps its
/// memory, 36 n^2 bytes, between sentences.
class TreeDecoder {
 public:
  /// scores[d * stride + h]: score of head h for word d; column 0 is the root, column h + 1 is
  /// word h. Writes heads[d]: 0 for the root, else 1 + head. Ties go to the first split from the
  /// left. Whatever the scores (NaN too), the result is a tree.
  void decode(const Kernels& k, const float* scores, size_t stride, size_t n,
              std::span<uint32_t> heads);

 private:
  struct Task {
    uint32_t s, t;
    bool open, right;
  };
  void set_closed(size_t s, size_t t, float right, float left);
  void fill(const Kernels& k, const float* scores, size_t stride, size_t s, size_t t);
  void restore(Task task, std::span<uint32_t> heads);
  void restore_all(size_t root, std::span<uint32_t> heads);

  // Best scores of spans s..t. The head is s (right) or t (left); an open span has an arc between
  // s and t. Tables ending in t_ are [t][s], the others [s][t]: every search for a split then runs
  // over two contiguous stretches.
  size_t n_ = 0;
  std::vector<float> closed_right_, closed_right_t_, closed_left_, closed_left_t_;
  std::vector<float> open_right_, open_left_t_;
  std::vector<uint32_t> split_open_, split_right_, split_left_;  // [s][t]
  std::vector<Task> stack_;
};

/// The best label sequence of a linear chain (Viterbi 1967). `from` is names x names, row: previous
/// label. Ties go to the lower label.
class ChainDecoder {
 public:
  void decode(const float* emit, size_t stride, size_t n, std::span<const float> start,
              std::span<const float> from, std::span<uint8_t> labels);

 private:
  void advance(const float* emit, std::span<const float> from, uint8_t* back);

  std::vector<float> score_, next_;
  std::vector<uint8_t> back_;
};

}  // namespace avstand::language
