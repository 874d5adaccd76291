// Multiword tokens: "don't" is "do" and "n't", "gonna" is "gon" and "na".
#pragma once

#include "text/tokenize.h"

namespace avstand {

/// Splits the last word of `tokens` where the language has it as a multiword token. A possessive
/// apostrophe behind it is taken in ("dogs'"). Returns where the next token begins.
uint32_t split_clitics(const Line& line, uint32_t chunk_end, const TextRules::Language& rules,
                       std::vector<RawToken>& tokens);

}  // namespace avstand
