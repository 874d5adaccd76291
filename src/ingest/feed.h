// RSS 0.9 to 2.0, RDF and Atom: one article for each item.
#pragma once

#include <string>
#include <string_view>

#include "ingest/ingest.h"

namespace avstand::ingest {

/// Whether bytes begin as an XML document does, or the name says so and they begin with a tag.
bool looks_like_xml(std::string_view bytes, std::string_view name);

/// Hands on one item for every entry of a feed, in its order. XML that is no feed is one error
/// that says what it is.
void read_xml(std::string_view bytes, const std::string& name, const Options& options,
              const Patterns& patterns, Run& run, const Emit& emit);

}  // namespace avstand::ingest
