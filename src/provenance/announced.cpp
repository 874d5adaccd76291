// What a headline or lede says without a source is told with one further down: it goes back there.
#include <algorithm>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kTopBlocks = 4;  // headline, lede, a caption between
constexpr size_t kLeastShared = 2;  // stems
constexpr double kShareShared = 0.6;
constexpr uint32_t kMost = 8;  // such statements; each is held against all others

/// Nobody is named for it, and it is no charge or ruling, whose author goes without saying.
bool lacks_source(const Draft& d) {
  const Attribution& a = *d.attribution;
  return a.source.empty() && !d.by_outlet && a.quote != QuoteType::kScare &&
         a.act != Act::kDecree && d.parent == kNone;
}

bool tells_source(const Context& c, const Draft& d) {
  return d.attribution && !d.attribution->source.empty() &&
         d.attribution->quote != QuoteType::kScare && d.attribution->act != Act::kDeny &&
         !d.out.chain.empty() && c.knows(d.origin()) && c.entity(d.origin()).named;
}

}  // namespace

/// Gives such statements the chain of the one further down that says the same.
void announce_origins(Context& c) {
  const auto count = static_cast<uint32_t>(c.attributions.attributions.size());
  uint32_t left = kMost;
  for (uint32_t i = 0; i < count && left > 0; ++i) {
    Draft& d = c.drafts[i];
    if (d.block >= kTopBlocks || !lacks_source(d)) continue;
    const BlockKind kind = c.article.blocks[d.block].kind;
    if (kind != BlockKind::kHeadline && kind != BlockKind::kLede && kind != BlockKind::kQuote)
      continue;
    --left;
    const auto stems = content_stems(c, d.attribution->content);
    size_t best = 0;
    const Draft* told = nullptr;
    for (uint32_t j = 0; j < count; ++j) {
      const Draft& below = c.drafts[j];
      if (below.block <= d.block || !tells_source(c, below)) continue;
      const size_t common = shared(stems, content_stems(c, below.attribution->content));
      if (common > best) best = common, told = &below;
    }
    if (told == nullptr || best < kLeastShared ||
        static_cast<double>(best) < kShareShared * static_cast<double>(stems.size()))
      continue;
    d.out.chain = told->out.chain;
    for (ledger::Hop& hop : d.out.chain) hop.explicit_ = false;
    d.out.distance = told->out.distance;
    d.speaker = told->speaker;
    d.out.speaker = told->out.speaker;
    add_why(c, d, "chain.announced", told->attribution->source.front());
  }
}

}  // namespace avstand::provenance
