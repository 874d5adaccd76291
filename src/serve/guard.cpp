#include "serve/guard.h"

#include <algorithm>

namespace avstand::serve {
namespace {

/// "localhost:8700" -> "localhost", "[::1]:8700" -> "::1".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const size_t end = host.find(']');
    return end == std::string_view::npos ? std::string_view() : host.substr(1, end - 1);
  }
  return host.substr(0, host.find(':'));
}

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return std::tolower(x) == std::tolower(y); });
}

/// Whether the page that asks is one of ours.
bool from_elsewhere(const Request& request) {
  // Told by the browser itself, so it decides; the Origin of our own form is "null" where the page
  // gives no referrer.
  const std::string_view site = request.header("sec-fetch-site");
  if (!site.empty()) return site != "same-origin" && site != "none";
  std::string_view origin = request.header("origin");
  if (origin.empty()) return false;  // not a browser, or an old one on our own page
  const size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;  // "null" too
  return !same_letters(origin.substr(scheme + 3), request.header("host"));
}

}  // namespace

std::optional<Response> refuse(const Request& request, const std::vector<std::string>& hosts) {
  const std::string_view host = without_port(request.header("host"));
  const bool known =
      std::any_of(hosts.begin(), hosts.end(), [&](const auto& h) { return same_letters(h, host); });
  if (!known) {
    return error_response(421, "this server does not answer for that host",
                          "start it with --host NAME if the name is right");
  }
  const bool harmless = request.method == "GET" || request.method == "HEAD";
  if (!harmless && from_elsewhere(request)) {
    return error_response(403, "a page from another site may not ask this");
  }
  return std::nullopt;
}

}  // namespace avstand::serve
