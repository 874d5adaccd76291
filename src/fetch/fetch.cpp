#include "fetch/fetch.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <mutex>

#include "fetch/public_address.h"

namespace avstand::fetch {
namespace {

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
using Curl = std::unique_ptr<CURL, CloseCurl>;

/// What the callbacks of one transfer know.
struct Transfer {
  const Options& options;
  std::string body = {};
  bool refused = false, too_large = false;
};

/// Opens the socket to an address that libcurl has resolved, or refuses to.
curl_socket_t open_socket(void* data, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (purpose != CURLSOCKTYPE_IPCXN || !transfer.options.may_connect(address->addr)) {
    transfer.refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

size_t take(const char* bytes, size_t size, size_t count, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  const size_t length = size * count;
  if (transfer.body.size() + length > transfer.options.max_bytes) {
    transfer.too_large = true;
    return 0;
  }
  transfer.body.append(bytes, length);
  return length;
}

Error error_of(CURLcode code, const Transfer& transfer) {
  if (transfer.refused)
    return {.code = ErrorCode::kUsage, .message = "that address is not on the public web"};
  if (transfer.too_large)
    return {.code = ErrorCode::kLimit,
            .message = fmt::format("the page is larger than {} bytes", transfer.options.max_bytes)};
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_LOGIN_DENIED:
      return {.code = ErrorCode::kUsage, .message = "that is no address of a web page"};
    case CURLE_OPERATION_TIMEDOUT:
      return {.code = ErrorCode::kLimit,
              .message = fmt::format("the page did not come within {} seconds",
                                     transfer.options.max_seconds)};
    case CURLE_TOO_MANY_REDIRECTS:
      return {.code = ErrorCode::kLimit, .message = "the page is redirected too often"};
    default:
      return {.code = ErrorCode::kIo,
              .message = fmt::format("the page cannot be had: {}", curl_easy_strerror(code))};
  }
}

void set_up(CURL* curl, const std::string& url, Transfer& transfer) {
  const auto set = [curl](CURLoption option, auto value) { curl_easy_setopt(curl, option, value); };
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  set(CURLOPT_PROXY, "");  // the environment's proxy would be connected to, and not be looked at
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_ALTSVC_CTRL, 0L);
  set(CURLOPT_FOLLOWLOCATION, 1L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(transfer.options.max_redirects));
  set(CURLOPT_TIMEOUT_MS, transfer.options.max_seconds * 1000L);
  set(CURLOPT_NOSIGNAL, 1L);  // threads
  set(CURLOPT_ACCEPT_ENCODING, "");
  set(CURLOPT_USERAGENT, "avstand/" AVSTAND_VERSION);
  set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set(CURLOPT_OPENSOCKETDATA, static_cast<void*>(&transfer));
  set(CURLOPT_WRITEFUNCTION, &take);
  set(CURLOPT_WRITEDATA, static_cast<void*>(&transfer));
}

/// "text/html; charset=UTF-8" -> "text/html" and "UTF-8".
void set_type(std::string_view header, Page& page) {
  page.type = header.substr(0, header.find_first_of("; "));
  for (char& c : page.type) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  constexpr std::string_view kCharset = "charset=";
  const auto found =
      std::search(header.begin(), header.end(), kCharset.begin(), kCharset.end(),
                  [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
  if (found == header.end()) return;
  std::string_view charset = header.substr(found - header.begin() + kCharset.size());
  charset = charset.substr(0, charset.find_first_of("; "));
  if (charset.size() > 1 && charset.front() == '"') charset = charset.substr(1, charset.size() - 2);
  page.charset = charset;
}

}  // namespace

bool is_public_web(const sockaddr& address) {
  constexpr uint16_t kHttp = 80, kHttps = 443;
  uint16_t port = 0;  // at the same place in both families
  static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
  std::memcpy(&port, reinterpret_cast<const char*>(&address) + offsetof(sockaddr_in, sin_port),
              sizeof port);
  port = ntohs(port);
  return is_public(address) && (port == kHttp || port == kHttps);
}

Result<Page> get(const std::string& url, const Options& options) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const Curl curl(curl_easy_init());
  if (!curl) return Error{.code = ErrorCode::kIo, .message = "libcurl does not start"};
  Transfer transfer{options};
  set_up(curl.get(), url, transfer);
  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) return error_of(code, transfer);
  long status = 0;
  const char *type = nullptr, *found_at = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &found_at);
  constexpr long kOk = 200;
  if (status != kOk)
    return Error{.code = ErrorCode::kIo,
                 .message = fmt::format("the page cannot be had: its server says {}", status)};
  Page page{.url = found_at != nullptr ? found_at : url, .body = std::move(transfer.body)};
  if (type != nullptr) set_type(type, page);
  return page;
}

}  // namespace avstand::fetch
