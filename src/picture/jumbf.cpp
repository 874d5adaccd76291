#include "picture/jumbf.h"

#include "picture/iso_boxes.h"

namespace avstand::picture {
namespace {

constexpr size_t kLabelAt = 17;        // behind type (16 bytes) and toggles
constexpr uint8_t kHasLabel = 1 << 1;  // of the toggles

std::string_view label_of(std::string_view description) {
  const uint64_t toggles = number_at(description, kLabelAt - 1, 1).value_or(0);
  if ((toggles & kHasLabel) == 0) return {};
  const std::string_view rest = piece(description, kLabelAt, description.size());
  return rest.substr(0, rest.find('\0'));
}

}  // namespace

std::vector<JumbfBox> superboxes(std::string_view boxes, const Limits& limits) {
  std::vector<JumbfBox> out;
  IsoBoxes walk(boxes, limits.max_parts);
  while (const auto box = walk.next()) {
    if (box->type != "jumb") continue;
    IsoBoxes inside(box->data, 1);
    const auto description = inside.next();
    if (!description || description->type != "jumd") continue;
    out.push_back({label_of(description->data), inside.rest()});
  }
  return out;
}

ContentBox content_box(std::string_view boxes, std::string_view type, const Limits& limits) {
  IsoBoxes walk(boxes, limits.max_parts);
  while (const auto box = walk.next())
    if (box->type == type) return {box->type, box->data};
  return {};
}

}  // namespace avstand::picture
