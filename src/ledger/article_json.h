// An article before anything is read in it, as JSON: what ingest found in a page or a feed.
#pragma once

#include <string>

#include "document/article.h"

namespace avstand::ledger {

/// One object on one line: id, url, headline, lede, articleBody, bylines, dates, outlet, language,
/// stub, blocks with their bytes in the file, links. articleBody is the article's own text,
/// paragraphs parted by an empty line; headline, lede, captions and bylines are not in it.
/// docs/formats.md has the fields.
std::string to_json(const Article& article);

}  // namespace avstand::ledger
