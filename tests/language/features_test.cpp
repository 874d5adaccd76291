// Features against rows computed by training/features.py (features.tsv, made by
// training/reference.py).
#include "language/features.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "language/lemma.h"

namespace avstand::language {
namespace {

TEST(Features, SameRowsAsTheTrainer) {
  std::ifstream file(AVSTAND_SOURCE_DIR "/tests/language/features.tsv");
  ASSERT_TRUE(file);
  WordFeatures features;
  size_t words = 0;
  for (std::string line; std::getline(file, line); ++words) {
    std::istringstream cells(line);
    std::string form, key, rows;
    std::getline(cells, form, '\t');
    std::getline(cells, key, '\t');
    std::getline(cells, rows);
    std::string found;
    for (const uint32_t r : features.rows(form, 65536))
      found += (found.empty() ? "" : " ") + std::to_string(r);
    EXPECT_EQ(found, rows) << form;
    EXPECT_EQ(std::to_string(features.vector_key()), key) << form;
  }
  EXPECT_GT(words, 20u);
}

TEST(Features, TypographyIsFolded) {
  WordFeatures a, b;
  for (const auto& [one, other] :
       {std::pair{"“", "«"}, {"”", "»"}, {"—", "–"}, {"’s", "'s"}, {"‑", "-"}})
    EXPECT_EQ(a.rows(one, 1024), b.rows(other, 1024)) << one;
  EXPECT_NE(a.rows("–", 1u << 20), b.rows("-", 1u << 20));
}

TEST(Features, LongWordsAreBounded) {
  WordFeatures features;
  EXPECT_LE(features.rows(std::string(100000, 'a'), 1024).size(), 110u);
}

TEST(LemmaRule, AppliesAsWritten) {
  std::vector<char32_t> scratch;
  std::string out;
  const auto lemma = [&](std::string_view rule, std::string_view form) {
    LemmaRule parsed;
    EXPECT_TRUE(LemmaRule::parse(rule, parsed)) << rule;
    parsed.apply(form, scratch, out);
    return out;
  };
  EXPECT_EQ(lemma("l|1|", "Båten"), "båte");
  EXPECT_EQ(lemma("l|2|", "Ærene"), "ære");
  EXPECT_EQ(lemma("l|3|å", "gåendé"), "gåeå");
  EXPECT_EQ(lemma("k|1|", "USAs"), "USA");
  EXPECT_EQ(lemma("t|0|", "ØYSTEIN"), "Øystein");
  EXPECT_EQ(lemma("w|0|$,", ","), "$,");
  EXPECT_EQ(lemma("l|9|", "så"), "så");
  EXPECT_EQ(lemma("l|0||", "a"), "a|");
}

TEST(LemmaRule, RefusesWhatIsNoRule) {
  LemmaRule rule;
  for (const char* bad :
       {"", "l", "l|", "l||x", "l|x|", "q|0|", "l|-1|", "l0|a|", "l|99999999999|"})
    EXPECT_FALSE(LemmaRule::parse(bad, rule)) << bad;
}

}  // namespace
}  // namespace avstand::language
