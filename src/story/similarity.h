// How much two sets of terms say the same.
#pragma once

#include <vector>

#include "story/article.h"

namespace avstand::story {

/// A key that is weaker is no match of two terms.
inline constexpr float kLeastMatch = 0.35F;

struct Likeness {
  float matched = 0;    ///< weight of the matched terms (the lesser of both sides)
  float contained = 0;  ///< share of the lighter side that is matched, 0..1
  float dice = 0;       ///< 2 x matched / sum of both, 0..1
  uint32_t names = 0;   ///< names matched
  uint32_t words = 0;   ///< other terms matched
  uint32_t rare = 0;    ///< of these, rare words that are nearly the same
};

/// Greedy one-to-one matching of terms by their best shared key. O(n x m) for n, m terms.
Likeness likeness(const std::vector<Term>& a, const std::vector<Term>& b);

/// Whether they count the same: the same noun, or persons of which one text says no more.
bool same_unit(const Quantity& a, const Quantity& b);

/// What two passages say in figures.
enum class Figures : uint8_t { kNone, kAgree, kConflict };
/// Whether figures that count the same thing agree; kNone where no two count the same.
Figures compare(const std::vector<Quantity>& a, const std::vector<Quantity>& b);

}  // namespace avstand::story
