// Which attribution stands inside which.
#pragma once

#include <vector>

#include "attribution/attributions.h"

namespace avstand {

/// Sets `parent` of attributions that are in text order: the innermost other one whose content
/// holds the cue (or, without one, the content), or the one that the frame itself names. Following
/// parents always ends.
void nest(std::vector<Attribution>& all);

}  // namespace avstand
