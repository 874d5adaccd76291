#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "ingest/html_tree.h"

namespace avstand::ingest {
namespace {

constexpr size_t kMaxName = 14;  // no name that matters here is longer

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

template <size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 16> kVoid = {
    "area", "base", "br",    "col",    "embed", "hr",  "img",    "input",
    "link", "meta", "param", "source", "track", "wbr", "keygen", "frame"};
constexpr std::array<std::string_view, 8> kRaw = {"script", "style",    "textarea", "title",
                                                  "xmp",    "noframes", "iframe",   "noembed"};
/// An element of these ends one of the same name that is open right above it.
constexpr std::array<std::string_view, 10> kSelfEnding = {"p",  "li", "dd", "dt",     "tr",
                                                          "td", "th", "a",  "option", "tbody"};

/// Follows tags without building anything. What it takes for open is at least what a parser has
/// open, give or take the elements that a parser adds.
class Scan {
 public:
  Scan(std::string_view html, const HtmlLimits& limits) : html_(html), limits_(limits) {}

  Status run() {
    while ((pos_ = html_.find('<', pos_)) != std::string_view::npos) {
      const char next = pos_ + 1 < html_.size() ? html_[pos_ + 1] : '\0';
      if (html_.substr(pos_, 4) == "<!--") {
        skip_past("-->", pos_ + 4);
      } else if (next == '/') {
        end_tag();
      } else if (is_letter(next)) {
        AVSTAND_CHECK(start_tag());
      } else {
        ++pos_;
      }
    }
    return Unit{};
  }

 private:
  void skip_past(std::string_view mark, size_t from) {
    const size_t at = html_.find(mark, from);
    pos_ = at == std::string_view::npos ? html_.size() : at + mark.size();
  }

  std::string read_name() {
    std::string name;
    while (pos_ < html_.size() && !is_space(html_[pos_]) && html_[pos_] != '>' &&
           html_[pos_] != '/') {
      if (name.size() < kMaxName) name += static_cast<char>(html_[pos_] | 0x20);
      ++pos_;
    }
    return name;
  }

  void end_tag() {
    pos_ += 2;
    const std::string name = read_name();
    const auto at = std::find(open_.rbegin(), open_.rend(), name);
    if (at != open_.rend()) open_.erase(at.base() - 1, open_.end());
  }

  Status start_tag() {
    const size_t begin = pos_++;
    const std::string name = read_name();
    const uint32_t attributes = skip_attributes();
    attributes_ += attributes;
    if (attributes > limits_.max_tag_attributes)
      return over(fmt::format("a tag with more than {} attributes", limits_.max_tag_attributes),
                  begin, "raise --max-attributes");
    if (attributes_ > limits_.max_attributes)
      return over(fmt::format("more than {} attributes", limits_.max_attributes), begin);
    if (one_of(name, kVoid)) return Unit{};
    if (one_of(name, kRaw)) {
      skip_raw(name);
      return Unit{};
    }
    if (!open_.empty() && open_.back() == name && one_of(name, kSelfEnding)) open_.pop_back();
    open_.push_back(name);
    if (open_.size() > limits_.max_depth)
      return over(fmt::format("elements nested deeper than {}", limits_.max_depth), begin,
                  "raise --max-depth");
    return Unit{};
  }

  /// To behind the tag's '>'; the number of attributes.
  uint32_t skip_attributes() {
    uint32_t count = 0;
    while (pos_ < html_.size() && html_[pos_] != '>') {
      if (is_space(html_[pos_]) || html_[pos_] == '/') {
        ++pos_;
        continue;
      }
      ++count;
      ++pos_;  // a name may begin with '='
      while (pos_ < html_.size() && !is_space(html_[pos_]) && html_[pos_] != '>' &&
             html_[pos_] != '/' && html_[pos_] != '=')
        ++pos_;
      skip_value();
    }
    if (pos_ < html_.size()) ++pos_;
    return count;
  }

  void skip_value() {
    size_t at = pos_;
    while (at < html_.size() && is_space(html_[at])) ++at;
    if (at >= html_.size() || html_[at] != '=') return;
    ++at;
    while (at < html_.size() && is_space(html_[at])) ++at;
    pos_ = at;
    if (at >= html_.size() || html_[at] == '>') return;
    if (html_[at] == '"' || html_[at] == '\'') {
      skip_past(html_.substr(at, 1), at + 1);
      return;
    }
    while (pos_ < html_.size() && !is_space(html_[pos_]) && html_[pos_] != '>') ++pos_;
  }

  void skip_raw(const std::string& name) {
    for (size_t at = pos_; (at = html_.find("</", at)) != std::string_view::npos; at += 2) {
      pos_ = at + 2;
      if (read_name() == name) {
        pos_ = at;
        return;
      }
    }
    pos_ = html_.size();
  }

  static Error over(std::string what, uint64_t offset,
                    std::string hint = "no news page is like this; give its text") {
    return {.code = ErrorCode::kLimit,
            .message = "HTML with " + std::move(what),
            .offset = offset,
            .hint = std::move(hint)};
  }

  std::string_view html_;
  const HtmlLimits& limits_;
  size_t pos_ = 0;
  uint32_t attributes_ = 0;
  std::vector<std::string> open_;
};

}  // namespace

HtmlLimits html_limits(const Limits& limits) {
  HtmlLimits out{.max_tag_attributes = limits.max_attributes};
  if (limits.max_depth > 0) out.max_depth = limits.max_depth;
  return out;
}

Status check_html_limits(std::string_view utf8, const HtmlLimits& limits) {
  return Scan(utf8, limits).run();
}

}  // namespace avstand::ingest
