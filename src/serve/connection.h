// A connection of the server, and its share of the memory for bodies.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace avstand::serve {

/// What is known of a connection while it is open; its coroutine owns it.
struct Connection : std::enable_shared_from_this<Connection> {
  explicit Connection(boost::asio::ip::tcp::socket socket)
      : stream(std::move(socket)), deadline(stream.get_executor()) {}

  /// Ends what is read after that time and leaves the socket open, so that it can still be answered
  /// (a stream's own timeout closes it). Holds until read_done().
  void read_within(std::chrono::milliseconds limit) {
    stream.expires_never();
    deadline.expires_after(limit);
    deadline.async_wait(
        [self = weak_from_this(), now = ++turn](const boost::system::error_code& ec) {
          const auto c = self.lock();
          if (ec || !c || c->turn != now) return;  // fired, but the read ended before this ran
          c->late = true;
          c->stream.cancel();
        });
  }
  void read_done() {
    ++turn;
    deadline.cancel();
  }

  boost::beast::tcp_stream stream;
  boost::beast::flat_buffer buffer = {};
  boost::asio::steady_timer deadline;
  uint64_t turn = 0;
  std::string remote = {};
  bool idle = true;   ///< between two requests
  bool late = false;  ///< a request did not come in time
};

/// A share of the memory for bodies, as long as it lives.
class Held {
 public:
  Held(uint64_t& total, uint64_t most) : total_(total), most_(most) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { total_ -= mine_; }
  /// False: that many more do not fit.
  bool take(uint64_t bytes) {
    if (total_ + bytes > most_) return false;
    total_ += bytes;
    mine_ += bytes;
    return true;
  }

 private:
  uint64_t& total_;
  const uint64_t most_;
  uint64_t mine_ = 0;
};

}  // namespace avstand::serve
