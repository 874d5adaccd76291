// What tests ask of answers.
#pragma once

#include <string>
#include <utility>

#include "serve/http.h"

namespace avstand::serve {

/// All of the body; the rest of it is made for it.
inline std::string whole_body(Response response) {
  make_whole(response);
  return std::move(response.body);
}

}  // namespace avstand::serve
