// How many of an article's words go back to whom.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace avstand::report {

/// `total` in whole parts in proportion to `weights` (largest remainder, first among equals), so
/// that the parts add up to it. All zero where no weight is above zero.
std::vector<uint32_t> apportioned(uint32_t total, const std::vector<uint64_t>& weights);

/// Words between white space with a letter or digit of each statement, each counted once: at the
/// shortest statement of somebody else that it stands in. By position in `statements`.
std::vector<uint64_t> words_of_statements(const ledger::Ledger& ledger);

/// The origin of a statement; nullopt: it is not named, or there is none.
std::optional<uint32_t> origin_of(const ledger::Statement& statement);

/// Words by whom they go back to, most first; the outlet's own are not among them. They add up to
/// the words that the summary has at distances above 0.
std::vector<std::pair<std::optional<uint32_t>, uint32_t>> words_by_origin(
    const ledger::Ledger& ledger);

}  // namespace avstand::report
