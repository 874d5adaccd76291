#include "language/lemma_lexicon.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <limits>

namespace avstand::language {
namespace {

class LemmaLexiconTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const char* rules[] = {"l|0|", "l|1|", "l|2|", "k|0|"};
    for (const char* rule : rules) EXPECT_TRUE(LemmaRule::parse(rule, rules_.emplace_back()));
    add(0, Upos::kNoun, "båt");
    add(0, Upos::kNoun, "ås");
    add(0, Upos::kVerb, "måte");
    add(1, Upos::kNoun, "måte");
    add(0, Upos::kNoun, "ærend");
    std::ranges::sort(hashes_);
    lexicon_.hashes = hashes_;
    lexicon_.whole = 4;
    lexicon_.ending = 2;
  }
  void add(uint64_t language, Upos upos, std::string_view lemma) {
    hashes_.push_back(static_cast<uint32_t>(
        XXH64(lemma.data(), lemma.size(), language << 8 | static_cast<uint64_t>(upos))));
  }
  std::string lemma(std::string_view form, const std::vector<float>& scores,
                    Upos upos = Upos::kNoun) {
    const auto best = std::ranges::max_element(scores) - scores.begin();
    return std::string(
        lemmatiser_.lemma(lexicon_, rules_, scores, static_cast<uint32_t>(best), 0, upos, form));
  }

  std::vector<LemmaRule> rules_;
  std::vector<uint32_t> hashes_;
  LemmaLexicon lexicon_;
  Lemmatiser lemmatiser_;
};

TEST_F(LemmaLexiconTest, KnowsByLanguageAndPartOfSpeech) {
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, "båt"), 4);
  EXPECT_EQ(lexicon_.gain(0, Upos::kVerb, "båt"), 0);
  EXPECT_EQ(lexicon_.gain(1, Upos::kNoun, "båt"), 0);
  EXPECT_EQ(lexicon_.gain(1, Upos::kNoun, "måte"), 4);
  EXPECT_EQ(LemmaLexicon().gain(0, Upos::kNoun, "båt"), 0);
}

TEST_F(LemmaLexiconTest, ACompoundEndsInAKnownWordOfFourLettersOrMore) {
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, "sjøærend"), 2);
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, "øyærend"), 2);  // letters count, not bytes
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, "øærend"), 0);   // one letter is no word before it
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, "seilbåt"), 0);  // "båt" has three
  EXPECT_EQ(lexicon_.gain(0, Upos::kNoun, ""), 0);
}

TEST_F(LemmaLexiconTest, DecidesBetweenRulesThatAreNear) {
  EXPECT_EQ(lemma("Huset", {1, 0, 0, -9}), "huset");  // no rule makes a known lemma
  EXPECT_EQ(lemma("Båten", {3, 0, 0.5F, 0}), "båt");
  EXPECT_EQ(lemma("Båten", {5, 0, 0.5F, 0}), "båten");  // out of reach
  EXPECT_EQ(lemma("sjøærender", {3, 0, 1.5F, 0}), "sjøærend");
  EXPECT_EQ(lemma("sjøærender", {4, 0, 1.5F, 0}), "sjøærender");
  EXPECT_EQ(lemma("BÅT", {0, 0, 0, 0.5F}), "BÅT");  // case does not count: both are known
}

TEST_F(LemmaLexiconTest, HasAnAnswerWhateverTheScores) {
  const float nan = std::numeric_limits<float>::quiet_NaN(),
              most = std::numeric_limits<float>::infinity();
  EXPECT_EQ(lemma("Båten", {nan, nan, nan, nan}), "båten");
  EXPECT_EQ(lemma("Båten", {-most, -most, -most, -most}), "båten");
  EXPECT_EQ(lemma("", {0, 0, 0, 0}), "");
}

}  // namespace
}  // namespace avstand::language
