// What was not read and why, in numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avstand::ingest {

/// Counts by reason; memory is bounded whatever the reasons are.
class PassedOver {
 public:
  void add(std::string_view reason);
  /// "12 requests, 3 text/css", the most frequent first; empty: nothing.
  std::string to_string() const;

 private:
  std::vector<std::pair<std::string, uint64_t>> counts_;
  uint64_t other_ = 0;
};

}  // namespace avstand::ingest
