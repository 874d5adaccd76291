// Links the persons of an article to what we know of their offices.
#pragma once

#include "document/article.h"
#include "entity/entities.h"
#include "entity/resolve.h"

namespace avstand::entity {

/// Sets `qid` and adds the known roles (`stated` false) of persons whom we know for certain.
/// O(persons × entities).
void link_people(const Article& article, const Knowledge::Impl& knowledge, EntityLayer& layer);

}  // namespace avstand::entity
