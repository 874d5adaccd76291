// How long one piece of work may take.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <limits>

#include "base/result.h"

namespace avstand {

/// Processor time of the thread that made it, so that a slow pipe, a full machine and a worker that
/// waits for its turn cost nothing, and the same input ends at about the same place everywhere.
/// Asked between steps: a step that has begun is finished. Copyable; used by one thread. Asking
/// costs a call of the system, about 0.3 µs.
class Deadline {
 public:
  /// `seconds` from now, of which `spent` are gone already; 0: no limit.
  explicit Deadline(double seconds = 0, double spent = 0)
      : seconds_(seconds), begin_(now() - spent) {}

  /// Seconds that the work has taken.
  double spent() const { return now() - begin_; }
  /// Seconds that are left, never below 0; without a limit: infinite.
  double left() const {
    if (seconds_ <= 0) return std::numeric_limits<double>::infinity();
    return std::max(0.0, seconds_ - spent());
  }
  bool passed() const { return seconds_ > 0 && spent() > seconds_; }
  /// kLimit once it has passed; `step` is what was done last.
  Status check(std::string_view step) const {
    if (!passed()) return Unit{};
    return Error{
        .code = ErrorCode::kLimit,
        .message = fmt::format("takes longer than {} s; given up after {}", seconds_, step),
        .hint = "raise --max-seconds"};
  }

 private:
  static double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  double seconds_;
  double begin_;
};

}  // namespace avstand
