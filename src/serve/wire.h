// Between Beast's messages and ours: what a request must be to be understood in one way only, and
// what every answer carries. No sockets.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "serve/http.h"

namespace avstand::serve {

using WireRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Looks at a header before any of the body is read. A request whose end two servers could see in
/// different places (RFC 9112, sections 6.1, 6.3 and 11.2: a transfer coding that is not "chunked"
/// alone, or in HTTP/1.0) or that names two hosts -> 400. A coding of the body that this server
/// does not undo -> 415.
std::optional<Response> refuse_header(const WireRequest& header);

/// Nothing where the target is no path of ours ("*", "http://…", a broken escape, a byte that
/// should be escaped).
std::optional<Request> to_request(WireRequest&& message);

/// The same of a header whose body has not come, which stays as it is.
std::optional<Request> head_of(const WireRequest& message);

/// The answer to a request that could not be read to its end; nothing where the client just left.
std::optional<Response> response_to(const boost::system::error_code& ec);

/// One server-sent event; data of several lines stays so.
std::string as_event(std::string_view name, std::string_view data);

/// Status and header of an answer.
template <typename Message>
void set_headers(Message& message, const Response& response, bool keep_alive) {
  using boost::beast::http::field;
  message.version(11);
  message.result(response.status);
  message.keep_alive(keep_alive);
  message.set(field::content_type, response.type);
  message.set(field::cache_control, "no-store");
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  for (const auto& [name, value] : response.headers) message.set(name, value);
}

}  // namespace avstand::serve
