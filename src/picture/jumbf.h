// JUMBF (ISO 19566-5): labelled boxes in boxes, in which a C2PA manifest store is written.
#pragma once

#include <string_view>
#include <vector>

#include "picture/limits.h"

namespace avstand::picture {

/// A superbox ("jumb"): its label, and what is in it behind its description.
struct JumbfBox {
  std::string_view label;
  std::string_view content;  ///< boxes
};

/// A box that is no superbox: "cbor", "json", "brob" …
struct ContentBox {
  std::string_view type;
  std::string_view data;
};

/// The superboxes that stand in a stretch of boxes, in their order; what is broken ends the walk.
std::vector<JumbfBox> superboxes(std::string_view boxes, const Limits& limits);
/// The first other box of that type; its data empty where there is none.
ContentBox content_box(std::string_view boxes, std::string_view type, const Limits& limits);

}  // namespace avstand::picture
