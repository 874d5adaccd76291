// The style sheet: every text colour is readable on every surface in both themes (WCAG 2.2, 1.4.3),
// lines can be seen (1.4.11), and distance never hangs on colour (1.4.1).
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <regex>
#include <set>

#include "report_strings.h"

namespace avstand::report {
namespace {

using Palette = std::map<std::string, std::string>;

/// Custom properties with a colour, in the rule that begins at `from`.
Palette palette_at(const std::string& css, size_t from) {
  const std::string rule = css.substr(from, css.find('}', from) - from);
  static const std::regex kColour("--([a-z0-9]+):\\s*(#[0-9a-f]{6});");
  Palette out;
  for (std::sregex_iterator it(rule.begin(), rule.end(), kColour), end; it != end; ++it)
    out[(*it)[1]] = (*it)[2];
  return out;
}

std::map<std::string, Palette> themes() {
  const std::string& css = shipped_strings().css();
  const size_t dark = css.find("prefers-color-scheme: dark");
  return {{"light", palette_at(css, css.find(":root"))},
          {"dark", palette_at(css, css.find(":root", dark))}};
}

/// WCAG 2.2 relative luminance of "#rrggbb".
double luminance(const std::string& colour) {
  const auto channel = [&](size_t at) {
    const double v = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

double contrast(const std::string& a, const std::string& b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

TEST(Style, FormulaIsRight) {
  EXPECT_NEAR(contrast("#000000", "#ffffff"), 21.0, 1e-9);
  EXPECT_NEAR(contrast("#777777", "#ffffff"), 4.48, 0.01);
}

TEST(Style, TextIsReadableOnEverySurface) {
  for (const auto& [name, theme] : themes())
    for (const char* text : {"ink", "muted", "accent", "flag"})
      for (const char* surface : {"paper", "card", "hit", "wash"})
        EXPECT_GE(contrast(theme.at(text), theme.at(surface)), 4.5)
            << name << ": " << text << " on " << surface;
}

TEST(Style, InvertedLinksAreReadable) {
  for (const auto& [name, theme] : themes())
    for (const char* surface : {"accent", "flag"})
      EXPECT_GE(contrast(theme.at("paper"), theme.at(surface)), 4.5) << name << ": " << surface;
}

TEST(Style, LinesCanBeSeen) {
  for (const auto& [name, theme] : themes())
    for (const char* line : {"d1", "d2", "d3", "d4"})
      for (const char* surface : {"paper", "card", "wash", "hit"})
        EXPECT_GE(contrast(theme.at(line), theme.at(surface)), 3.0)
            << name << ": " << line << " on " << surface;
}

TEST(Style, EveryColourIsAToken) {
  std::string css = shipped_strings().css();
  css = std::regex_replace(css, std::regex("--[a-z0-9]+:\\s*#[0-9a-f]+;"), "");
  EXPECT_FALSE(std::regex_search(
      css, std::regex("(color|background|border[a-z-]*|fill|outline):[^;]*(#[0-9a-f]|rgb|hsl)")))
      << "colours outside the palette are not tested";
}

TEST(Style, EachDistanceHasALineOfItsOwn) {
  static const std::regex kLine("\\.(d[1-4])\\.said \\{ text-decoration-style: ([a-z]+);");
  const std::string& css = shipped_strings().css();
  std::set<std::string> classes, styles;
  for (std::sregex_iterator it(css.begin(), css.end(), kLine), end; it != end; ++it) {
    classes.insert((*it)[1]);
    styles.insert((*it)[2]);
  }
  EXPECT_EQ(classes.size(), 4u);
  EXPECT_EQ(styles.size(), 4u);
}

TEST(Style, HasThePlacesItIsReadIn) {
  const std::string& css = shipped_strings().css();
  for (const char* part :
       {"@media print", "prefers-color-scheme: dark", ":focus-visible", "@media (max-width"})
    EXPECT_NE(css.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace avstand::report
