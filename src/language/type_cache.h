// Type vectors of words seen lately, by form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/buffer.h"

namespace avstand::language {

/// An open-addressing table from (model and language, form) to a vector. Bounded: once full it is
/// emptied, so what it answers depends on the past only in speed. Every worker has one. 8,192
/// entries take 4.5 MB, and twice as many were no faster on 1,000 mixed articles.
class TypeCache {
 public:
  explicit TypeCache(size_t entries) : capacity_(entries) {}

  /// The place of a form and whether its vector is already there; if not, the caller fills it.
  /// Valid until the next call. `owner` tells models and languages apart.
  struct Slot {
    float* vector;
    bool known;
  };
  Slot find(uint64_t owner, std::string_view form, size_t width);

 private:
  struct Entry {
    uint64_t owner;
    std::string form;
  };
  void clear(size_t width);

  size_t capacity_;              // the index is twice as long
  std::vector<uint32_t> index_;  // entry + 1, or 0
  std::vector<Entry> entries_;
  Buffer vectors_;
};

}  // namespace avstand::language
