#include <fmt/format.h>

#include "ingest/bytes.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"

namespace avstand::ingest {

Result<Article> read_plain_text(std::string_view bytes, const std::string& name,
                                const Options& options, const Patterns& patterns) {
  const auto located = [&](Error error) { return std::move(error).in(name); };
  if (bytes.size() > options.max_bytes || bytes.size() > UINT32_MAX)
    return located({.code = ErrorCode::kLimit,
                    .message = fmt::format("larger than {} bytes", options.max_bytes),
                    .hint = "raise --max-bytes"});
  if (bytes.empty()) return located({.code = ErrorCode::kInput, .message = "the file is empty"});
  if (auto status = check_bytes(bytes, 0); !status) return located(std::move(status).error());
  const auto signature =
      static_cast<uint32_t>(bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  bytes.remove_prefix(signature);
  if (is_empty_text(bytes))
    return located({.code = ErrorCode::kInput, .message = "the text is empty"});

  Article article;
  article.id = name;
  article.text = bytes;
  fill_gaps(article, options);
  find_blocks(article, patterns);
  for (Block& block : article.blocks)
    block.source_bytes = Span{block.span.begin + signature, block.span.end + signature};
  return article;
}

}  // namespace avstand::ingest
