// One page from the public web, for whoever pastes an address. The only place that fetches
// anything.
//
// What is connected to is looked at after its name was resolved, at each connection and so at each
// redirect: a name that points to this machine or its network is refused, whatever it pointed to a
// moment before. No proxy, no cookies, no credentials. libcurl does the rest.
#pragma once

#include <sys/socket.h>

#include <functional>
#include <string>

#include "base/result.h"

namespace avstand::fetch {

struct Options {
  size_t max_bytes = 2'000'000;  ///< of the page, unpacked
  int max_seconds = 15;          ///< for all of it
  int max_redirects = 5;
  /// Whether that address and port may be connected to.
  std::function<bool(const sockaddr&)> may_connect;
};

/// A public address (public_address.h) at the ports of HTTP and HTTPS, 80 and 443.
bool is_public_web(const sockaddr& address);

struct Page {
  std::string url;      ///< that it was found at in the end
  std::string type;     ///< media type, in lower case; "" where none was told
  std::string charset;  ///< that the transport tells; may be empty
  std::string body;
};

/// Fetches `url` (http or https). May be called from many threads, each waits for its own answer.
/// Errors: kUsage (not an address that may be asked for: another scheme, a name and password in it,
/// an address or port that may not be connected to), kLimit (too large, too slow, too many
/// redirects), kIo (no such host, no answer, a status other than 200, a certificate that does not
/// hold).
Result<Page> get(const std::string& url, const Options& options);

}  // namespace avstand::fetch
