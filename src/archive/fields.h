// Header fields as WARC and HTTP have them: "Name: value" lines up to an empty line.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/byte_source.h"

namespace avstand::archive {

/// Whether two names are the same but for the case of ASCII letters.
bool same_letters(std::string_view a, std::string_view b);
/// Without white space at both ends.
std::string_view stripped(std::string_view s);

class HeadFields {
 public:
  /// Takes a line: a field, or one that goes on from the line before. Others are passed over.
  void add(std::string_view line);
  /// The first value of that name; empty: there is none.
  std::string_view get(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Reads lines up to an empty one. Over `max_bytes` or without an end: an error at `begin`.
Status read_fields(ByteSource& source, size_t max_bytes, HeadFields& head, uint64_t begin);

}  // namespace avstand::archive
