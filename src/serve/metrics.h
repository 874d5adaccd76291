// Counters of the server, in the text format of Prometheus (version 0.0.4).
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "serve/server.h"

namespace avstand::serve {

/// Thread-safe.
class Metrics {
 public:
  void count_request(const Access& access);
  void count_article(size_t words) {
    ++articles_;
    words_ += words;
  }
  void count_problem() { ++problems_; }
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<unsigned, uint64_t> requests_;  // by status
  double seconds_ = 0;
  WorkTime work_;  // summed
  std::atomic<uint64_t> articles_{0}, words_{0}, problems_{0};
};

}  // namespace avstand::serve
