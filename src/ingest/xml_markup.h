// Mark-up inside XML (XHTML, NITF) as HTML that the reader of pages takes.
#pragma once

#include <string>
#include <string_view>

#include "text/xml_tree.h"

namespace avstand::ingest {

/// What stands in an element, in order, as HTML. Elements of NITF become their kin: hl1, hl2 and
/// title a heading, media-caption a caption; what is no element of text is left out.
std::string inner_html(const XmlTree& xml, uint32_t node);

}  // namespace avstand::ingest
