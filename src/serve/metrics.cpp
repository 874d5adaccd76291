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

std::string seconds(std::string_view name, std::string_view help, double milliseconds) {
  return head(name, help) + fmt::format("{} {:.6f}\n", name, milliseconds / 1000);
}

}  // namespace

void Metrics::count_request(const Access& access) {
  const std::scoped_lock lock(mutex_);
  ++requests_[access.status];
  seconds_ += access.milliseconds / 1000;
  work_.waited_ms += access.work.waited_ms;
  work_.worked_ms += access.work.worked_ms;
  work_.processor_ms += access.work.processor_ms;
}

std::string Metrics::text() const {
  std::string out = head("avstand_http_requests_total", "Requests answered, by status.");
  const std::scoped_lock lock(mutex_);
  for (const auto& [status, count] : requests_) {
    out += fmt::format("avstand_http_requests_total{{status=\"{}\"}} {}\n", status, count);
  }
  out += seconds("avstand_http_request_seconds_total",
                 "Seconds from a request to its answer, summed.", seconds_ * 1000);
  out += seconds("avstand_http_waiting_seconds_total",
                 "Seconds that requests waited for a worker, summed.", work_.waited_ms);
  out += seconds("avstand_http_working_seconds_total",
                 "Seconds that workers were at requests, summed.", work_.worked_ms);
  out += seconds("avstand_http_processor_seconds_total",
                 "Seconds of the processor that workers took for requests, summed.",
                 work_.processor_ms);
  out += counter("avstand_articles_total", "Articles read.", articles_);
  out += counter("avstand_words_total", "Words of the articles read.", words_);
  out += counter("avstand_problems_total", "Articles or inputs that could not be read.", problems_);
  return out;
}

}  // namespace avstand::serve
