// Float matrices of a workspace: aligned, growing, never shrinking.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>

#include "language/kernels.h"

namespace avstand::language {

/// A row-major matrix whose memory is kept between uses. Its values are those left by the last use
/// (zeros where the memory is new).
class Buffer {
 public:
  /// Makes it count x width; returns the first float.
  float* resize(size_t count, size_t width) {
    width_ = width;
    if (count * width > capacity_) {
      capacity_ = std::max(count * width, capacity_ + capacity_ / 2);
      data_.reset(static_cast<float*>(::operator new(capacity_ * sizeof(float), kAlign)));
      std::fill_n(data_.get(), capacity_, 0.0f);
    }
    return data_.get();
  }
  float* row(size_t i) { return data_.get() + i * width_; }
  /// `count` rows from `first`, as input of a kernel.
  Rows rows(size_t first, size_t count) const {
    return {data_.get() + first * width_, count, width_};
  }
  size_t width() const { return width_; }

 private:
  static constexpr std::align_val_t kAlign{64};
  struct Free {
    void operator()(float* p) const { ::operator delete(p, kAlign); }
  };
  std::unique_ptr<float, Free> data_;
  size_t capacity_ = 0;
  size_t width_ = 0;
};

}  // namespace avstand::language
