#include "entity/transliterate.h"

#include <gtest/gtest.h>

#include "entity/knowledge_impl.h"

namespace avstand::entity {
namespace {

const Knowledge& knowledge() {
  static const Knowledge k = [] {
    auto loaded = Knowledge::load(AVSTAND_SOURCE_DIR "/data");
    if (!loaded) throw std::runtime_error(loaded.error().to_string());
    return std::move(*loaded);
  }();
  return k;
}

bool same(std::string_view a, std::string_view b) {
  const Transliteration& t = knowledge().impl().letters;
  return t.read(a).shares(t.read(b));
}

TEST(Transliteration, AllConventionsOfANameShareAReading) {
  for (const char* name : {"sjojgu", "shoigu", "shoygu", "schoigu", "шойгу"})
    EXPECT_TRUE(same("шойгу", name)) << name;
  for (const char* name : {"zelenskyj", "zelensky", "zelenskyy", "selenskyj", "зеленський"})
    EXPECT_TRUE(same("zelenskyj", name)) << name;
  EXPECT_TRUE(same("lavrov", "lawrow"));
  EXPECT_TRUE(same("sergej", "sergei"));
  EXPECT_TRUE(same("sergey", "sergej"));
  EXPECT_TRUE(same("jermak", "yermak"));
  EXPECT_TRUE(same("prigozjin", "prigoschin"));
  EXPECT_TRUE(same("zakharova", "sacharowa"));
  EXPECT_TRUE(same("lukasjenko", "lukashenko"));
}

TEST(Transliteration, OtherNamesDoNot) {
  EXPECT_FALSE(same("ivanov", "ivanova"));
  EXPECT_FALSE(same("olsen", "olson"));
  EXPECT_FALSE(same("støre", "store"));
  EXPECT_FALSE(same("", ""));
}

TEST(Transliteration, OnlyTellingLettersMark) {
  const Transliteration& t = knowledge().impl().letters;
  EXPECT_TRUE(t.read("sjojgu").marked);
  EXPECT_TRUE(t.read("шойгу").marked);
  EXPECT_FALSE(t.read("hansen").marked);
  EXPECT_FALSE(t.read("wang").marked);
}

TEST(Transliteration, StrangeWordsHaveFewReadings) {
  const Transliteration& t = knowledge().impl().letters;
  EXPECT_LE(t.read(std::string(40, 's')).all.size(), 4 * Transliteration::kMaxReadings);
  EXPECT_TRUE(t.read(std::string(4000, 's')).all.empty());
}

TEST(OfficeHolders, FoundInAnySpellingAndByThatNameOnly) {
  const auto& k = knowledge().impl();
  const Holder* shoigu = k.office_holders.find("Sergej Sjojgu", k.letters);
  ASSERT_NE(shoigu, nullptr);
  for (const char* name : {"Sergei Shoigu", "Sergey Shoygu", "Sergei Schoigu", "Сергей Шойгу"})
    EXPECT_EQ(k.office_holders.find(name, k.letters), shoigu) << name;
  EXPECT_EQ(k.office_holders.find("Sjojgu", k.letters), nullptr);
  EXPECT_EQ(k.office_holders.find("Kari Nordmann", k.letters), nullptr);
}

TEST(OfficeHolders, TenureIsJudgedByTheDay) {
  const Term over{"RU", "defence", "2012-11-06", "2024-05-12", "", "test"};
  EXPECT_EQ(tenure_on(over, "2012-11-05"), Tenure::kLater);
  EXPECT_EQ(tenure_on(over, "2012-11-06"), Tenure::kHeld);
  EXPECT_EQ(tenure_on(over, "2024-05-12"), Tenure::kHeld);
  EXPECT_EQ(tenure_on(over, "2024-05-13"), Tenure::kFormer);
  EXPECT_EQ(tenure_on(over, ""), Tenure::kUnknown);
  const Term open{"RU", "defence", "2024-05-14", "", "2025-06-01", "test"};
  EXPECT_EQ(tenure_on(open, "2025-06-01"), Tenure::kHeld);
  EXPECT_EQ(tenure_on(open, "2025-06-02"), Tenure::kUnknown);
}

}  // namespace
}  // namespace avstand::entity
