// Which records of a web archive came lately, so that a revisit is told with the record it repeats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "archive/record.h"

namespace avstand::ingest {

/// Knows records by id, by address and time, and by payload digest. Bounded: 2 MB, room for the
/// last 80,000 records or so; a new one takes the place of the oldest of the few it collides with.
/// Used by one thread.
class SeenRecords {
 public:
  /// Remembers an answer; `number` counts from 1 over all files of the archive.
  void add(const archive::Record& record, uint64_t number);

  /// The number of the record that a revisit repeats; 0: none that is remembered. What the revisit
  /// refers to goes first (ISO 28500, 6.7), then any record with its digest.
  uint64_t find(const archive::Record& revisit) const;

 private:
  struct Entry {
    uint32_t tag = 0;
    uint32_t number = 0;  ///< 0: free
  };
  static_assert(sizeof(Entry) == 8);
  static constexpr size_t kEntries = size_t{1} << 18;
  static constexpr size_t kWays = 4;  // places that one key may have

  void put(std::string_view kind, std::string_view key, uint32_t number);
  uint64_t look_up(std::string_view kind, std::string_view key) const;

  std::vector<Entry> entries_;
};

/// What a revisit refers to, in words: an id, an address and time, or a digest.
std::string target_of(const archive::Record& revisit);

}  // namespace avstand::ingest
