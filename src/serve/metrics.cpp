#include "serve/metrics.h"

#include <fmt/format.h>

namespace avstand::serve {
namespace {

std::string head(std::string_view name, std::string_view help) {
  return fmt::format("# HELP {0} {1}\n# TYPE {0} counter\n", name, help);
}

std::string counter(std::string_view name, std::string_view help, uint64_t value) {
  return head(name, help) + fmt::format("{} {}\n", name, value);
}

}  // namespace

void Metrics::count_request(const Access& access) {
  const std::scoped_lock lock(mutex_);
  ++requests_[access.status];
  seconds_ += access.milliseconds / 1000;
}

std::string Metrics::text() const {
  std::string out = head("avstand_http_requests_total", "Requests answered, by status.");
  const std::scoped_lock lock(mutex_);
  for (const auto& [status, count] : requests_) {
    out += fmt::format("avstand_http_requests_total{{status=\"{}\"}} {}\n", status, count);
  }
  out +=
      head("avstand_http_request_seconds_total", "Seconds from a request to its answer, summed.");
  out += fmt::format("avstand_http_request_seconds_total {:.6f}\n", seconds_);
  out += counter("avstand_articles_total", "Articles read.", articles_);
  out += counter("avstand_words_total", "Words of the articles read.", words_);
  out += counter("avstand_problems_total", "Articles or inputs that could not be read.", problems_);
  return out;
}

}  // namespace avstand::serve
