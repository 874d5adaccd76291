#include "text/collapse.h"

#include <gtest/gtest.h>

#include <random>

#include "text/utf8.h"

namespace avstand {
namespace {

std::string collapsed(std::string_view text) {
  Collapser out;
  out.add(text);
  return out.take();
}

TEST(Collapse, WhiteSpaceIsOneSpaceAndNoneAtTheEnds) {
  EXPECT_EQ(collapsed(" \n Nytt  fra\t\r\nkysten\u00A0 i dag "), "Nytt fra kysten i dag");
  EXPECT_EQ(collapsed("\u2003en\u2028to\x01tre\x7F"), "en to tre");
  EXPECT_EQ(collapsed("sjø\u00ADlufta\u200B \uFEFF"), "sjølufta");
  EXPECT_EQ(collapsed(" \t\u00A0"), "");
}

TEST(Collapse, StretchesJoinWhereNoSpaceParts) {
  Collapser out;
  for (const std::string_view part : {" Fer", "ja ", "", " gikk", ".", "\u00A0"}) out.add(part);
  out.end_line();
  out.add(" Ny linje");
  out.end_line();
  EXPECT_EQ(out.take(), "Ferja gikk.\nNy linje");
}

/// The same, one code point after another.
std::string slowly(std::string_view text) {
  std::string out;
  bool space = false;
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    pos += c.size;
    const bool control = c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0);
    if (control || is_blank(c.value) || is_line_break(c.value)) {
      space = true;
    } else if (!is_ignorable(c.value)) {
      if (space && !out.empty()) out += ' ';
      space = false;
      append_utf8(out, c.value);
    }
  }
  return out;
}

TEST(Collapse, IsWhatTheSlowWayGives) {
  constexpr std::string_view kParts[] = {"a",      "~",      " ",      "  ",     "\n",
                                         "\x7F",   "\u0085", "\u00A0", "\u00AD", "å",
                                         "\u2009", "\u2029", "\u200B", "漢",     "🙂"};
  std::mt19937 random(5);
  for (int i = 0; i < 2'000; ++i) {
    std::string text;
    for (auto n = random() % 30; n > 0; --n) text += kParts[random() % std::size(kParts)];
    ASSERT_EQ(collapsed(text), slowly(text)) << text;
    Collapser parts;
    const std::string_view head = utf8_prefix(text, random() % (text.size() + 1));
    parts.add(head);
    parts.add(std::string_view(text).substr(head.size()));
    ASSERT_EQ(parts.take(), slowly(text)) << text;
  }
}

}  // namespace
}  // namespace avstand
