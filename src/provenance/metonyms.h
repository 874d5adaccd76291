// Capitals that speak for their governments.
#pragma once

#include "attribution/attributions.h"
#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand::provenance {

/// The layer, where the capitals that are sources of attributions are their governments: those
/// mentions are metonyms, and the entity's profile is a government's. O(entities + attributions).
EntityLayer with_metonyms(const Analysis& analysis, const EntityLayer& entities,
                          const AttributionLayer& attributions);

}  // namespace avstand::provenance
