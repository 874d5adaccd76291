// Saved questions as lines of a dump. Articles go by their keys, which last.
#pragma once

#include <functional>
#include <string>

#include "store/archive.h"

namespace avstand::store {

/// Nothing for an archive that has none, or is of a schema without them.
Status dump_watches(Archive& archive, const std::function<void(const std::string& line)>& line);

bool is_watch(std::string_view line);
/// Keeps the question unless it is there already as it is. Places in articles that the archive
/// lacks are left out.
Status restore_watch(Archive& archive, std::string_view line);

}  // namespace avstand::store
