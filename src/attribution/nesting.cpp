#include "attribution/nesting.h"

#include <algorithm>

#include "attribution/phrases.h"

namespace avstand {
namespace {

/// The innermost other attribution whose content holds the cue (or, without one, the content).
/// Sorted by text order, an outer one comes before its inner ones; the look-back is bounded.
void set_parents(std::vector<Attribution>& all) {
  constexpr size_t kLookBack = 64;
  for (size_t i = 0; i < all.size(); ++i) {
    const WordId anchor =
        all[i].cue_head != kNoWord ? all[i].cue_head : all[i].content.front().begin;
    uint32_t best = UINT32_MAX;
    const size_t from = i > kLookBack ? i - kLookBack : 0, to = std::min(all.size(), i + kLookBack);
    for (size_t k = from; k < to; ++k) {
      if (k != i && all[i].outer_cue != kNoWord && all[k].cue_head == all[i].outer_cue) {
        all[i].parent = static_cast<AttributionId>(k);
        break;
      }
      if (k == i || all[i].outer_cue != kNoWord || all[k].quote == QuoteType::kScare ||
          !contains(all[k].content, anchor))
        continue;
      const uint32_t size = count_words(all[k].content);
      if (size < best && size > (all[i].cue_head == kNoWord ? count_words(all[i].content) : 0)) {
        best = size;
        all[i].parent = static_cast<AttributionId>(k);
      }
    }
  }
}

/// Two contents may each hold the other's cue (a sentence that the tree has misread). Of such a
/// circle the longest content is the outermost.
void break_circles(std::vector<Attribution>& all) {
  constexpr uint32_t kNobody = UINT32_MAX;
  std::vector<uint32_t> seen_from(all.size(), kNobody);  // whose walk came by here first
  for (uint32_t start = 0; start < all.size(); ++start) {
    uint32_t at = start;
    while (seen_from[at] == kNobody && all[at].parent != kNoAttribution) {
      seen_from[at] = start;
      at = all[at].parent;
    }
    if (seen_from[at] != start) continue;
    uint32_t longest = at;
    for (uint32_t i = all[at].parent; i != at; i = all[i].parent)
      if (count_words(all[i].content) > count_words(all[longest].content)) longest = i;
    all[longest].parent = kNoAttribution;
  }
}

}  // namespace

void nest(std::vector<Attribution>& all) {
  set_parents(all);
  break_circles(all);
}

}  // namespace avstand
