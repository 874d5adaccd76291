// Ledgers and features are kept packed (Zstandard): a tenth of the size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace avstand::store {

std::string pack(std::string_view bytes);
/// Refuses what is damaged, and what would become longer than 1 GB.
Result<std::string> unpack(std::string_view packed);

/// Adds the checksum of something that lies beside the packed value, in a frame that unpack() (and
/// any other reader of Zstandard) goes over.
std::string sealed(std::string packed, uint64_t checksum);
/// Nothing where there is none: archives of older programs.
std::optional<uint64_t> seal_of(std::string_view packed);

}  // namespace avstand::store
