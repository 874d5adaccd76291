// How a claim of an archive is named on the command line.
#pragma once

#include <string>

#include "base/result.h"

namespace avstand::cli {

struct ClaimName {
  std::string story, claim;
};

/// "12/c3", "slide-1/c3". Ids of articles may have slashes: the last one counts.
Result<ClaimName> claim_name(const std::string& text);

Error no_such_claim(const ClaimName& name, const std::string& archive);

}  // namespace avstand::cli
