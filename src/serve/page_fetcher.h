// Pages that somebody wants read by their address: fetched only where the server was told that it
// may.
#pragma once

#include <functional>
#include <string>
#include <variant>

#include "base/result.h"
#include "fetch/fetch.h"
#include "serve/http.h"

namespace avstand::serve {

/// Gives the page at an address; empty where nothing may be fetched.
using Fetcher = std::function<Result<fetch::Page>(const std::string& url)>;

/// Why there is no page, as a status and a key of the interface or a sentence.
struct NotFetched {
  unsigned status = 502;
  std::string message = {};
};

/// The page, or why not: 403 nothing is fetched here; 400 no address, or not one of the public web;
/// 415 it holds no article; 502 it cannot be had.
std::variant<fetch::Page, NotFetched> fetch_page(const Fetcher& fetcher, const std::string& url);

/// Whether a body of this media type can hold articles at all; what it is decides its content.
bool may_hold_articles(const std::string& type);

/// Whether the answer waits for machines elsewhere, so that it must keep no others waiting.
bool waits_outside(const Request& request);

}  // namespace avstand::serve
