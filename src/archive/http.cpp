// Responses of HTTP as archives keep them.
#include <charconv>

#include "archive/fields.h"
#include "archive/record.h"

namespace avstand::archive {
namespace {

constexpr size_t kMaxHead = size_t{64} * 1024;

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

/// The lines up to the empty one into `head`; where the body begins, or 0.
size_t take_lines(std::string_view block, HeadFields& head) {
  size_t at = block.find('\n') + 1;
  while (at != 0 && at < block.size() && at < kMaxHead) {
    const size_t end = block.find('\n', at);
    if (end == std::string_view::npos) return 0;
    const std::string_view line = block.substr(at, end - at);
    at = end + 1;
    if (stripped(line).empty()) return at;
    head.add(line);
  }
  return 0;
}

}  // namespace

void parse_content_type(std::string_view value, std::string& type, std::string& charset) {
  const size_t semicolon = value.find(';');
  type = lower(stripped(value.substr(0, semicolon)));
  const std::string all = lower(value);
  const size_t at = all.find("charset=");
  if (at == std::string::npos) return;
  std::string_view label = std::string_view(all).substr(at + 8);
  label = stripped(label.substr(0, label.find(';')));
  while (!label.empty() && (label.front() == '"' || label.front() == '\'')) label.remove_prefix(1);
  while (!label.empty() && (label.back() == '"' || label.back() == '\'')) label.remove_suffix(1);
  charset = label;
}

std::optional<HttpHead> parse_http_head(std::string_view block) {
  if (!block.starts_with("HTTP/")) return std::nullopt;
  const std::string_view line = block.substr(0, block.find('\n'));
  HttpHead out;
  const size_t space = line.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::from_chars(line.data() + space + 1, line.data() + line.size(), out.status);
  HeadFields head;
  out.size = take_lines(block, head);
  if (out.size == 0) return std::nullopt;
  parse_content_type(head.get("content-type"), out.content_type, out.charset);
  out.transfer_encoding = lower(head.get("transfer-encoding"));
  out.content_encoding = lower(head.get("content-encoding"));
  return out;
}

std::optional<std::string> dechunk(std::string_view body, bool& cut) {
  std::string out;
  cut = false;
  for (bool first = true;; first = false) {
    const size_t end = body.find('\n');
    uint64_t size = 0;
    const std::string_view line = stripped(body.substr(0, std::min<size_t>(end, 64)));
    const auto [stop, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool good = error == std::errc() && end != std::string_view::npos && end < 64 &&
                      (stop == line.data() + line.size() || *stop == ';' || *stop == ' ');
    if (!good && first) return std::nullopt;
    if (!good) return cut = true, out;
    if (size == 0) return out;
    body.remove_prefix(end + 1);
    if (size > body.size()) {
      cut = true;
      return out += body;
    }
    out += body.substr(0, size);
    body.remove_prefix(size);
    if (body.starts_with("\r\n"))
      body.remove_prefix(2);
    else if (body.starts_with('\n'))
      body.remove_prefix(1);
  }
}

}  // namespace avstand::archive
