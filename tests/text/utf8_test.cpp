#include "text/utf8.h"

#include <gtest/gtest.h>

#include "text/span.h"

namespace avstand {
namespace {

TEST(Utf8, FirstInvalidIsTheOffsetOfTheBrokenSequence) {
  EXPECT_EQ(first_invalid_utf8("blåbær – «ja» 🙂"), std::nullopt);
  EXPECT_EQ(first_invalid_utf8(""), std::nullopt);
  const std::pair<std::string_view, size_t> broken[] = {
      {"abc\xE5", 3},           // cut off
      {"12345678\xC3(", 8},     // behind a block of eight ASCII bytes
      {"\xC0\xAF", 0},          // overlong
      {"a\xED\xA0\x80", 1},     // surrogate
      {"\xF4\x90\x80\x80", 0},  // over U+10FFFF
      {"\xE0\x80\x80", 0},      // overlong
      {"ok\x80", 2}};           // continuation alone
  for (const auto& [text, offset] : broken) EXPECT_EQ(first_invalid_utf8(text), offset) << text;
}

TEST(Utf8, DecodeAndAppendAreInverse) {
  for (char32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 97) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string bytes;
    append_utf8(bytes, c);
    ASSERT_EQ(decode_utf8(bytes, 0).value, c);
    ASSERT_EQ(decode_utf8(bytes, 0).size, bytes.size());
    ASSERT_FALSE(first_invalid_utf8(bytes));
  }
}

TEST(Utf8, NormalFormIgnoresHowTheTextIsWritten) {
  const std::string expected = "Sjøgå på tur";
  EXPECT_EQ(normalised("Sjøga\u030A på tur"), expected);
  EXPECT_EQ(normalised("Sjø\u00ADgå\u00A0på\u202Ftur"), expected);
  EXPECT_EQ(normalised("\uFEFFSjøga\u00AD\u030A\u200B på\ttur"), expected);
  EXPECT_EQ(normalised(expected), expected);
}

TEST(Utf8, RunsOfMarksStayLinear) {
  std::string zalgo = "a";
  for (int i = 0; i < 200'000; ++i) zalgo += i % 2 == 0 ? "\u0301" : "\u0323";
  EXPECT_FALSE(first_invalid_utf8(normalised(zalgo)));
}

TEST(Utf8, PrefixesEndBetweenCodePoints) {
  const std::string text = "aå🙂b";
  for (size_t bytes = 0; bytes <= text.size() + 2; ++bytes) {
    const std::string_view prefix = utf8_prefix(text, bytes);
    EXPECT_LE(prefix.size(), bytes);
    EXPECT_FALSE(first_invalid_utf8(prefix)) << bytes;
  }
  EXPECT_EQ(utf8_prefix(text, 3), "aå");
  EXPECT_EQ(utf8_prefix(text, 6), "aå");
  EXPECT_EQ(utf8_prefix(text, 99), text);
}

TEST(CodePointIndex, GoesBothWays) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += i % 3 == 0 ? "å" : (i % 3 == 1 ? "x" : "🙂");
  const CodePointIndex index(text);
  EXPECT_EQ(index.size(), 300U);
  uint32_t byte = 0;
  for (uint32_t i = 0; i < 300; ++i) {
    ASSERT_EQ(index.to_code_point(byte), i);
    ASSERT_EQ(index.to_byte(i), byte);
    byte += decode_utf8(text, byte).size;
  }
  EXPECT_EQ(index.to_code_point(byte), 300U);
  EXPECT_EQ(index.to_byte(300), text.size());
  EXPECT_EQ(index.to_byte(9999), text.size());
  EXPECT_EQ(CodePointIndex("").size(), 0U);
}

}  // namespace
}  // namespace avstand
