#include "report/links.h"

#include <fmt/format.h>

namespace avstand::report {

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~';
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

Links Links::within_a_file() {
  Links out;
  out.served_ = false;
  return out;
}

std::string Links::to(std::string_view path, Query query) const {
  if (!served_)
    return path == "/article" ? "#article-" + std::string(query.begin()->second) : std::string();
  std::string out(path);
  char before = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out += before;
    out += name;
    out += '=';
    out += percent_encode(value);
    before = '&';
  };
  for (const auto& [name, value] : query) add(name, value);
  add("ui", ui_);
  return out;
}

}  // namespace avstand::report
