#include <fmt/format.h>

#include "ingest/ingest.h"
#include "text/utf8.h"

namespace avstand::ingest {

Error at_article(Error error, const Article& article, const std::string& input,
                 std::optional<uint64_t> line) {
  constexpr size_t kLongestId = 80;
  error.line = line;
  if (article.capture) error.offset = article.capture->offset;
  if (article.capture || article.id == input) return std::move(error).in(article.id);
  error.message = fmt::format("'{}' {}", utf8_prefix(article.id, kLongestId), error.message);
  return std::move(error).in(input);
}

}  // namespace avstand::ingest
