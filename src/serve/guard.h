// Who may ask: a server on this machine is reachable by every page that a browser on it shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "serve/http.h"

namespace avstand::serve {

/// Refuses
///  - a Host that is none of `hosts` (names or addresses without port; v6 without brackets): a
///    foreign name that was made to point to this machine (DNS rebinding) -> 421;
///  - a request that another site's page makes and that could change or cost something, by its
///    Origin or Sec-Fetch-Site (cross-site request forgery; Fetch Metadata, W3C) -> 403.
/// Nothing: let it through.
std::optional<Response> refuse(const Request& request, const std::vector<std::string>& hosts);

}  // namespace avstand::serve
