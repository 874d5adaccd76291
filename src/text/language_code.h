// A language as data knows it: "nb", "nn", "en"; "und" where it is not known. Which languages are
// supported stands in data/languages.tsv, so a new one needs no code.
#pragma once

#include <array>
#include <cstring>
#include <string>
#include <string_view>

namespace avstand {

class LanguageCode {
 public:
  constexpr LanguageCode() = default;  // "und"
  /// Up to 7 letters of a BCP 47 primary tag; longer input is cut.
  explicit LanguageCode(std::string_view code) {
    code_ = {};
    std::memcpy(code_.data(), code.data(), std::min<size_t>(code.size(), 7));
  }
  std::string_view view() const { return code_.data(); }
  bool known() const { return view() != "und"; }
  friend bool operator==(const LanguageCode&, const LanguageCode&) = default;
  friend auto operator<=>(const LanguageCode&, const LanguageCode&) = default;

 private:
  std::array<char, 8> code_ = {'u', 'n', 'd'};
};

}  // namespace avstand
