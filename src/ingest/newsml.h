// NewsML-G2 (IPTC): news items, packages and messages of several.
#pragma once

#include <string>

#include "ingest/ingest.h"
#include "text/xml_tree.h"

namespace avstand::ingest {

/// Whether the root is one of NewsML-G2's items or its message.
bool is_newsml(const XmlTree& xml);

/// Hands on one item for each newsItem: inlineXML (NITF, XHTML) or inlineData as text, else the
/// description, which is a caption for a picture or video. A package whose items are not beside it
/// is an article of their titles and descriptions. Items that tell no news (concepts, plans,
/// catalogues) are errors that say so. Provider, credit line, info sources, hop history, embargo,
/// version, status, notes and corrections are in Article::agency.
void read_newsml(const XmlTree& xml, const std::string& name, const Options& options,
                 const Patterns& patterns, Run& run, const Emit& emit);

}  // namespace avstand::ingest
