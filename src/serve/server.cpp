#include "serve/server.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <set>
#include <thread>

#include "serve/answer.h"
#include "serve/connection.h"
#include "serve/guard.h"
#include "serve/wire.h"

namespace avstand::serve {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::string_body>;

/// Some 12,000 words, half a second on one core.
constexpr size_t kLongBody = size_t{64} * 1024;
constexpr size_t kMostLingering = 64;
constexpr size_t kOutsideWorkers = 4;
constexpr int kEventBuffer = 64 * 1024;

auto into(error_code& ec) { return net::redirect_error(net::use_awaitable, ec); }

/// What came of waiting for a request. Without an answer and without a request the client has left.
struct Incoming {
  std::optional<Request> request = std::nullopt;
  std::optional<Response> refusal = std::nullopt;
  std::string method = {}, path = {};
  bool keep_alive = false;
  bool takes_chunks = true;  ///< HTTP/1.1
  Clock::time_point begin = {};
};

struct Events {
  std::string text = {};
  bool more = false;
};

size_t worker_count(const ServerOptions& options) {
  return options.workers != 0 ? options.workers : std::max(1U, std::thread::hardware_concurrency());
}

Response busy_response(std::string_view what) {
  Response busy = error_response(503, what, "try again in a moment");
  busy.headers.emplace_back("Retry-After", "1");
  return busy;
}

std::vector<std::string> all_hosts(const ServerOptions& options) {
  std::vector<std::string> hosts = options.hosts;
  hosts.insert(hosts.end(), {"localhost", "127.0.0.1", "::1", options.address});
  return hosts;
}

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& o, Handler h, AccessLog l)
      : options(o),
        hosts(all_hosts(o)),
        handler(std::move(h)),
        log(std::move(l)),
        quick(std::max<size_t>(2, worker_count(o))),
        slow(worker_count(o)) {}

  net::awaitable<void> accept();
  net::awaitable<void> serve(tcp::socket socket);
  net::awaitable<bool> serve_one(Connection& c);
  net::awaitable<Incoming> read(Connection& c, Held& held);
  Response explained(const std::optional<Request>& head, Response refusal) const;
  net::thread_pool& workers_for(const Request& request);
  net::awaitable<Answer> answer(const Request& request, bool in_parts);
  auto made_by(net::thread_pool& workers, const Request& request, bool in_parts);
  net::awaitable<bool> write(Connection& c, Response response, bool keep_alive, bool head);
  net::awaitable<bool> write_events(Connection& c, Response response, uint64_t& bytes);
  net::awaitable<bool> write_as_made(Connection& c, Answer& answer, bool keep_alive);
  net::awaitable<Events> next_events(const Response& response);
  net::awaitable<void> turn_away(tcp::socket socket);
  net::awaitable<void> linger(Connection& c);
  template <typename Work>
  auto on(net::thread_pool& workers, Work work);
  void watch_signals();
  void begin_stop();
  void end_now();

  ServerOptions options;
  std::vector<std::string> hosts;
  Handler handler;
  AccessLog log;
  std::set<Connection*> connections;  // thread of run() only, as all below
  size_t waiting = 0, lingering = 0, turned_away = 0;
  uint64_t held_bytes = 0;  // of bodies that have come or may come
  bool stopping = false;
  // After what its coroutines use, so that it is destroyed before.
  net::io_context io{1};
  tcp::acceptor acceptor{io};
  net::signal_set signals{io};
  net::steady_timer grace{io};
  // What takes long has workers of its own, so that it keeps nothing short waiting.
  net::thread_pool quick, slow, outside{kOutsideWorkers};
};

net::awaitable<void> Server::Impl::accept() {
  while (!stopping) {
    error_code ec;
    tcp::socket socket = co_await acceptor.async_accept(into(ec));
    if (stopping || ec == net::error::operation_aborted) break;
    if (ec) {  // out of descriptors, say: the next may work, but not at once
      net::steady_timer pause(io, std::chrono::milliseconds(50));
      co_await pause.async_wait(into(ec));
      continue;
    }
    if (connections.size() < options.max_connections) {
      net::co_spawn(io, serve(std::move(socket)), net::detached);
    } else {
      net::co_spawn(io, turn_away(std::move(socket)), net::detached);
    }
  }
}

