#include "report/shares.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "ledger/characters.h"
#include "report/view.h"

namespace avstand::report {
namespace {

using ledger::Statement;

constexpr size_t kNobody = std::numeric_limits<size_t>::max();

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Whether there is a letter or digit in it: outside ASCII all but the signs of Latin-1 and the
/// blocks of punctuation and symbols (U+2000 to U+2BFF, U+3000 to U+303F).
bool is_word(std::string_view piece) {
  constexpr char32_t kTimes = 0xD7, kDivided = 0xF7;
  for (size_t at = 0; at < piece.size();) {
    const ledger::DecodedCharacter d = ledger::decode_character(piece, at);
    const char32_t c = d.value;
    at += d.size;
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) return true;
    const bool sign = c < 0xC0 || c == kTimes || c == kDivided || (c >= 0x2000 && c < 0x2C00) ||
                      (c >= 0x3000 && c < 0x3040);
    if (!sign) return true;
  }
  return false;
}

/// The shortest statement over each byte.
std::vector<size_t> owners(const ledger::Ledger& ledger) {
  std::vector<size_t> owner(ledger.document.text.size(), kNobody);
  std::vector<uint32_t> length(owner.size(), std::numeric_limits<uint32_t>::max());
  for (size_t i = 0; i < ledger.statements.size(); ++i) {
    const Statement& s = ledger.statements[i];
    if (!is_attribution(s) || is_bare_scare(s)) continue;
    uint32_t size = 0;
    for (const Span span : s.content) size += span.end - span.begin;
    for (const Span span : s.content)
      for (size_t at = span.begin; at < std::min<size_t>(span.end, owner.size()); ++at)
        if (size < length[at]) {
          length[at] = size;
          owner[at] = i;
        }
  }
  return owner;
}

}  // namespace

std::vector<uint32_t> apportioned(uint32_t total, const std::vector<uint64_t>& weights) {
  const uint64_t sum = std::accumulate(weights.begin(), weights.end(), uint64_t{0});
  std::vector<uint32_t> out(weights.size());
  if (sum == 0) return out;
  std::vector<size_t> order(weights.size());
  std::iota(order.begin(), order.end(), size_t{0});
  uint32_t given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    out[i] = static_cast<uint32_t>(total * weights[i] / sum);
    given += out[i];
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return total * weights[a] % sum > total * weights[b] % sum;
  });
  for (size_t i = 0; given < total; ++i, ++given) ++out[order[i]];
  return out;
}

std::vector<uint64_t> words_of_statements(const ledger::Ledger& ledger) {
  const std::string& text = ledger.document.text;
  const std::vector<size_t> owner = owners(ledger);
  std::vector<uint64_t> out(ledger.statements.size());
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && !is_space(text[end])) ++end;
    // The first letter may stand before the statement does: an opening quotation mark.
    const auto first = std::find_if(owner.begin() + static_cast<ptrdiff_t>(at),
                                    owner.begin() + static_cast<ptrdiff_t>(end),
                                    [](size_t o) { return o != kNobody; });
    if (first != owner.begin() + static_cast<ptrdiff_t>(end) &&
        is_word(std::string_view(text).substr(at, end - at)))
      ++out[*first];
    at = end + 1;
  }
  return out;
}

std::optional<uint32_t> origin_of(const Statement& s) {
  if (s.chain.empty() || s.chain.front().name == "unnamed") return std::nullopt;
  return s.chain.front().entity;
}

std::vector<std::pair<std::optional<uint32_t>, uint32_t>> words_by_origin(
    const ledger::Ledger& ledger) {
  uint32_t attributed = 0;
  for (const auto& [distance, words] : ledger.summary.words_by_distance)
    if (distance > 0) attributed += words;
  if (attributed == 0) return {};
  const std::vector<uint64_t> counts = words_of_statements(ledger);
  std::map<std::optional<uint32_t>, uint64_t> by_origin;
  for (size_t i = 0; i < counts.size(); ++i)
    if (counts[i] > 0) by_origin[origin_of(ledger.statements[i])] += counts[i];
  if (by_origin.empty()) by_origin[std::nullopt] = 1;  // words at a distance, and no statement
  std::vector<std::optional<uint32_t>> origins;
  std::vector<uint64_t> weights;
  for (const auto& [origin, words] : by_origin) {
    origins.push_back(origin);
    weights.push_back(words);
  }
  const std::vector<uint32_t> words = apportioned(attributed, weights);
  std::vector<std::pair<std::optional<uint32_t>, uint32_t>> out;
  out.reserve(words.size());
  for (size_t i = 0; i < words.size(); ++i) out.emplace_back(origins[i], words[i]);
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return out;
}

}  // namespace avstand::report
