#include "serve/answer.h"

#include <ctime>
#include <exception>

namespace avstand::serve {
namespace {

double milliseconds(std::chrono::steady_clock::duration d) {
  return std::chrono::duration<double, std::milli>(d).count();
}

/// Of this thread so far.
double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

}  // namespace

void WorkClock::begin() {
  begun_ = Clock::now();
  processor_begun_ms_ = processor_ms();
}

WorkTime WorkClock::time() const {
  return {.waited_ms = milliseconds(begun_ - given_),
          .worked_ms = milliseconds(Clock::now() - begun_),
          .processor_ms = processor_ms() - processor_begun_ms_};
}

Response answer_of(const Handler& handler, const Request& request, bool in_parts) {
  try {
    Response made = handler(request);
    if (!in_parts) make_whole(made);
    return made;
  } catch (const std::exception&) {  // out of memory: this request fails, the server goes on
    return error_response(500, "the server could not do this");
  }
}

std::optional<std::string> rest_of(const std::function<std::string()>& make) {
  try {
    return make();
  } catch (const std::exception&) {  // the status is said already: an end without an end says it
    return std::nullopt;
  }
}

}  // namespace avstand::serve
