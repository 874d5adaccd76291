// Addresses: URLs, e-mail addresses, @handles and #tags are one word each.
#pragma once

#include "text/line.h"

namespace avstand {

/// End of the address that begins at cell `at` of a chunk ending at `end`, or `at` if there is
/// none. `has_at`: the chunk has an '@' (saves the search). O(length of the address), at most 2,048
/// cells.
uint32_t address_end(const Line& line, uint32_t at, uint32_t end, bool has_at);

/// An emoticon such as ":-)" that fills the rest of a chunk, or is followed by marks; `at` if none.
uint32_t emoticon_end(const Line& line, uint32_t at, uint32_t end);

}  // namespace avstand
