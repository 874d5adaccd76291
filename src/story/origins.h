// Where the claims of a story come from: chains resolved over all its articles.
#pragma once

#include "story/names.h"
#include "story/stories.h"

namespace avstand::story {

/// Fills chain, resolved chain and origin of every mention, and the counts of every claim.
/// Unknown fails closed: a source without a name is never an independent origin.
void resolve_origins(Story& story, const Names& names);

/// Articles whose outlets rest on each other in a ring, in order of publication.
std::vector<std::vector<uint32_t>> find_circles(const Story& story);

}  // namespace avstand::story
