// Whether bytes are text that the engine reads: UTF-8 without NUL.
#pragma once

#include <string_view>

#include "base/result.h"

namespace avstand::ingest {

/// The byte order mark of UTF-8. At the beginning of a file it is a signature, not text.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Fails for UTF-16, NUL bytes, binary data and broken UTF-8, with the byte offset (`base` is the
/// offset of bytes[0] in the file) and what to do about it.
Status check_bytes(std::string_view bytes, uint64_t base);

/// Whether nothing but white space and ignorable characters stands in valid UTF-8.
bool is_empty_text(std::string_view text);

}  // namespace avstand::ingest
