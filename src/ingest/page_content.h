// Which runs of a page are its article, and what part each plays.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/article.h"
#include "ingest/page_outline.h"

namespace avstand::ingest {

/// A block of the article.
struct PageBlock {
  BlockKind kind = BlockKind::kParagraph;
  std::string text;
  uint32_t first = 0;  ///< text nodes [first, last]
  uint32_t last = 0;
};

struct PageContent {
  std::vector<PageBlock> blocks;  ///< in document order; the headline only if it was found
  bool paywall = false;           ///< a wall stands where the rest would
  bool cookie_wall = false;       ///< what asks for consent is at least as long as what is left
};

/// What is known of the page from its metadata and helps to find the article in it.
struct PageHints {
  std::string_view title;  ///< headline as the metadata give it
  std::string_view body;   ///< articleBody of JSON-LD
};

/// The part that a run plays by the elements it stands in.
BlockKind run_kind(const TextRun& run);

/// Every run of a fragment that is an article's text and nothing else, as in feeds.
std::vector<PageBlock> all_blocks(const HtmlTree& tree, const PageRules& rules);

/// O(nodes + runs x depth).
PageContent find_content(const HtmlTree& tree, const PageOutline& page, const PageRules& rules,
                         const PageHints& hints);

}  // namespace avstand::ingest
