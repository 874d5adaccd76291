#include "language/lemma.h"

#include <algorithm>
#include <charconv>

#include "language/code_points.h"

namespace avstand::language {
namespace {

bool parse_mode(char c, LemmaRule::Mode& out) {
  constexpr std::string_view kModes = "lktw";
  const size_t at = kModes.find(c);
  if (at == std::string_view::npos) return false;
  out = static_cast<LemmaRule::Mode>(at);
  return true;
}

void change_case(LemmaRule::Mode mode, std::vector<char32_t>& code_points) {
  if (mode == LemmaRule::Mode::kKeep) return;
  for (char32_t& c : code_points) c = to_lower(c);
  if (mode == LemmaRule::Mode::kTitle && !code_points.empty())
    code_points[0] = to_upper(code_points[0]);
}

}  // namespace

bool LemmaRule::parse(std::string_view text, LemmaRule& out) {
  const size_t bar = text.find('|', 2);
  if (text.size() < 4 || text[1] != '|' || bar == std::string_view::npos) return false;
  const char* end = text.data() + bar;
  const auto number = std::from_chars(text.data() + 2, end, out.cut);
  out.append = text.substr(bar + 1);
  return number.ec == std::errc() && number.ptr == end && parse_mode(text[0], out.mode);
}

void LemmaRule::apply(std::string_view form, std::vector<char32_t>& scratch,
                      std::string& out) const {
  out.clear();
  if (mode != Mode::kWhole) {
    to_code_points(form, scratch);
    change_case(mode, scratch);
    scratch.resize(scratch.size() - std::min<size_t>(scratch.size(), cut));
    for (const char32_t c : scratch) append_utf8(out, c);
  }
  out += append;
  if (out.empty()) out = form;
}

}  // namespace avstand::language
