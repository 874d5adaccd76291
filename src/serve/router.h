// Which handler answers which path.
#pragma once

#include <string>
#include <vector>

#include "serve/http.h"

namespace avstand::serve {

struct Route {
  std::string method;  ///< "GET" answers HEAD too
  std::string path;    ///< exact
  Handler handler;
};

/// Const after construction, used by all workers.
class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}
  const std::vector<Route>& routes() const { return routes_; }
  /// The handler's answer; 404 where no route has the path, 405 with Allow where none has the
  /// method.
  Response handle(const Request& request) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace avstand::serve
