// The beginning of a chain: whose words an attribution holds.
#pragma once

#include <optional>
#include <vector>

#include "provenance/context.h"

namespace avstand::provenance {

using Hops = std::vector<ledger::Hop>;

/// A hop of the entity, explicit where words name it; kNoEntity gives one that is unnamed.
ledger::Hop make_hop(const Context& c, EntityId id, std::optional<Span> span);

/// The hop of a captured mention, by its words where the entity layer does not know it.
ledger::Hop relay_of(const Context& c, const Capture& capture);

/// The origin that the source words of the draft mean, with the relays that its cue names ("is
/// quoted by X"); an unnamed one where there are no source words. Never empty. Sets why and, for a
/// coordination of sources, the speaker; the ledger gets an entity for the group.
Hops find_origin(Context& c, Draft& d);

}  // namespace avstand::provenance
