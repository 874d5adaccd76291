#include "document/article.h"

#include <array>

namespace avstand {

std::string_view to_string(BlockKind kind) {
  constexpr std::array<std::string_view, 10> kNames = {
      "headline", "lede",     "paragraph", "subheading", "caption",
      "byline",   "dateline", "credit",    "list",       "quote"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace avstand
