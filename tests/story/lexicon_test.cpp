// Each rule file of data/story/ against the word pairs under tests/case/RULE/words/.
#include "story/lexicon.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace avstand::story {
namespace {

using Row = std::vector<std::string>;

const Lexicon& lexicon() {
  static const Lexicon kLexicon = *Lexicon::load(AVSTAND_SOURCE_DIR "/data");
  return kLexicon;
}

std::vector<Row> rows(const std::string& rule) {
  std::vector<Row> out;
  const std::string folder = AVSTAND_SOURCE_DIR "/tests/case/" + rule + "/words";
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path());
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line.front() == '#') continue;
      Row& row = out.emplace_back();
      std::istringstream cells(line);
      for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    }
  }
  EXPECT_GE(out.size(), 3U) << rule;
  return out;
}

float alike(const Row& r) {
  return match(lexicon().keys(r[0], r[1], r[1]), lexicon().keys(r[2], r[3], r[3]));
}

TEST(StoryLexicon, CommonWordsWeighLess) {
  for (const Row& r : rows("commonness"))
    EXPECT_LT(lexicon().weight(r[0], r[1]), lexicon().weight(r[0], r[2])) << r[1] << ' ' << r[2];
}

TEST(StoryLexicon, WordsOfOneConceptMatchAcrossLanguages) {
  for (const Row& r : rows("concepts")) EXPECT_GT(alike(r), 0.5F) << r[1] << ' ' << r[3];
  EXPECT_EQ(alike({"nb", "skade", "en", "election"}), 0);
}

TEST(StoryLexicon, MarkersOfDenial) {
  constexpr uint32_t kBit = 1U << static_cast<uint32_t>(Marker::kDeny);
  for (const Row& r : rows("markers"))
    EXPECT_EQ((lexicon().markers(r[0], {r[1]}, {r[1]}) & kBit) != 0, r[2] == "yes") << r[1];
}

TEST(StoryLexicon, WordsBeforeAFigureThatHoldsNoMore) {
  EXPECT_EQ(lexicon().bound("en", "no more than"), Bound::kOnly);
  EXPECT_EQ(lexicon().bound("nb", "ikke færre enn"), Bound::kLeast);
  EXPECT_EQ(lexicon().bound("nn", "ikkje meir enn"), Bound::kOnly);
  EXPECT_EQ(lexicon().bound("en", "up from"), Bound::kFormer);
  EXPECT_EQ(lexicon().bound("nb", "ikke"), Bound::kFormer);
  EXPECT_EQ(lexicon().bound("nn", "frå"), Bound::kFrom);
  EXPECT_EQ(lexicon().bound("nn", "til"), Bound::kTo);
}

TEST(StoryLexicon, AKnownBodyIsOneUnderAllItsNames) {
  const Body* english = lexicon().body("Norwegian Medicines Agency");
  ASSERT_NE(english, nullptr);
  EXPECT_EQ(english, lexicon().body("Legemiddelverket"));
  EXPECT_FALSE(english->words.empty());
  EXPECT_EQ(lexicon().body("Nesvik Medicines Agency"), nullptr);
}

TEST(StoryLexicon, WordsBetweenAPartAndItsWhole) {
  EXPECT_EQ(lexicon().bound("en", "out of"), Bound::kOf);
  EXPECT_EQ(lexicon().bound("nb", "av"), Bound::kOf);
  EXPECT_EQ(lexicon().bound("nn", "med"), Bound::kExact);
}

TEST(StoryLexicon, NumberWords) {
  for (const Row& r : rows("number_words")) {
    const auto* number = lexicon().number(r[0], r[1]);
    ASSERT_NE(number, nullptr) << r[1];
    EXPECT_EQ(number->value, std::stod(r[2])) << r[1];
  }
  EXPECT_EQ(lexicon().number("nb", "bro"), nullptr);
  for (const auto& [language, word] : {std::pair{"nb", "tredjedeler"}, std::pair{"en", "thirds"}}) {
    const auto* third = lexicon().number(language, word);
    ASSERT_NE(third, nullptr) << word;
    EXPECT_TRUE(third->part && third->value == 3) << word;
  }
}

TEST(StoryLexicon, NynorskWordsAreTheirBokmalWords) {
  for (const Row& r : rows("nynorsk"))
    EXPECT_GT(alike({"nn", r[0], "nb", r[1]}), 0.9F) << r[0] << ' ' << r[1];
}

TEST(StoryLexicon, OppositesStandOnTwoSides) {
  for (const Row& r : rows("opposites")) {
    const auto* a = lexicon().opposites(r[0]);
    const auto* b = lexicon().opposites(r[1]);
    ASSERT_TRUE(a != nullptr && b != nullptr) << r[0] << ' ' << r[1];
    const bool against = std::any_of(a->begin(), a->end(), [&](int side) {
      return std::find(b->begin(), b->end(), -side) != b->end();
    });
    EXPECT_TRUE(against) << r[0] << ' ' << r[1];
  }
}

TEST(StoryLexicon, AMissingFolderIsAnError) {
  EXPECT_FALSE(Lexicon::load(AVSTAND_SOURCE_DIR "/tests").has_value());
}

TEST(StoryLexicon, NamesArePlainWithoutCaseGenitiveAndQuotes) {
  EXPECT_EQ(plain_name("Reuters"), plain_name("reuters"));
  EXPECT_EQ(plain_name("«Fjordavisa»"), plain_name("Fjordavisa"));
}

}  // namespace
}  // namespace avstand::story
