// What one version of an article says that another does not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace avstand::store {

/// A statement as a version has it: its words, and its chain ("KCNA > Reuters"; empty: the
/// outlet's).
struct Told {
  std::string content, chain;
};

/// Added: only `after`. Dropped: only `before`. Resourced: both, with other chains.
struct Change {
  std::optional<Told> before, after;
};

struct Changes {
  size_t added = 0, dropped = 0, resourced = 0;
  std::vector<Change> all;  ///< in the order of the later text, dropped ones last
};

/// Statements are one if their words are, or two thirds of their words; each is met once. Ledgers
/// as JSON. Quadratic in the statements of an article.
Result<Changes> diff(std::string_view before, std::string_view after);

}  // namespace avstand::store
