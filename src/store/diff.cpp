#include "store/diff.h"

#include <algorithm>
#include <iterator>

#include "store/record.h"
#include "text/utf8.h"

namespace avstand::store {
namespace {

constexpr double kShareOfWords = 2.0 / 3;

struct Side {
  std::vector<Told> told;
  std::vector<std::vector<std::string>> words;  // sorted, lower case
  std::vector<bool> met;
};

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out(1);
  for (const char c : lower_case(text)) {
    const bool letter = (c & 0x80) != 0 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter)
      out.back() += c;
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  std::sort(out.begin(), out.end());
  return out;
}

Result<Side> side_of(std::string_view ledger) {
  AVSTAND_TRY(rows, rows_of(ledger));
  Side side;
  for (const StatementRow& s : rows.statement_rows) {
    side.words.push_back(words_of(s.content));
    side.told.push_back({s.content, s.chain.value_or("")});
  }
  side.met.resize(side.told.size());
  return side;
}

double alike(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::vector<std::string> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return static_cast<double>(both.size()) / static_cast<double>(std::max(a.size(), b.size()));
}

/// The statement of `before` that statement `i` of `after` is, or none.
std::optional<size_t> match(const Side& before, const Side& after, size_t i) {
  std::optional<size_t> best;
  double most = 0;
  for (size_t k = 0; k < before.told.size(); ++k) {
    if (before.met[k]) continue;
    double share = alike(before.words[k], after.words[i]);
    if (share < kShareOfWords) continue;
    // Of two with the same words, the one with the same source.
    if (before.told[k].chain == after.told[i].chain) share += 1;
    if (share > most) most = share, best = k;
  }
  return best;
}

}  // namespace

Result<Changes> diff(std::string_view before, std::string_view after) {
  AVSTAND_TRY(old_side, side_of(before));
  AVSTAND_TRY(new_side, side_of(after));
  Changes out;
  for (size_t i = 0; i < new_side.told.size(); ++i) {
    const auto k = match(old_side, new_side, i);
    if (!k) {
      ++out.added;
      out.all.push_back({std::nullopt, new_side.told[i]});
      continue;
    }
    old_side.met[*k] = true;
    if (old_side.told[*k].chain == new_side.told[i].chain) continue;
    ++out.resourced;
    out.all.push_back({old_side.told[*k], new_side.told[i]});
  }
  for (size_t k = 0; k < old_side.told.size(); ++k) {
    if (old_side.met[k]) continue;
    ++out.dropped;
    out.all.push_back({old_side.told[k], std::nullopt});
  }
  return out;
}

}  // namespace avstand::store
