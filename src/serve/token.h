// The secret that whoever writes must show.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "serve/http.h"

namespace avstand::serve {

/// Takes as long for a wrong token as for the right one, wherever they differ.
bool same_token(std::string_view given, std::string_view wanted);

/// "abc" of "Authorization: Bearer abc"; "" where there is none (RFC 6750).
std::string_view bearer_token(const Request& request);

/// The first line of a file. Errors: it cannot be read, or the token is shorter than 16 bytes or
/// has blanks or controls in it.
Result<std::string> read_token(const std::string& path);
/// The same for one from elsewhere, which `origin` names.
Status check_token(std::string_view token, const std::string& origin);

}  // namespace avstand::serve
