// How many letters apart two names are.
#pragma once

#include <cstddef>
#include <string_view>

namespace avstand {

/// Levenshtein distance in bytes (insertion, deletion, substitution; Levenshtein 1966). Where it is
/// over `limit`, some number over `limit`. O(a x b): names are short.
size_t edit_distance(std::string_view a, std::string_view b, size_t limit);

}  // namespace avstand
