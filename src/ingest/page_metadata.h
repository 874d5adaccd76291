// What a page says about itself: JSON-LD, microdata, OpenGraph and other <meta>, <time>, <title>.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/html_tree.h"

namespace avstand::ingest {

struct PageMetadata {
  std::optional<std::string> title, description, outlet, url, language;
  std::optional<std::string> main_page;            ///< of JSON-LD; url where nothing better is said
  std::optional<std::string> published, modified;  ///< RFC 3339 or a date
  std::vector<std::string> authors;
  std::string body;              ///< articleBody, where JSON-LD has one
  bool for_subscribers = false;  ///< isAccessibleForFree is false
};

/// The first source that says something wins, in the order above. Broken JSON-LD is mended where
/// only control characters or trailing commas break it, and else passed over. `base`: where the
/// page was had from, if that is known; addresses that are not whole are made so with it, or with
/// another that the page gives. O(nodes + text).
PageMetadata read_metadata(const HtmlTree& tree, std::string_view base = {});

/// Takes what a JSON-LD script says into `out`, where it has nothing yet.
void read_json_ld(std::string_view json, PageMetadata& out);

/// A date in one of the forms that pages and feeds write, as RFC 3339 or YYYY-MM-DD: ISO 8601 with
/// or without zone, RFC 822. nullopt: none, or no real date.
std::optional<std::string> normal_date(std::string_view text);

/// White space collapsed, ends trimmed; invalid UTF-8 and control characters gone.
std::string clean_text(std::string_view text);

/// An absolute address from one that may be relative to the page's; empty: no web address.
std::string absolute_url(std::string_view url, std::string_view base);

}  // namespace avstand::ingest
