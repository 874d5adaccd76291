// Units of offsets: wherever a letter lies outside the BMP, code points and UTF-16 part.
#include "export/offsets.h"

#include <gtest/gtest.h>

#include "export/parts.h"
#include "export/tokens.h"
#include "sample_text.h"

namespace avstand::exports {
namespace {

TEST(Utf16, CountsTwoUnitsOutsideTheBmp) {
  const Utf16Index index("a🚢b🌊🌊c");
  EXPECT_EQ(index.code_points(), 6u);
  const uint32_t wanted[] = {0, 1, 3, 4, 6, 8, 9};
  for (uint32_t i = 0; i <= 6; ++i) EXPECT_EQ(index.to_utf16(i), wanted[i]) << i;
}

TEST(Utf16, ComesBackAndRefusesHalfALetter) {
  const std::string text = "🚢🚢å\u0301– 🌊x";
  const Utf16Index index(text);
  std::vector<bool> border(index.to_utf16(index.code_points()) + 1);
  for (uint32_t i = 0; i <= index.code_points(); ++i) {
    border[index.to_utf16(i)] = true;
    uint32_t back = 99;
    ASSERT_TRUE(index.to_code_point(index.to_utf16(i), back));
    EXPECT_EQ(back, i);
  }
  for (uint64_t unit = 0; unit < border.size(); ++unit) {
    uint32_t ignored = 0;
    EXPECT_EQ(index.to_code_point(unit, ignored), border[unit]) << unit;
  }
  uint32_t ignored = 0;
  EXPECT_FALSE(index.to_code_point(border.size(), ignored));
}

TEST(Tokens, WordsAndSigns) {
  const std::string text = "«Av\u00ADtalen» 🚢, Ko\u0301sa\n\n14.";
  std::vector<std::string> words;
  for (const Span token : tokens_of(text)) words.emplace_back(token.in(text));
  EXPECT_EQ(words, (std::vector<std::string>{"«", "Av\u00ADtalen", "»", "🚢", ",", "Ko\u0301sa",
                                             "14", "."}));
}

TEST(Parts, AddressesThatAreNoneAreNotUsed) {
  ledger::Ledger l = sample_ledger();
  EXPECT_EQ(source_iri(l), *l.document.url);
  for (const char* bad :
       {"javascript:alert(1)", "http://a b", "https://a/<script>", "ftp://x", "http://\xFF"}) {
    l.document.url = bad;
    EXPECT_EQ(source_iri(l), article_iri(l)) << bad;
  }
}

}  // namespace
}  // namespace avstand::exports
