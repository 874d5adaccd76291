// One HTML page to one article.
#pragma once

#include <string>
#include <string_view>

#include "base/deadline.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

/// Whether bytes begin as a page does (WHATWG MIME Sniffing, 7.1, and elements of HTML 5), or the
/// name says so and they begin with a tag.
bool looks_like_html(std::string_view bytes, std::string_view name);

/// Finds headline, lede, text, captions, bylines, dates, outlet, links. The text is the blocks
/// joined by an empty line; source_bytes are those of the file, whatever its encoding. A page
/// without an article, undecodable bytes and limits passed are errors; the time is looked at
/// between steps.
Result<Article> read_html_article(std::string_view bytes, const std::string& name,
                                  const Options& options, const Patterns& patterns, Run& run,
                                  const Deadline& deadline);

}  // namespace avstand::ingest
