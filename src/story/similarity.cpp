#include "story/similarity.h"

#include <algorithm>
#include <cmath>

#include "story/lexicon.h"

namespace avstand::story {
namespace {

constexpr float kSameUnit = 0.5F;
constexpr float kNearly = 0.8F;      // strength of the key that two rare words share
constexpr float kRare = 0.7F;        // weight from which a word is rare
constexpr double kLeastRounded = 3;  // "two" is seldom said of 1.8

bool equal(const Quantity& a, const Quantity& b) {
  if (a.low <= b.high && b.low <= a.high) return true;
  // "four per cent" of 4.1: rounded to a whole number
  const auto rounds = [](const Quantity& whole, const Quantity& part) {
    return whole.value >= kLeastRounded && whole.value == std::floor(whole.value) &&
           part.value != std::floor(part.value) && std::round(part.value) == whole.value;
  };
  if (rounds(a, b) || rounds(b, a)) return true;
  // a rounded figure: the same to two digits of the rounder one
  const double greater = std::max(std::abs(a.value), std::abs(b.value));
  return std::abs(a.value - b.value) <= 0.02 * greater;
}

/// One bit of 64 for each key: terms without a common bit have no common key. Most pairs have none,
/// and it is quicker to see than to compare (three times, over the making of stories).
uint64_t signature(const Term& term) {
  uint64_t bits = 0;
  for (const Key& k : term.keys) bits |= uint64_t{1} << (k.feature >> 58);
  return bits;
}

}  // namespace

bool same_unit(const Quantity& a, const Quantity& b) {
  if (a.people && b.people && (a.anybody || b.anybody)) return true;
  return match(a.unit, b.unit) >= kSameUnit;
}

Likeness likeness(const std::vector<Term>& a, const std::vector<Term>& b) {
  Likeness out;
  float sum_a = 0, sum_b = 0;
  for (const Term& t : a) sum_a += t.weight;
  for (const Term& t : b) sum_b += t.weight;
  std::vector<uint64_t> left(b.size());  // 0: taken
  for (size_t j = 0; j < b.size(); ++j) left[j] = signature(b[j]);
  for (const Term& t : a) {
    const uint64_t wanted = signature(t);
    float best = kLeastMatch;
    size_t at = b.size();
    for (size_t j = 0; j < b.size(); ++j) {
      if ((left[j] & wanted) == 0) continue;
      const float m = match(t.keys, b[j].keys);
      if (m > best) {
        best = m;
        at = j;
      }
    }
    if (at == b.size()) continue;
    left[at] = 0;
    out.matched += best * std::min(t.weight, b[at].weight);
    const bool names = t.name && b[at].name;
    ++(names ? out.names : out.words);
    out.rare += !names && best >= kNearly && std::min(t.weight, b[at].weight) >= kRare;
  }
  const float lesser = std::min(sum_a, sum_b);
  out.contained = lesser > 0 ? std::min(1.0F, out.matched / lesser) : 0;
  out.dice = sum_a + sum_b > 0 ? std::min(1.0F, 2 * out.matched / (sum_a + sum_b)) : 0;
  return out;
}

Figures compare(const std::vector<Quantity>& a, const std::vector<Quantity>& b) {
  bool agree = false, conflict = false;
  for (const Quantity& x : a)
    for (const Quantity& y : b) {
      if (!x.counts || !y.counts) continue;
      const bool same = same_unit(x, y);
      if (equal(x, y)) {
        // "elleve mann", "elleve evakuerte": people may be called by any noun
        const bool may_be = same || x.unit.empty() || y.unit.empty() || (x.people && y.people);
        agree = agree || (may_be && x.value > 1);
      } else if (same) {
        conflict = true;
      }
    }
  return agree ? Figures::kAgree : conflict ? Figures::kConflict : Figures::kNone;
}

}  // namespace avstand::story
