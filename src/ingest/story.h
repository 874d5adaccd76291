// A story as feeds and agency formats carry it, before it is an article: fields that may hold
// mark-up, in UTF-8.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ingest/ingest.h"

namespace avstand::ingest {

struct Story {
  std::string id;
  std::string title;
  std::string lede;
  std::string body;
  bool body_is_html = false;
  bool is_picture = false;  ///< the body is what stands under it
  std::string url, outlet, language, published, modified;
  std::vector<std::string> bylines;
  AgencyInfo agency;
};

/// Makes the article: title, lede, body; mark-up becomes blocks, plain text is read as such. A
/// story without any text is an error.
Result<Article> make_article(Story story, const Options& options, const Patterns& patterns);

/// Text of a field that may hold character references and tags.
std::string plain_field(std::string_view html);

}  // namespace avstand::ingest
