// The modules that pages run. Each has an address that changes with what is in it, so that a
// browser keeps it, compiled, from page to page.
#pragma once

#include <string>

#include "base/result.h"
#include "serve/http.h"

namespace avstand::serve {

/// Where the custom element comes from.
constexpr const char* kElementPath = "/static/avstand-article.js";
/// What lets articles and files be dropped on the form.
constexpr const char* kDropPath = "/static/drop.js";

class Script {
 public:
  Script(std::string path, std::string body);

  const std::string& address() const { return address_; }
  /// To be kept where it was asked for by its address, else (by the path alone) not.
  Response response(const Request& request) const;

 private:
  std::string body_, version_, address_;
};

struct Scripts {
  Script element, drop;

  static Result<Scripts> load(const std::string& data_dir);
};

}  // namespace avstand::serve
