// Lemma rules: how a lemma is made from a form.
//
// A rule is written MODE|CUT|APPEND: the form in lower case (l), as it is (k) or in title case (t),
// less its last CUT code points, with APPEND after it; or, with mode w, APPEND alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace avstand::language {

/// One rule; `append` points into the model file.
struct LemmaRule {
  enum class Mode : uint8_t { kLower, kKeep, kTitle, kWhole };
  Mode mode = Mode::kKeep;
  uint32_t cut = 0;
  std::string_view append;

  /// False where `text` is not a rule.
  static bool parse(std::string_view text, LemmaRule& out);
  /// Writes the lemma of `form` to `out`, through `scratch`. A rule that would leave nothing gives
  /// the form.
  void apply(std::string_view form, std::vector<char32_t>& scratch, std::string& out) const;
};

}  // namespace avstand::language