/// Waits a moment for the header, to know who asks; where many are turned away it does not.
net::awaitable<void> Server::Impl::turn_away(tcp::socket socket) {
  const auto c = std::make_shared<Connection>(std::move(socket));
  std::optional<Request> head;
  if (options.explain && turned_away < kMostLingering) {
    ++turned_away;
    Parser parser;
    parser.header_limit(options.max_header_bytes);
    error_code ec;
    c->read_within(std::chrono::seconds(1));
    co_await http::async_read_header(c->stream, c->buffer, parser, into(ec));
    c->read_done();
    if (!ec) head = head_of(parser.get());
    --turned_away;
  }
  Response response = explained(head, busy_response("too many connections"));
  co_await write(*c, std::move(response), false, false);
  co_await linger(*c);
}

/// Closes so that the last answer arrives: a socket closed over unread bytes is reset, and a reset
/// can overtake the answer (RFC 9112, section 9.6). Reads for a moment what the client still sends.
net::awaitable<void> Server::Impl::linger(Connection& c) {
  error_code ec;
  c.stream.socket().shutdown(tcp::socket::shutdown_send, ec);
  if (ec || stopping || lingering >= kMostLingering) co_return;
  ++lingering;
  std::array<char, 4096> rest{};
  c.stream.expires_after(std::chrono::seconds(2));
  for (size_t read = 0; !ec && read < options.max_body_bytes;) {
    read += co_await c.stream.async_read_some(net::buffer(rest), into(ec));
  }
  --lingering;
}

net::awaitable<void> Server::Impl::serve(tcp::socket socket) {
  const auto c = std::make_shared<Connection>(std::move(socket));
  connections.insert(c.get());
  error_code ec;
  const auto remote = c->stream.socket().remote_endpoint(ec);
  if (!ec) c->remote = remote.address().to_string();
  c->stream.socket().set_option(tcp::no_delay(true), ec);
  try {
    while (!stopping && co_await serve_one(*c)) {
    }
  } catch (...) {  // out of memory for this request: the others go on
  }
  connections.erase(c.get());
  co_await linger(*c);
  if (stopping && connections.empty()) end_now();
}

/// As a page for people, where they are the ones who ask.
Response Server::Impl::explained(const std::optional<Request>& head, Response refusal) const {
  return head && options.explain ? options.explain(*head, std::move(refusal)) : std::move(refusal);
}

net::awaitable<Incoming> Server::Impl::read(Connection& c, Held& held) {
  Parser parser;
  parser.header_limit(options.max_header_bytes);
  parser.body_limit(options.max_body_bytes);
  error_code ec;
  c.idle = true;
  c.read_within(options.idle_timeout);
  co_await http::async_read_header(c.stream, c.buffer, parser, into(ec));
  c.idle = false;
  Incoming in{.begin = Clock::now()};
  if (!ec) in.refusal = refuse_header(parser.get());
  if (!ec && !in.refusal) {
    const bool open_end = parser.chunked();
    const uint64_t coming = parser.content_length().value_or(open_end ? options.max_body_bytes : 0);
    if (!held.take(coming)) in.refusal = busy_response("too much is being sent");
  }
  if (!ec && !in.refusal) {
    c.read_within(options.request_timeout);
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      co_await http::async_write(c.stream, go_on, into(ec));
    }
    if (!ec) co_await http::async_read(c.stream, c.buffer, parser, into(ec));
  }
  c.read_done();
  in.method = std::string(parser.get().method_string());
  in.path = std::string(parser.get().target().substr(0, parser.get().target().find('?')));
  if (ec && !in.refusal) {
    const bool begun = parser.got_some();
    in.refusal = !c.late ? response_to(ec)
                 : begun ? std::optional(error_response(408, "the request did not come in time"))
                         : std::nullopt;
  }
  if (ec || in.refusal) {
    if (in.refusal) in.refusal = explained(head_of(parser.get()), *std::move(in.refusal));
    co_return in;
  }
  in.keep_alive = parser.get().keep_alive() && !stopping;
  constexpr unsigned kHttp11 = 11;
  in.takes_chunks = parser.get().version() >= kHttp11;
  in.request = to_request(parser.release());
  if (in.request) in.path = in.request->path;
  if (!in.request) in.refusal = error_response(400, "this is no path of a server");
  co_return in;
}

