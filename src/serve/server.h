// The HTTP/1.1 server: sockets, limits, time and shutdown. It knows nothing of news.
//
// Connections are coroutines on one thread; handlers run on workers: those of requests with long
// bodies and those that make events on workers of their own, so that they keep no short question
// waiting. Every wait has a deadline, every queue a bound; what is over is told (408, 413, 431,
// 503), not dropped.
//
// Boost.Beast and Asio (Boost 1.81); HTTP as in RFC 9110 and 9112, events as in the HTML standard,
// section 9.2 (server-sent events).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "serve/http.h"

namespace avstand::serve {

struct ServerOptions {
  std::string address = "127.0.0.1";  ///< numeric, v4 or v6
  uint16_t port = 8700;               ///< 0: one that is free
  /// Names that the Host header may give besides localhost and the address itself. A page from
  /// elsewhere whose name was made to point here (DNS rebinding) is refused by this.
  std::vector<std::string> hosts = {};
  size_t max_body_bytes = 2'000'000;
  uint32_t max_header_bytes = 16'384;
  size_t max_connections = 2'000;         ///< at a time; more get 503
  size_t max_waiting = 1'000;             ///< requests waiting for a worker; more get 503
  uint64_t max_held_bytes = 256'000'000;  ///< of all bodies that have come or may; more get 503
  size_t workers = 0;                     ///< for what takes long; 0: one for each core
  /// Words for people instead of a refusal of the server itself (a limit, broken HTTP), where the
  /// header came far enough to tell who asks. Runs on the thread of run(): it must be quick.
  std::function<Response(const Request&, Response)> explain = {};
  /// Requests whose answers wait for other machines; they have workers of their own.
  std::function<bool(const Request&)> waits_outside = {};
  std::chrono::milliseconds request_timeout{30'000};  ///< for a whole request to arrive
  std::chrono::milliseconds idle_timeout{60'000};     ///< for a header, and of a write
  std::chrono::milliseconds grace{10'000};            ///< for requests under way at shutdown
};

/// Of one request: how long it waited for a worker, and what workers did then, by the clock and of
/// the processor. Where these two differ, the machine had something else to do. Without events.
struct WorkTime {
  double waited_ms = 0, worked_ms = 0, processor_ms = 0;
};

/// One request that was answered, for the log.
struct Access {
  std::string remote, method, path;
  unsigned status = 0;
  uint64_t body_bytes = 0;  ///< of the response
  double milliseconds = 0;
  WorkTime work = {};
};
using AccessLog = std::function<void(const Access&)>;

class Server {
 public:
  /// Binds and listens. `handler` runs on workers, several at once; `log` on the thread of run().
  /// Errors: kUsage (not an address), kIo (in use, not allowed).
  static Result<Server> listen(const ServerOptions& options, Handler handler, AccessLog log);
  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();

  uint16_t port() const;
  /// Serves until stop() or SIGINT or SIGTERM: then takes no more, lets what is under way finish
  /// (up to `grace`) and returns.
  void run();
  /// From any thread.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand::serve
