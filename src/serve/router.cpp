#include "serve/router.h"

namespace avstand::serve {

Response Router::handle(const Request& request) const {
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  std::string allowed;
  for (const Route& route : routes_) {
    if (route.path != request.path) continue;
    if (route.method == method) return route.handler(request);
    if (!allowed.empty()) allowed += ", ";
    allowed += route.method == "GET" ? "GET, HEAD" : route.method;
  }
  if (allowed.empty()) return error_response(404, "there is nothing at this path");
  Response response = error_response(405, "this path does not take " + request.method);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace avstand::serve
