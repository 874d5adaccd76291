// A request and a response, without any library behind them: what handlers see.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avstand::serve {

/// Names and values in the order they came; a name may come twice.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name, or null.
const std::string* find(const Fields& fields, std::string_view name);
/// The same, "" where there is none.
std::string given(const Fields& fields, std::string_view name);

struct Request {
  std::string method;  ///< "GET", "POST", …
  std::string path;    ///< percent-decoded, without the query; begins with "/"
  Fields query;        ///< decoded
  std::map<std::string, std::string, std::less<>> headers;  ///< names in lower case
  std::string body;

  /// The header, or "".
  std::string_view header(std::string_view name) const;
  /// The media type of the body without parameters, in lower case; "" where there is none.
  std::string media_type() const;
  /// Whether the Accept header names this media type itself (a wildcard does not count).
  bool accepts(std::string_view media_type) const;
};

/// Takes one server-sent event (name and data, data may have several lines).
using EventSink = std::function<void(std::string_view event, std::string_view data)>;

struct Response {
  unsigned status = 200;
  std::string type = "application/json";
  std::string body = {};
  Fields headers = {};
  /// Instead of a body: called on a worker for the next events, again and again until it gives
  /// false, each time when the client has taken those before. A client that takes none keeps no
  /// worker; one that is gone is not made any more.
  std::function<bool(const EventSink&)> events = {};
  /// What comes after `body`, which is sent while this makes it: called once, on the worker that
  /// made the body, when the request may be gone. Broken off (it throws), the connection ends
  /// without the end of the answer.
  std::function<std::string()> rest = {};
};

/// Makes the rest of the body now.
void make_whole(Response& response);

using Handler = std::function<Response(const Request&)>;

/// A JSON object {"error": {"status": …, "message": …, "hint": …}}.
Response error_response(unsigned status, std::string_view message, std::string_view hint = "");

/// RFC 3986 percent-decoding; `plus_is_space` as in forms. Nothing where a "%" is not followed by
/// two hex digits or the result holds a NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

/// "a=1&b=2", as in a query or a form. Nothing where a part cannot be decoded.
std::optional<Fields> parse_urlencoded(std::string_view text);

/// A file or a field of a form.
struct FormPart {
  std::string name;
  std::string file_name;  ///< "" for a plain field; the last part of a path
  std::string body;
};

/// multipart/form-data (RFC 7578) with the boundary that `content_type` names. Nothing where it is
/// broken: no boundary, a part without a name, no closing boundary, more than 100 parts.
std::optional<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                     std::string_view content_type);

}  // namespace avstand::serve
