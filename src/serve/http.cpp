#include "serve/http.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace avstand::serve {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

std::string_view trimmed(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

/// Cuts `text` before the first `separator` and gives that part; `text` keeps what is after it.
std::string_view cut(std::string_view& text, std::string_view separator) {
  const size_t at = text.find(separator);
  const std::string_view first = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + separator.size());
  return first;
}

}  // namespace

const std::string* find(const Fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string given(const Fields& fields, std::string_view name) {
  const std::string* value = find(fields, name);
  return value == nullptr ? "" : *value;
}

std::string_view Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string Request::media_type() const {
  std::string_view all = header("content-type");
  return lowered(trimmed(cut(all, ";")));
}

bool Request::accepts(std::string_view wanted) const {
  std::string_view rest = header("accept");
  while (!rest.empty()) {
    std::string_view entry = cut(rest, ",");
    if (lowered(trimmed(cut(entry, ";"))) == wanted) return true;
  }
  return false;
}

Response error_response(unsigned status, std::string_view message, std::string_view hint) {
  nlohmann::ordered_json error = {{"status", status}, {"message", message}};
  if (!hint.empty()) error["hint"] = hint;
  const nlohmann::ordered_json whole = {{"error", error}};
  // A message may quote the input, and the input need not be UTF-8.
  return {.status = status,
          .body = whole.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n"};
}

void make_whole(Response& response) {
  if (response.rest) response.body += response.rest();
  response.rest = {};
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
      continue;
    }
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
    if (high < 0 || low < 0 || (high == 0 && low == 0)) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::optional<Fields> parse_urlencoded(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    std::string_view pair = cut(text, "&");
    if (pair.empty()) continue;
    const auto name = percent_decode(cut(pair, "="), true);
    const auto value = percent_decode(pair, true);
    if (!name || !value) return std::nullopt;
    fields.emplace_back(*name, *value);
  }
  return fields;
}

namespace {

/// A parameter of a header value: parameter(`form-data; name="a"`, "name") is "a". Quoted or not.
std::optional<std::string> parameter(std::string_view value, std::string_view name) {
  cut(value, ";");
  while (!value.empty()) {
    const size_t equals = value.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string key = lowered(trimmed(value.substr(0, equals)));
    value = trimmed(value.substr(equals + 1));
    std::string text;
    if (!value.empty() && value.front() == '"') {
      size_t i = 1;
      for (; i < value.size() && value[i] != '"'; ++i) {
        // Browsers write a quote as %22; a backslash is a real one (old browsers sent paths).
        text += value[i];
      }
      if (i == value.size()) return std::nullopt;
      value = value.substr(i + 1);
      cut(value, ";");
    } else {
      text = trimmed(cut(value, ";"));
    }
    if (key == name) return text;
  }
  return std::nullopt;
}

std::string last_of_path(std::string_view path) {
  const size_t slash = path.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// Reads the head of a part and its body; nothing where it has no name.
std::optional<FormPart> parse_part(std::string_view part) {
  const size_t end = part.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  std::string_view head = part.substr(0, end);
  while (!head.empty()) {
    std::string_view line = cut(head, "\r\n");
    std::string_view value = line;
    if (lowered(trimmed(cut(value, ":"))) != "content-disposition") continue;
    const auto name = parameter(value, "name");
    if (!name) return std::nullopt;
    return FormPart{.name = *name,
                    .file_name = last_of_path(parameter(value, "filename").value_or("")),
                    .body = std::string(part.substr(end + 4))};
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_multipart(std::string_view body,
                                                     std::string_view content_type) {
  constexpr size_t kMaxParts = 100;
  constexpr size_t kMaxBoundary = 70;  // RFC 2046, section 5.1.1
  const auto boundary = parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary) return std::nullopt;
  const std::string first = "--" + *boundary, between = "\r\n" + first;
  size_t at = body.find(first);
  const bool begins =
      at == 0 || (at != std::string_view::npos && at >= 2 && body.substr(at - 2, 2) == "\r\n");
  if (!begins) {
    return std::nullopt;
  }
  std::string_view rest = body.substr(at + first.size());
  std::vector<FormPart> parts;
  while (!rest.starts_with("--")) {
    if (!rest.starts_with("\r\n") || parts.size() == kMaxParts) return std::nullopt;
    rest.remove_prefix(2);
    const size_t end = rest.find(between);
    if (end == std::string_view::npos) return std::nullopt;
    auto part = parse_part(rest.substr(0, end));
    if (!part) return std::nullopt;
    parts.push_back(std::move(*part));
    rest.remove_prefix(end + between.size());
  }
  return parts;
}

}  // namespace avstand::serve
