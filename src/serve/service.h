// What the server answers: articles in, ledgers and pages out. Paths and bodies are described by
// data/serve/openapi.json, which a test holds against routes().
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "serve/archive_service.h"
#include "serve/metrics.h"
#include "serve/page_fetcher.h"
#include "serve/router.h"

namespace avstand::serve {

struct ServiceOptions {
  std::string data_dir, model_dir;
  size_t max_article_bytes = 2'000'000;
  size_t max_articles = 200;  ///< of one request: a feed or JSON Lines
  Fetcher fetch = {};         ///< empty: nothing is fetched
  ArchiveOptions archive = {};
};

/// Models and rules, loaded once; const but for its counters, used by all workers.
class Service {
 public:
  static Result<Service> open(const ServiceOptions& options);
  Service(Service&&) noexcept;
  Service& operator=(Service&&) noexcept;
  ~Service();

  Response handle(const Request& request) const;
  /// A refusal of the server as a page in the words of who asks, where that is a browser (it takes
  /// text/html, and the path is none of the API); else as it is. Status and headers stay.
  Response explain(const Request& head, Response refusal) const;
  const std::vector<Route>& routes() const;
  Metrics& metrics() const;

 private:
  struct Impl;
  explicit Service(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand::serve
