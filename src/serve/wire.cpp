#include "serve/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

namespace avstand::serve {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

std::optional<Response> refuse_header(const WireRequest& header) {
  constexpr unsigned kHttp11 = 11;
  if (const auto coding = header.find(http::field::transfer_encoding); coding != header.end()) {
    const bool chunked = header.count(http::field::transfer_encoding) == 1 &&
                         beast::iequals(coding->value(), "chunked");
    if (!chunked || header.version() < kHttp11 || header.count(http::field::content_length) != 0)
      return error_response(400, "it is not clear where this request ends");
  }
  if (header.count(http::field::host) > 1)
    return error_response(400, "the request names two hosts");
  if (const auto coding = header.find(http::field::content_encoding);
      coding != header.end() && !beast::iequals(coding->value(), "identity"))
    return error_response(415, "the body is packed", "send it as it is");
  return std::nullopt;
}

std::optional<Request> head_of(const WireRequest& message) {
  const std::string target(message.target());
  const bool ascii = std::all_of(target.begin(), target.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!target.starts_with('/') || !ascii) return std::nullopt;
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
  return request;
}

std::optional<Request> to_request(WireRequest&& message) {
  std::optional<Request> request = head_of(message);
  if (request) request->body = std::move(message.body());
  return request;
}

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

std::string as_event(std::string_view name, std::string_view data) {
  std::string out = fmt::format("event: {}\n", name);
  for (size_t begin = 0; begin <= data.size();) {
    const size_t end = std::min(data.find('\n', begin), data.size());
    out += fmt::format("data: {}\n", data.substr(begin, end - begin));
    begin = end + 1;
  }
  return out + "\n";
}

}  // namespace avstand::serve
