// Whom the source words mean, where more than the mention itself tells.
#pragma once

#include <vector>

#include "attribution/attributions.h"
#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand {

/// In direct speech one is "I" to himself: "… Vik lyver, sier han" is not said by Vik. Where a
/// pronoun was taken for somebody whom the speech itself speaks of, the one who spoke last before
/// speaks, or nobody is known. `all` in text order.
void correct_pronouns(const Analysis& analysis, const EntityLayer& entities,
                      std::vector<Attribution>& all);

}  // namespace avstand
