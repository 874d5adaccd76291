// JSON that others write: ninjs 1 to 3 (agencies), JSON Feed, trafilatura and fundus (scrapers).
#pragma once

#include <string>
#include <string_view>

#include "ingest/ingest.h"

namespace avstand::ingest {

/// Reads one JSON value if it is in a format known here, and hands on its articles; false: it is
/// in none of them, and nothing was handed on.
bool read_foreign_json(std::string_view json, const std::string& name, const Options& options,
                       const Patterns& patterns, Run& run, const Emit& emit);

}  // namespace avstand::ingest
