// Ledgers and features are kept packed (Zstandard): a tenth of the size.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace avstand::store {

std::string pack(std::string_view bytes);
/// Refuses what is damaged, and what would become longer than 1 GB.
Result<std::string> unpack(std::string_view packed);

}  // namespace avstand::store
