#include "cli/claim_name.h"

#include <fmt/format.h>

namespace avstand::cli {

Result<ClaimName> claim_name(const std::string& text) {
  const size_t slash = text.rfind('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == text.size())
    return Error{.code = ErrorCode::kUsage,
                 .message = fmt::format("'{}' names no claim", text),
                 .hint = "STORY/CLAIM, as in 12/c3 or slide-1/c3"};
  return ClaimName{text.substr(0, slash), text.substr(slash + 1)};
}

Error no_such_claim(const ClaimName& name, const std::string& archive) {
  return {.code = ErrorCode::kUsage,
          .message = fmt::format("story '{}' has no claim '{}'", name.story, name.claim),
          .file = archive};
}

}  // namespace avstand::cli