/// Reads a request and answers it. False: the connection is to be closed.
net::awaitable<bool> Server::Impl::serve_one(Connection& c) {
  Held held(held_bytes, options.max_held_bytes);
  Incoming in = co_await read(c, held);
  if (!in.request && !in.refusal) co_return false;
  Answer made;
  if (in.refusal) {
    made.response = std::move(*in.refusal);
  } else {  // no ?: around co_await: GCC 12 destroys its temporaries twice
    made = co_await answer(*in.request, in.takes_chunks);
  }
  Response& response = made.response;
  in.request.reset();  // its body is not kept while the answer goes out
  Access access{.remote = c.remote,
                .method = in.method,
                .path = in.path,
                .status = response.status,
                .body_bytes = response.body.size()};
  const bool head = in.method == "HEAD";
  bool written = false;
  if (response.events && !head) {
    in.keep_alive = false;  // the end of the events is the end of the connection
    written = co_await write_events(c, std::move(response), access.body_bytes);
  } else if (made.rest && !head) {
    written = co_await write_as_made(c, made, in.keep_alive);
    if (made.rest->text) access.body_bytes += made.rest->text->size();
    if (made.rest->done) made.work = made.rest->work;
  } else {
    if (head) access.body_bytes = 0;
    written = co_await write(c, std::move(response), in.keep_alive, head);
  }
  access.work = made.work;
  access.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - in.begin).count();
  log(access);
  co_return written&& in.keep_alive;
}

/// Awaits what `work` gives on a worker; it must not throw. Not co_spawn, which brings some results
/// home only after what waits for the same workers (measured: one answer of eight took twice as
/// long as the others).
template <typename Work>
auto Server::Impl::on(net::thread_pool& workers, Work work) {
  using Value = decltype(work());
  const auto start = [this, &workers](auto done, Work todo) {
    net::post(workers, [this, todo = std::move(todo), done = std::move(done),
                        alive = net::make_work_guard(io)]() mutable {
      net::post(io, [done = std::move(done), value = todo()]() mutable { done(std::move(value)); });
    });
  };
  return net::async_initiate<const net::use_awaitable_t<>, void(Value)>(start, net::use_awaitable,
                                                                        std::move(work));
}

net::thread_pool& Server::Impl::workers_for(const Request& request) {
  if (options.waits_outside && options.waits_outside(request)) return outside;
  return request.body.size() > kLongBody ? slow : quick;
}

/// Awaits the answer of the handler. Where it comes in parts, the worker goes on with the rest.
auto Server::Impl::made_by(net::thread_pool& workers, const Request& request, bool in_parts) {
  const auto start = [this, &workers, &request, in_parts](auto done) {
    net::post(workers, [this, &request, in_parts, done = std::move(done), clock = WorkClock(),
                        alive = net::make_work_guard(io)]() mutable {
      clock.begin();
      Answer made{.response = answer_of(handler, request, in_parts)};
      const auto make_rest = std::exchange(made.response.rest, nullptr);
      if (make_rest) made.rest = std::make_shared<Rest>(io);
      auto rest = made.rest;
      made.work = clock.time();
      // From here on the request may be gone.
      net::post(io, [done = std::move(done), made = std::move(made)]() mutable {
        done(std::move(made));
      });
      if (!rest) return;
      auto text = rest_of(make_rest);
      net::post(io, [this, rest = std::move(rest), text = std::move(text),
                     time = clock.time()]() mutable {
        --waiting;
        rest->finish(std::move(text), time);
      });
    });
  };
  return net::async_initiate<const net::use_awaitable_t<>, void(Answer)>(start, net::use_awaitable);
}

net::awaitable<Answer> Server::Impl::answer(const Request& request, bool in_parts) {
  std::optional<Response> refused = refuse(request, hosts);
  if (!refused && waiting >= options.max_waiting)
    refused = explained(request, busy_response("too much to do"));
  if (refused) co_return Answer{*std::move(refused)};
  ++waiting;
  Answer made = co_await made_by(workers_for(request), request, in_parts);
  if (!made.rest) --waiting;  // else when the rest is made
  co_return made;
}

net::awaitable<bool> Server::Impl::write(Connection& c, Response response, bool keep_alive,
                                         bool head) {
  http::response<http::string_body> message;
  set_headers(message, response, keep_alive);
  const size_t length = response.body.size();
  message.body() = std::move(response.body);
  message.content_length(length);
  http::response_serializer<http::string_body> serializer(message);
  error_code ec;
  c.stream.expires_after(options.idle_timeout);
  if (head) {
    co_await http::async_write_header(c.stream, serializer, into(ec));
  } else {
    co_await http::async_write(c.stream, serializer, into(ec));
  }
  co_return !ec;
}

net::awaitable<Events> Server::Impl::next_events(const Response& response) {
  co_return co_await on(slow, [&] {
    Events out;
    const auto send = [&](auto name, auto data) { out.text += as_event(name, data); };
    try {
      out.more = response.events(send);
    } catch (const std::exception&) {
      out = {.text = as_event("error", error_response(500, "the server could not do this").body)};
    }
    return out;
  });
}

