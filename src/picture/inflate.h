// zlib streams, unpacked up to a limit.
#pragma once

#include <string>
#include <string_view>

namespace avstand::picture {

struct Inflated {
  std::string bytes;   ///< at most the limit
  bool whole = false;  ///< false: the stream is broken, or longer than the limit
};

Inflated inflate(std::string_view packed, size_t max_bytes);

}  // namespace avstand::picture
