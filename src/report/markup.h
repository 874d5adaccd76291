// HTML that cannot be broken by what is put into it: tags are opened and closed by a stack, text
// and attributes are always escaped. There is no way to add markup as a string.
//
//   Markup m;
//   m.open("p", {{"class", "who"}}).text("a < b").close();   // <p class="who">a &lt; b</p>
//
// Hidden controls (ledger/characters.h) in text become <span class="control">U+202E</span>, in
// attributes and pictures "[U+202E]": a reader sees that they are there and they change nothing
// else.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace avstand::report {

class Markup {
 public:
  using Attribute = std::pair<std::string_view, std::string_view>;
  using Attributes = std::initializer_list<Attribute>;

  /// Opens an element; attributes with an empty value are left out, except alt and lang.
  Markup& open(std::string_view tag, Attributes attributes = {});
  /// Closes the innermost open element.
  Markup& close();
  /// An element without content or end tag (br, hr, rect in the foreign SVG sense: closed by "/>").
  Markup& empty(std::string_view tag, Attributes attributes = {});
  /// Text. Tab and line break stay, CR LF is one line break, broken UTF-8 becomes U+FFFD.
  Markup& text(std::string_view text);
  /// An element with only text in it.
  Markup& leaf(std::string_view tag, Attributes attributes, std::string_view text) {
    return open(tag, attributes).text(text).close();
  }
  Markup& leaf(std::string_view tag, std::string_view text) { return leaf(tag, {}, text); }
  /// Text from outside that may run right to left: its direction stays inside it.
  Markup& isolated(std::string_view text) { return leaf("bdi", text); }
  /// Markup that another Markup made.
  Markup& add(Markup&& part);
  /// A line break in the file, for people who read the source.
  Markup& line() {
    out_ += '\n';
    return *this;
  }

  size_t depth() const { return open_.size(); }
  /// All of it; every element must be closed.
  std::string take() &&;

 private:
  void write_tag(std::string_view tag, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

/// Whether a link may lead there: http or https, no space, control or quote in it.
bool is_web_address(std::string_view url);

}  // namespace avstand::report
