// How long one piece of work may take.
#pragma once

#include <fmt/format.h>

#include <chrono>

#include "base/result.h"

namespace avstand {

/// Asked between steps: a step that has begun is finished. Copyable; used by one thread.
class Deadline {
 public:
  /// `seconds` from now; 0: no limit.
  explicit Deadline(double seconds = 0)
      : seconds_(seconds), begin_(std::chrono::steady_clock::now()) {}

  bool passed() const {
    if (seconds_ <= 0) return false;
    const std::chrono::duration<double> since = std::chrono::steady_clock::now() - begin_;
    return since.count() > seconds_;
  }
  /// kLimit once it has passed; `step` is what was done last.
  Status check(std::string_view step) const {
    if (!passed()) return Unit{};
    return Error{
        .code = ErrorCode::kLimit,
        .message = fmt::format("takes longer than {} s; given up after {}", seconds_, step),
        .hint = "raise --max-seconds"};
  }

 private:
  double seconds_;
  std::chrono::steady_clock::time_point begin_;
};

}  // namespace avstand
