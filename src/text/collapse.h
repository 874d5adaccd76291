// White space as a reader sees it: one space, or one line break.
#pragma once

#include <string>
#include <string_view>

namespace avstand {

/// Joins stretches of text. White space and control characters become one space, those at the ends
/// go, ignorable characters too. O(text); stretches of ASCII are copied whole.
///
///   Collapser out;
///   out.add(" Nytt  fra\n"); out.add("kysten ");
///   out.take();  // "Nytt fra kysten"
class Collapser {
 public:
  /// `text` must be valid UTF-8. A space between two stretches stands in one of them.
  void add(std::string_view text);
  /// What comes next stands on a line of its own.
  void end_line() { line_ = true; }
  std::string take() { return std::move(out_); }

 private:
  void separate();

  std::string out_;
  bool space_ = false, line_ = false;  // wait for the next character
};

}  // namespace avstand
