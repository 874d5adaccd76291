// What must hold for web archives, however they are packed.
#pragma once

#include <algorithm>
#include <vector>

#include "archive/unpack.h"
#include "checks.h"

namespace avstand::fuzz {

inline constexpr uint64_t kUnpacked = 2'000'000;
inline constexpr uint64_t kRecords = 200;
inline constexpr archive::UnpackLimits kLimits{.max_bytes = kUnpacked};

/// Reads an archive and gives the places of what was handed on.
inline std::vector<uint64_t> places(std::string_view bytes, uint64_t skip_to) {
  ingest::Options options{.max_bytes = 20'000, .skip_to = skip_to};
  options.limits.max_unpacked = kUnpacked;
  options.limits.max_records = kRecords;
  std::vector<uint64_t> out;
  ingest::Run run;
  ingest::read_bytes(bytes, "input", options, patterns(), run, [&](ingest::Item item) {
    check_item(item);
    require(out.empty() || out.back() <= item.place, "places grow");
    out.push_back(item.place);
  });
  return out;
}

/// Reading on gives what was not read before.
inline void check_archive(std::string_view bytes) {
  const auto all = places(bytes, 0);
  if (all.empty()) return;
  auto rest = places(bytes, all.front());
  require(rest.size() == all.size() - std::count(all.begin(), all.end(), all.front()),
          "what is gone on with gives the rest");
}

}  // namespace avstand::fuzz
