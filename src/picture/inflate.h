// zlib streams, unpacked up to a limit.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace avstand::picture {

/// nullopt where the stream is broken or unpacks to more than `max_bytes`.
std::optional<std::string> inflate(std::string_view packed, size_t max_bytes);

}  // namespace avstand::picture
