// "The reports could not be verified", "journalists were not let in": the outlet's own remarks on
// checking, which nobody is quoted for.
#include <algorithm>
#include <array>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

constexpr std::array kRemarks = {Marker::kUnverified, Marker::kNoAccess, Marker::kChecked};

bool is_remark(const Context& c, const Attribution& a) {
  if (!a.source.empty() || a.cue_head == kNoWord || a.quote == QuoteType::kScare) return false;
  const WordRange sentence = c.analysis.sentence(a.cue_head).words;
  return std::any_of(kRemarks.begin(), kRemarks.end(), [&](Marker marker) {
    const auto matches = c.find(marker, sentence);
    return std::any_of(matches.begin(), matches.end(),
                       [&](const Match& m) { return m.words.contains(a.cue_head); });
  });
}

}  // namespace

/// Takes out attributions without a source whose cue is such a remark; what stood in one stands in
/// its parent.
void drop_remarks(const Context& c, AttributionLayer& layer) {
  auto& all = layer.attributions;
  std::vector<AttributionId> now(all.size(), kNoAttribution);
  std::vector<Attribution> kept;
  std::vector<bool> dropped(all.size());
  for (size_t i = 0; i < all.size(); ++i) {
    dropped[i] = is_remark(c, all[i]);
    if (dropped[i]) continue;
    now[i] = static_cast<AttributionId>(kept.size());
    kept.push_back(all[i]);
  }
  for (Attribution& a : kept) {
    while (a.parent != kNoAttribution && dropped[a.parent]) a.parent = all[a.parent].parent;
    if (a.parent != kNoAttribution) a.parent = now[a.parent];
  }
  all = std::move(kept);
}

}  // namespace avstand::provenance
