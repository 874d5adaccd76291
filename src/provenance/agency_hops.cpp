// The hands that an agency's metadata name: hop history of NewsML-G2, media among the information
// sources of ninjs.
// What the article attributes has passed through them on its way from the last hand of the text to
// this outlet. The outlet's own words stay its own.
#include "provenance/context.h"

namespace avstand::provenance {
namespace {

/// The text does not name it, or not as a hand: it is not explicit and has no words.
ledger::Hop hop_of(const Context& c, const std::string& name) {
  ledger::Hop hop;
  hop.name = name;
  if (const EntityId id = c.named(name); id != kNoEntity) {
    hop.entity = id;
    hop.name = c.hop_name(id);
  }
  return hop;
}

void carry_on(const Context& c, Draft& d) {
  const size_t before = d.out.chain.size();
  for (const std::string& name : c.hands)
    if (!c.is_outlet(name)) append_hop(d.out.chain, hop_of(c, name));
  if (d.out.chain.size() == before) return;
  d.out.distance = static_cast<uint32_t>(d.out.chain.size());
  add_why(c, d, "chain.agency_hops", {d.anchor, d.anchor + 1});
}

}  // namespace

void add_agency_hops(Context& c) {
  for (Draft& d : c.drafts)
    if (d.attribution != nullptr && d.attribution->quote != QuoteType::kScare && !d.by_outlet &&
        !d.out.chain.empty())
      carry_on(c, d);
}

}  // namespace avstand::provenance
