// Which picture of a page stands over which caption.
#pragma once

#include <string_view>
#include <vector>

#include "base/deadline.h"
#include "document/article.h"
#include "ingest/html_tree.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

/// A caption of the article.
struct PageCaption {
  uint32_t block = 0;  ///< of the article
  uint32_t node = 0;   ///< its first stretch of text
};

/// Where in the page the article is, and which captions it has.
struct ArticlePlace {
  std::vector<PageCaption> captions;
  uint32_t first = 0, last = 0;  ///< its first and last stretches of text
};

/// One picture for each caption that has one near: in the smallest element around the caption that
/// holds a picture and no other caption, the last before it, else the first behind it. A picture
/// that the page itself holds ("data:") is read; of others the addresses are kept, made absolute
/// with `base`. Then the other pictures between the article's first and last words, without a
/// block; not those that lead to other pages. Once the deadline has passed, none is read any more.
/// O(pictures x depth x log(pictures)).
std::vector<ArticlePicture> page_pictures(const HtmlTree& tree, const ArticlePlace& article,
                                          std::string_view base, const Options& options,
                                          const Deadline& deadline);

/// An address in a page whose own address is `base`, without fragment; empty: none of the web.
std::string page_address(std::string_view url, std::string_view base);

}  // namespace avstand::ingest
