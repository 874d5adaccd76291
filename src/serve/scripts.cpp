#include "serve/scripts.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"

namespace avstand::serve {
namespace {

constexpr size_t kMaxBytes = 1'000'000;

}  // namespace

Script::Script(std::string path, std::string body)
    : body_(std::move(body)),
      version_(fmt::format("{:016x}", xxh64(body_))),
      address_(std::move(path) + "?v=" + version_) {}

Response Script::response(const Request& request) const {
  Response out{.type = "text/javascript; charset=utf-8", .body = body_};
  if (given(request.query, "v") == version_)
    out.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return out;
}

Result<Scripts> Scripts::load(const std::string& data_dir) {
  AVSTAND_TRY(element, read_file(data_dir + "/serve/avstand-article.js", kMaxBytes));
  AVSTAND_TRY(drop, read_file(data_dir + "/serve/drop.js", kMaxBytes));
  return Scripts{Script(kElementPath, std::move(element)), Script(kDropPath, std::move(drop))};
}

}  // namespace avstand::serve
