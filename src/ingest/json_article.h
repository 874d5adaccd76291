// One JSON object to one article.
#pragma once

#include <string_view>

#include "ingest/ingest.h"

namespace avstand::ingest {

/// Reads an object with the keys id, text and, as far as it has them, title, outlet, published,
/// language and url. `base` is the offset of bytes[0] in the file. A double key, a wrong type, a
/// missing key, nesting over 64 and everything that is no JSON are errors with their offset; other
/// keys are skipped with a remark. O(bytes), no recursion.
Result<Article> read_json_article(std::string_view bytes, uint64_t base, const Options& options,
                                  const Patterns& patterns, Run& run);

}  // namespace avstand::ingest
