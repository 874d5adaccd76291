// An answer on its way from a worker to a connection.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "serve/http.h"
#include "serve/server.h"

namespace avstand::serve {

/// What comes after the first part of a body, made by the worker that made that part while it is
/// sent: a request waits for a worker once. Belongs to the thread of Server::run().
struct Rest {
  explicit Rest(boost::asio::io_context& io)
      : made(io, std::chrono::steady_clock::time_point::max()) {}
  void finish(std::optional<std::string> made_text, const WorkTime& time) {
    text = std::move(made_text);
    work = time;
    done = true;
    made.cancel();
  }

  boost::asio::steady_timer made;  ///< ends when `done` is set
  bool done = false;
  std::optional<std::string> text = std::nullopt;  ///< nothing: it could not be made
  WorkTime work = {};                              ///< of the whole answer
};

struct Answer {
  Response response = {};
  std::shared_ptr<Rest> rest = nullptr;  ///< where more of the body comes
  WorkTime work = {};
};

/// Tells the time of one request. Made when it is given to the workers; begin() and time() are for
/// the worker that takes it up.
class WorkClock {
 public:
  void begin();
  WorkTime time() const;

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point given_ = Clock::now(), begun_ = {};
  double processor_begun_ms_ = 0;
};

/// What the handler gives; an error where it throws. With `in_parts` the rest may be left to make.
Response answer_of(const Handler& handler, const Request& request, bool in_parts);
/// The rest of a body; nothing where it throws.
std::optional<std::string> rest_of(const std::function<std::string()>& make);

}  // namespace avstand::serve
