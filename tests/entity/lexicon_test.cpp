// Noun tables: words by themselves and as the ends of compounds.
#include "entity/lexicon.h"

#include <gtest/gtest.h>

#include <string>

namespace avstand::entity {
namespace {

TEST(NounTable, FindsTheLongestSuffixThatIsKnown) {
  NounTable<int> table;
  table.add("minister", true, 1);
  table.add("statsminister", true, 2);
  table.add("råd", true, 3);
  table.add("avis", false, 4);
  ASSERT_NE(table.find("kulturminister"), nullptr);
  EXPECT_EQ(*table.find("kulturminister"), 1);
  EXPECT_EQ(*table.find("visestatsminister"), 2);
  EXPECT_EQ(*table.find("minister"), 1);
  EXPECT_EQ(*table.find("byråd"), 3);
  EXPECT_EQ(*table.find("avis"), 4);
  EXPECT_EQ(table.find("lokalavis"), nullptr);  // only a word, no end of others
  EXPECT_EQ(table.find("ministeren"), nullptr);
  EXPECT_EQ(table.find("gister"), nullptr);  // the same last letters
  EXPECT_EQ(table.find("er"), nullptr);
  EXPECT_EQ(table.find(""), nullptr);
}

TEST(NounTable, AnEmptyEntryHidesTheSuffix) {
  NounTable<int> table;
  table.add("leder", true, 1);
  table.add("bokleder", false, std::nullopt);
  EXPECT_EQ(table.find("bokleder"), nullptr);
  EXPECT_TRUE(table.has_word("bokleder"));
  EXPECT_TRUE(table.has_word("leder"));
  EXPECT_FALSE(table.has_word("lagleder"));
  EXPECT_NE(table.find("lagleder"), nullptr);
}

/// The look at the last letters spares searches; it never decides.
TEST(NounTable, AgreesWithASearchOfEverySuffix) {
  const std::string suffixes[] = {"abc", "bcab", "cabca", "åbc", "ab"};
  NounTable<int> table;
  for (const std::string& s : suffixes) table.add(s, true, static_cast<int>(s.size()));
  for (size_t code = 0; code < 4096; ++code) {
    std::string word;
    for (size_t rest = code; word.size() < 6; rest /= 4) word += "abc\xA5"[rest % 4];
    int expected = 0;  // suffixes have three bytes at least; the longest wins
    for (const std::string& s : suffixes)
      if (s.size() > 2 && word.ends_with(s))
        expected = std::max(expected, static_cast<int>(s.size()));
    const int* found = table.find(word);
    EXPECT_EQ(found == nullptr ? 0 : *found, expected) << word;
  }
}

}  // namespace
}  // namespace avstand::entity
