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

#include "serve/event_queue.h"
#include "serve/guard.h"

namespace avstand::serve {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using net::ip::tcp;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::string_body>;

auto into(error_code& ec) { return net::redirect_error(net::use_awaitable, ec); }

/// What is known of a connection while it is open; lives in its coroutine.
struct Connection {
  explicit Connection(tcp::socket socket) : stream(std::move(socket)) {}
  beast::tcp_stream stream;
  beast::flat_buffer buffer = {};
  std::string remote = {};
  bool idle = true;                              ///< between two requests
  std::shared_ptr<EventQueue> events = nullptr;  ///< while events are sent
};

/// Nothing where the target is no path of ours ("*", "http://…", a broken escape).
std::optional<Request> to_request(http::request<http::string_body>&& message) {
  const std::string target(message.target());
  if (!target.starts_with('/')) return std::nullopt;
  const size_t question = target.find('?');
  const auto path = percent_decode(target.substr(0, question), false);
  const auto query = parse_urlencoded(question == std::string::npos
                                          ? std::string_view()
                                          : std::string_view(target).substr(question + 1));
  if (!path || !query) return std::nullopt;
  Request request{.method = std::string(message.method_string()), .path = *path, .query = *query};
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    request.headers.emplace(std::move(name), std::string(field.value()));
  }
  request.body = std::move(message.body());
  return request;
}

/// The answer to a request that could not be read to its end; nothing where the client just left.
std::optional<Response> response_to(const error_code& ec) {
  if (ec == http::error::body_limit) return error_response(413, "the request is too large");
  if (ec == http::error::header_limit || ec == http::error::buffer_overflow) {
    return error_response(431, "the header of the request is too large");
  }
  const bool left = ec == http::error::end_of_stream || ec == http::error::partial_message ||
                    ec.category() != make_error_code(http::error::bad_method).category();
  if (left) return std::nullopt;
  return error_response(400, "this is not HTTP as RFC 9112 has it: " + ec.message());
}

template <typename Message>
void set_headers(Message& message, const Response& response, bool keep_alive) {
  message.version(11);
  message.result(response.status);
  message.keep_alive(keep_alive);
  message.set(http::field::content_type, response.type);
  message.set(http::field::cache_control, "no-store");
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  for (const auto& [name, value] : response.headers) message.set(name, value);
}

