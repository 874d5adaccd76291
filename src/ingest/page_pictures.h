// Which picture of a page stands over which caption.
#pragma once

#include <string_view>
#include <vector>

#include "document/article.h"
#include "ingest/html_tree.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

/// A caption of the article.
struct PageCaption {
  uint32_t block = 0;  ///< of the article
  uint32_t node = 0;   ///< its first stretch of text
};

/// One picture for each caption that has one near: in the smallest element around the caption that
/// holds a picture and no other caption, the last before it, else the first behind it. A picture
/// that the page itself holds ("data:") is read; of others the addresses are kept, made absolute
/// with `base`. O(captions x depth x log(pictures)).
std::vector<ArticlePicture> page_pictures(const HtmlTree& tree,
                                          const std::vector<PageCaption>& captions,
                                          std::string_view base, const Options& options);

/// An address in a page whose own address is `base`, without fragment; empty: none that a picture
/// may be had from.
std::string picture_address(std::string_view url, std::string_view base);

}  // namespace avstand::ingest
