// Tokens for formats that cannot be without: runs of letters, marks and digits; every other
// character that is no white space is one by itself. A ledger holds no tokens, so that one out of
// an archive and one fresh from the reader give the same file.
#pragma once

#include <vector>

#include "text/span.h"

namespace avstand::exports {

/// Bytes of each token, in order. The text must be valid UTF-8.
std::vector<Span> tokens_of(std::string_view text);

/// Whether a token is a word or a number, not a sign.
bool is_word(std::string_view token);

}  // namespace avstand::exports
