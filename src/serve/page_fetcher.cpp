#include "serve/page_fetcher.h"

namespace avstand::serve {

bool may_hold_articles(const std::string& type) {
  return type.empty() || type.starts_with("text/") || type.ends_with("json") ||
         type.ends_with("xml") || type == "application/octet-stream" ||
         type == "application/x-www-form-urlencoded";  // what curl --data-binary says of anything
}

bool waits_outside(const Request& request) {
  return request.path == "/fetch" || request.path == "/api/fetch";
}

std::variant<fetch::Page, NotFetched> fetch_page(const Fetcher& fetcher, const std::string& url) {
  if (!fetcher) return NotFetched{403, "serve.fetch.off"};
  if (url.empty()) return NotFetched{400, "serve.fetch.none"};
  auto page = fetcher(url);
  if (!page)
    return NotFetched{page.error().code == ErrorCode::kUsage ? 400U : 502U, page.error().message};
  if (!may_hold_articles(page->type))
    return NotFetched{415, "a page of the type " + page->type + " holds no article"};
  return std::move(*page);
}

}  // namespace avstand::serve