std::string as_event(std::string_view name, std::string_view data) {
  std::string out = fmt::format("event: {}\n", name);
  for (size_t begin = 0; begin <= data.size();) {
    const size_t end = std::min(data.find('\n', begin), data.size());
    out += fmt::format("data: {}\n", data.substr(begin, end - begin));
    begin = end + 1;
  }
  return out + "\n";
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
        workers(o.workers != 0 ? o.workers : std::max(1U, std::thread::hardware_concurrency())) {}

  net::awaitable<void> accept();
  net::awaitable<void> serve(tcp::socket socket);
  net::awaitable<bool> serve_one(Connection& c);
  net::awaitable<Response> answer(const Request& request);
  net::awaitable<bool> write(Connection& c, Response response, bool keep_alive, bool head);
  net::awaitable<bool> write_events(Connection& c, Response response);
  net::awaitable<void> turn_away(tcp::socket socket);
  net::awaitable<void> linger(Connection& c);
  void watch_signals();
  void begin_stop();
  void end_now();

  ServerOptions options;
  std::vector<std::string> hosts;
  Handler handler;
  AccessLog log;
  std::set<Connection*> connections;  // thread of run() only, as all below
  size_t waiting = 0, lingering = 0;
  uint64_t body_bytes = 0;  // of the response written last
  bool stopping = false;
  // After what its coroutines use, so that it is destroyed before.
  net::io_context io{1};
  tcp::acceptor acceptor{io};
  net::signal_set signals{io};
  net::steady_timer grace{io};
  net::thread_pool workers;
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

net::awaitable<void> Server::Impl::turn_away(tcp::socket socket) {
  Connection c(std::move(socket));
  Response busy = error_response(503, "too many connections", "try again in a moment");
  co_await write(c, std::move(busy), false, false);
  co_await linger(c);
}

/// Closes so that the last answer arrives: a socket closed over unread bytes is reset, and a reset
/// can overtake the answer (RFC 9112, section 9.6). Reads for a moment what the client still sends.
net::awaitable<void> Server::Impl::linger(Connection& c) {
  error_code ec;
  c.stream.socket().shutdown(tcp::socket::shutdown_send, ec);
  if (ec || stopping || lingering >= options.max_connections) co_return;
  ++lingering;
  std::array<char, 4096> rest{};
  c.stream.expires_after(std::chrono::seconds(2));
  for (size_t read = 0; !ec && read < options.max_body_bytes;) {
    read += co_await c.stream.async_read_some(net::buffer(rest), into(ec));
  }
  --lingering;
}

net::awaitable<void> Server::Impl::serve(tcp::socket socket) {
  Connection c(std::move(socket));
  connections.insert(&c);
  error_code ec;
  const auto remote = c.stream.socket().remote_endpoint(ec);
  if (!ec) c.remote = remote.address().to_string();
  c.stream.socket().set_option(tcp::no_delay(true), ec);
  try {
    while (!stopping && co_await serve_one(c)) {
    }
  } catch (...) {  // out of memory for this request: the others go on
  }
  connections.erase(&c);
  co_await linger(c);
  if (stopping && connections.empty()) end_now();
}

/// Reads a request and answers it. False: the connection is to be closed.
net::awaitable<bool> Server::Impl::serve_one(Connection& c) {
  Parser parser;
  parser.header_limit(options.max_header_bytes);
  parser.body_limit(options.max_body_bytes);
  error_code ec;
  c.idle = true;
  c.stream.expires_after(options.idle_timeout);
  co_await http::async_read_header(c.stream, c.buffer, parser, into(ec));
  c.idle = false;
  c.stream.expires_after(options.request_timeout);
  const auto begin = Clock::now();
  if (!ec && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    http::response<http::empty_body> go_on(http::status::continue_, 11);
    co_await http::async_write(c.stream, go_on, into(ec));
  }
  if (!ec) co_await http::async_read(c.stream, c.buffer, parser, into(ec));
  Access access{.remote = c.remote, .method = std::string(parser.get().method_string())};
  bool keep_alive = !ec && parser.get().keep_alive() && !stopping;
  std::optional<Response> response;
  if (ec) {
    response = response_to(ec);
    if (!response) co_return false;
    access.path = parser.get().target().substr(0, parser.get().target().find('?'));
  } else {
    auto request = to_request(parser.release());
    if (request) access.path = request->path;
    if (request) {
      response = co_await answer(*request);
    } else {
      response = error_response(400, "this is no path of a server");
    }
  }
  access.status = response->status;
  const bool head = access.method == "HEAD";
  bool written = false;
  if (response->events && !head) {
    keep_alive = false;  // the end of the events is the end of the connection
    written = co_await write_events(c, std::move(*response));
  } else {
    written = co_await write(c, std::move(*response), keep_alive, head);
  }
  access.body_bytes = body_bytes;
  access.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  log(access);
  co_return written&& keep_alive;
}

net::awaitable<Response> Server::Impl::answer(const Request& request) {
  if (auto refused = refuse(request, hosts)) co_return *std::move(refused);
  if (waiting >= options.max_waiting) {
    Response busy = error_response(503, "too much to do", "try again in a moment");
    busy.headers.emplace_back("Retry-After", "1");
    co_return busy;
  }
  ++waiting;
  const auto work = [&]() -> net::awaitable<Response> {
    try {
      co_return handler(request);
    } catch (const std::exception&) {  // out of memory: this request fails, the server goes on
      co_return error_response(500, "the server could not do this");
    }
  };
  Response response = co_await net::co_spawn(workers, work(), net::use_awaitable);
  --waiting;
  co_return response;
}

net::awaitable<bool> Server::Impl::write(Connection& c, Response response, bool keep_alive,
                                         bool head) {
  http::response<http::string_body> message;
  set_headers(message, response, keep_alive);
  body_bytes = head ? 0 : response.body.size();
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

/// Sends what a worker makes as it is made; each event must leave within the idle timeout.
net::awaitable<bool> Server::Impl::write_events(Connection& c, Response response) {
  http::response<http::empty_body> message;
  response.type = "text/event-stream";
  set_headers(message, response, false);
  message.chunked(true);
  http::response_serializer<http::empty_body> serializer(message);
  error_code ec;
  c.stream.expires_after(options.idle_timeout);
  co_await http::async_write_header(c.stream, serializer, into(ec));

  const auto bell = std::make_shared<net::steady_timer>(io, Clock::time_point::max());
  const auto queue =
      std::make_shared<EventQueue>([this, bell] { net::post(io, [bell] { bell->cancel(); }); });
  c.events = queue;
  net::post(workers, [queue, make = std::move(response.events)] {
    try {
      make([&](auto name, auto data) { return queue->push(as_event(name, data)); });
    } catch (const std::exception&) {
      queue->push(as_event("error", error_response(500, "the server could not do this").body));
    }
    queue->finish();
  });
  body_bytes = 0;
  while (!ec) {
    auto event = queue->pop();
    if (!event) {
      if (queue->drained()) break;
      error_code rung;
      co_await bell->async_wait(into(rung));
      continue;
    }
    body_bytes += event->size();
    c.stream.expires_after(options.idle_timeout);
    co_await net::async_write(c.stream, http::make_chunk(net::buffer(*event)), into(ec));
  }
  queue->close();
  c.events = nullptr;
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

void Server::Impl::end_now() {
  for (Connection* c : connections) {
    if (c->events) c->events->close();
  }
  io.stop();
}

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
  for (Connection* c : impl_->connections) {  // what came after end_now()
    if (c->events) c->events->close();
  }
  impl_->workers.join();
}

void Server::stop() {
  net::post(impl_->io, [impl = impl_.get()] { impl->begin_stop(); });
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

}  // namespace avstand::serve