/// Sends events as they are made, and has the next made when those before have left; each must
/// leave within the idle timeout.
net::awaitable<bool> Server::Impl::write_events(Connection& c, Response response, uint64_t& bytes) {
  http::response<http::empty_body> message;
  response.type = "text/event-stream";
  set_headers(message, response, false);
  message.chunked(true);
  http::response_serializer<http::empty_body> serializer(message);
  error_code ec;
  // Else the kernel takes megabytes for a client that reads nothing.
  c.stream.socket().set_option(net::socket_base::send_buffer_size(kEventBuffer), ec);
  c.stream.expires_after(options.idle_timeout);
  co_await http::async_write_header(c.stream, serializer, into(ec));
  for (bool more = true; more && !ec;) {
    const Events events = co_await next_events(response);
    more = events.more;
    bytes += events.text.size();
    c.stream.expires_after(options.idle_timeout);
    if (!events.text.empty())
      co_await net::async_write(c.stream, http::make_chunk(net::buffer(events.text)), into(ec));
  }
  if (!ec) co_await net::async_write(c.stream, http::make_chunk_last(), into(ec));
  co_return !ec;
}

/// Sends what there is of a body while the rest of it is made, and then that.
net::awaitable<bool> Server::Impl::write_as_made(Connection& c, Answer& answer, bool keep_alive) {
  const Response& response = answer.response;
  Rest& rest = *answer.rest;
  http::response<http::empty_body> message;
  set_headers(message, response, keep_alive);
  message.chunked(true);
  http::response_serializer<http::empty_body> serializer(message);
  error_code ec;
  c.stream.expires_after(options.idle_timeout);
  co_await http::async_write_header(c.stream, serializer, into(ec));
  if (!ec)
    co_await net::async_write(c.stream, http::make_chunk(net::buffer(response.body)), into(ec));
  if (ec) co_return false;
  error_code woken;  // the timer is cancelled when there is something
  while (!rest.done) co_await rest.made.async_wait(into(woken));
  if (!rest.text) co_return false;
  c.stream.expires_after(options.idle_timeout);
  if (!rest.text->empty())
    co_await net::async_write(c.stream, http::make_chunk(net::buffer(*rest.text)), into(ec));
  if (!ec) co_await net::async_write(c.stream, http::make_chunk_last(), into(ec));
  co_return !ec;
}

/// The first signal asks for a calm end, the second for one at once.
void Server::Impl::watch_signals() {
  signals.async_wait([this](const error_code& ec, int) {
    if (ec) return;
    if (stopping) return end_now();
    begin_stop();
    watch_signals();
  });
}

void Server::Impl::begin_stop() {
  if (stopping) return;
  stopping = true;
  error_code ec;
  acceptor.close(ec);
  for (Connection* c : connections) {
    if (c->idle) c->stream.close();
  }
  if (connections.empty()) return end_now();
  grace.expires_after(options.grace);
  grace.async_wait([this](const error_code& late) {
    if (!late) end_now();
  });
}

void Server::Impl::end_now() { io.stop(); }

Result<Server> Server::listen(const ServerOptions& options, Handler handler, AccessLog log) {
  error_code ec;
  const auto address = net::ip::make_address(options.address, ec);
  if (ec) {
    return Error{.code = ErrorCode::kUsage,
                 .message = "'" + options.address + "' is no address",
                 .hint = "127.0.0.1, ::1 or the address of a network card"};
  }
  auto impl = std::make_unique<Impl>(options, std::move(handler), std::move(log));
  const tcp::endpoint endpoint(address, options.port);
  tcp::acceptor& acceptor = impl->acceptor;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(tcp::acceptor::max_listen_connections, ec);
  if (ec) {
    return Error{.code = ErrorCode::kIo,
                 .message = fmt::format("cannot listen on {} port {}: {}", options.address,
                                        options.port, ec.message()),
                 .hint = "--port 0 takes one that is free"};
  }
  return Server(std::move(impl));
}

uint16_t Server::port() const {
  error_code ec;
  return impl_->acceptor.local_endpoint(ec).port();
}

void Server::run() {
  impl_->signals.add(SIGINT);
  impl_->signals.add(SIGTERM);
  impl_->watch_signals();
  net::co_spawn(impl_->io, impl_->accept(), net::detached);
  impl_->io.run();
  impl_->quick.join();
  impl_->slow.join();
  impl_->outside.join();
}

void Server::stop() {
  net::post(impl_->io, [impl = impl_.get()] { impl->begin_stop(); });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

}  // namespace avstand::serve
