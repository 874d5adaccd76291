#include "serve/token.h"

#include <fmt/format.h>
#include <openssl/crypto.h>

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"

namespace avstand::serve {
namespace {

constexpr size_t kShortest = 16, kLongestFile = 4096;

}  // namespace

bool same_token(std::string_view given, std::string_view wanted) {
  // Digests are of one length, whatever is given.
  const std::string a = sha256(given), b = sha256(wanted);
  return CRYPTO_memcmp(a.data(), b.data(), std::min(a.size(), b.size())) == 0;
}

std::string_view bearer_token(const Request& request) {
  constexpr std::string_view kScheme = "bearer ";
  const std::string_view header = request.header("authorization");
  const bool bearer = header.size() > kScheme.size() &&
                      std::equal(kScheme.begin(), kScheme.end(), header.begin(),
                                 [](char a, char b) { return a == std::tolower(b); });
  return bearer ? header.substr(kScheme.size()) : std::string_view();
}

Status check_token(std::string_view token, const std::string& origin) {
  const bool plain =
      std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 127; });
  if (plain && token.size() >= kShortest) return Unit{};
  return Error{.code = ErrorCode::kUsage,
               .message = plain ? fmt::format("the token is shorter than {} characters", kShortest)
                                : "the token has characters in it that no header can carry",
               .file = origin,
               .hint = "make one with: openssl rand -hex 24"};
}

Result<std::string> read_token(const std::string& path) {
  AVSTAND_TRY(bytes, read_file(path, kLongestFile));
  std::string token = bytes.substr(0, bytes.find_first_of("\r\n"));
  AVSTAND_CHECK(check_token(token, path));
  return token;
}

}  // namespace avstand::serve
