// A small HTML reader for tests: strict where browsers are lenient. Everything it does not expect
// is a problem, so a report that passes uses only what is listed here.
#pragma once

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace avstand::report {

struct HtmlElement {
  std::string tag;
  std::map<std::string, std::string> attributes;  // unescaped

  bool has_class(std::string_view name) const {
    const auto it = attributes.find("class");
    return it != attributes.end() &&
           (" " + it->second + " ").find(fmt::format(" {} ", name)) != std::string::npos;
  }
};

class HtmlChecker {
 public:
  explicit HtmlChecker(std::string_view html) : html_(html) { read(); }

  const std::vector<std::string>& problems() const { return problems_; }
  /// Texts of the elements with class "text", in order, without link numbers and word joiners;
  /// controls as they are shown.
  const std::vector<std::string>& texts() const { return texts_; }
  /// All text outside style, unescaped.
  const std::string& all_text() const { return all_text_; }
  const std::vector<HtmlElement>& elements() const { return elements_; }

 private:
  void problem(const std::string& what) {
    problems_.push_back(fmt::format("byte {}: {}", pos_, what));
  }

  void read() {
    if (html_.substr(0, 16) == "<!DOCTYPE html>\n") pos_ = 16;
    while (pos_ < html_.size()) {
      if (html_[pos_] == '<') {
        html_.substr(pos_, 2) == "</" ? end_tag() : start_tag();
      } else {
        text();
      }
    }
    for (const HtmlElement& e : stack_) problem("never closed: " + e.tag);
    for (const std::string& target : targets_)
      if (!ids_.contains(target)) problem("link to nowhere: #" + target);
  }

  void text() {
    const size_t end = std::min(html_.find('<', pos_), html_.size());
    const bool raw = !stack_.empty() && stack_.back().tag == "style";
    const std::string_view piece = html_.substr(pos_, end - pos_);
    if (!raw) {
      const std::string plain = unescaped(piece);
      all_text_ += plain;
      if (in_text() && !in("ref") && !in("join")) texts_.back() += plain;
    }
    pos_ = end;
  }

  bool in(std::string_view style) const {
    for (const HtmlElement& e : stack_)
      if (e.has_class(style)) return true;
    return false;
  }
  bool in_text() const { return in("text"); }

  std::string unescaped(std::string_view s) {
    static const std::map<std::string, std::string, std::less<>> kEntities = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};
    std::string out;
    for (size_t i = 0; i < s.size(); ++i) {
      if (s[i] == '<' || s[i] == '>' || s[i] == '"') problem("bare " + std::string(1, s[i]));
      if (static_cast<unsigned char>(s[i]) < 0x20 && s[i] != '\n' && s[i] != '\t')
        problem("control");
      if (s[i] != '&') {
        out += s[i];
        continue;
      }
      const size_t semicolon = s.find(';', i);
      const auto it = kEntities.find(s.substr(i, semicolon - i + 1));
      if (semicolon == std::string_view::npos || it == kEntities.end()) {
        problem("bare &");
        continue;
      }
      out += it->second;
      i = semicolon;
    }
    return out;
  }

  void end_tag() {
    const size_t end = html_.find('>', pos_);
    const std::string tag(html_.substr(pos_ + 2, end - pos_ - 2));
    if (stack_.empty() || stack_.back().tag != tag) {
      problem("closes " + tag + " while " + (stack_.empty() ? "nothing" : stack_.back().tag) +
              " is open");
    } else {
      stack_.pop_back();
    }
    pos_ = end + 1;
  }

  void start_tag() {
    HtmlElement e;
    size_t at = pos_ + 1;
    while (at < html_.size() && std::isalnum(static_cast<unsigned char>(html_[at])))
      e.tag += html_[at++];
    while (at < html_.size() && html_[at] == ' ') at = attribute(at + 1, e);
    const bool closed = html_.substr(at, 2) == "/>";
    at += closed ? 2 : 1;
    if (html_[at - 1] != '>') problem("broken tag " + e.tag);
    check(e);
    elements_.push_back(e);
    pos_ = at;
    if (closed) return;
    if (e.has_class("text")) texts_.emplace_back();
    stack_.push_back(std::move(e));
  }

  size_t attribute(size_t at, HtmlElement& e) {
    const size_t equals = html_.find("=\"", at);
    const size_t end = html_.find('"', equals + 2);
    if (equals == std::string_view::npos || end == std::string_view::npos) {
      problem("broken attribute in " + e.tag);
      return html_.size();
    }
    const std::string name(html_.substr(at, equals - at));
    if (!e.attributes.emplace(name, unescaped(html_.substr(equals + 2, end - equals - 2))).second)
      problem("attribute twice: " + name);
    return end + 1;
  }

  void check(const HtmlElement& e) {
    static const std::set<std::string> kTags = {
        "html",    "head",   "meta", "title",   "style",   "body",   "a",          "header",
        "main",    "footer", "nav",  "article", "section", "div",    "time",       "p",
        "h1",      "h2",     "h3",   "h4",      "h5",      "ol",     "ul",         "li",
        "dl",      "dt",     "dd",   "span",    "bdi",     "table",  "thead",      "tbody",
        "tr",      "th",     "td",   "svg",     "rect",    "figure", "figcaption", "details",
        "summary", "code",   "g",    "path",    "circle",  "text",   "desc"};
    static const std::set<std::string> kAttributes = {"datetime",
                                                      "lang",
                                                      "charset",
                                                      "http-equiv",
                                                      "content",
                                                      "name",
                                                      "class",
                                                      "id",
                                                      "href",
                                                      "rel",
                                                      "dir",
                                                      "aria-label",
                                                      "aria-labelledby",
                                                      "aria-hidden",
                                                      "scope",
                                                      "data-label",
                                                      "viewBox",
                                                      "width",
                                                      "height",
                                                      "preserveAspectRatio",
                                                      "role",
                                                      "aria-describedby",
                                                      "d",
                                                      "stroke-width",
                                                      "x",
                                                      "y",
                                                      "rx",
                                                      "cx",
                                                      "cy",
                                                      "r",
                                                      "text-anchor",
                                                      "focusable"};
    if (!kTags.contains(e.tag)) problem("element not expected: " + e.tag);
    for (const auto& [name, value] : e.attributes) {
      if (!kAttributes.contains(name)) problem("attribute not expected: " + name);
      if (name == "id" && !ids_.insert(value).second) problem("id twice: " + value);
      if (name == "aria-labelledby" || name == "aria-describedby") targets_.insert(value);
      if (name != "href") continue;
      if (value.starts_with("#"))
        targets_.insert(value.substr(1));
      else if (!value.starts_with("http://") && !value.starts_with("https://"))
        problem("link to " + value);
    }
    check_heading(e.tag);
  }

  void check_heading(const std::string& tag) {
    if (tag.size() != 2 || tag[0] != 'h' || tag[1] < '1' || tag[1] > '6') return;
    const int level = tag[1] - '0';
    if (level > heading_ + 1) problem(fmt::format("heading {} after {}", level, heading_));
    heading_ = level;
  }

  std::string_view html_;
  size_t pos_ = 0;
  int heading_ = 0;
  std::vector<HtmlElement> stack_, elements_;
  std::set<std::string> ids_, targets_;
  std::vector<std::string> problems_, texts_;
  std::string all_text_;
};

}  // namespace avstand::report
