// The interface words: complete for every label of the ledger, and never a rating of truth.
#include "report/strings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "report_strings.h"

namespace avstand::report {
namespace {

namespace fs = std::filesystem;

/// A data directory of its own that goes away with the test.
class StringFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::temp_directory_path() / ("avstand_strings_" + std::to_string(getpid()));
    fs::create_directories(dir_ / "report");
    write("languages.tsv",
          "# source: test\n# licence: Apache-2.0\n# columns: code\tname\tmodel\tbase\n"
          "aa\tA\t-\t-\nab\tB\t-\taa\n");
    write("report/graph.css", "svg { color: blue; }\n");
    write("report/report.css", "p { color: red; }\n");
    write("report/aa.tsv", head() + "one\tein\ntwo\tzwei {n}\n");
  }
  void TearDown() override { fs::remove_all(dir_); }
  static std::string head() {
    return "# source: test\n# licence: Apache-2.0\n# columns: key\ttext\n";
  }
  void write(const std::string& name, const std::string& bytes) {
    std::ofstream(dir_ / name, std::ios::binary) << bytes;
  }
  Result<ReportStrings> load() { return ReportStrings::load(dir_.string()); }

  fs::path dir_;
};

TEST_F(StringFiles, ALanguageWithoutAFileUsesItsBase) {
  const auto strings = load();
  ASSERT_TRUE(strings) << strings.error().to_string();
  EXPECT_EQ(Phrases(*strings, LanguageCode("ab"))("one"), "ein");
  EXPECT_EQ(Phrases(*strings, LanguageCode("ab")).fill("two", {{"n", "3"}}), "zwei 3");
}

TEST_F(StringFiles, WhatIsNotThereIsShownAsItIs) {
  const auto strings = load();
  ASSERT_TRUE(strings);
  const Phrases say(*strings, LanguageCode("zz"));
  EXPECT_EQ(say.language(), LanguageCode("aa"));
  EXPECT_EQ(say.label("evidence", "rumour"), "rumour");
  EXPECT_EQ(say("three"), "three");
}

TEST_F(StringFiles, KeysMustBeTheSameInAllLanguages) {
  write("report/ab.tsv", head() + "one\teins\n");
  const auto strings = load();
  ASSERT_FALSE(strings);
  EXPECT_EQ(strings.error().code, ErrorCode::kData);
  EXPECT_NE(strings.error().message.find("'two'"), std::string::npos);
}

TEST_F(StringFiles, ABrokenFileIsNamedWithItsLine) {
  write("report/aa.tsv", head() + "one\tein\none\tnoch ein\n");
  const auto strings = load();
  ASSERT_FALSE(strings);
  EXPECT_NE(strings.error().to_string().find("aa.tsv:line 5"), std::string::npos)
      << strings.error().to_string();
}

TEST_F(StringFiles, AStyleSheetThatEndsItsElementIsRefused) {
  write("report/report.css", "p{}</style><script>");
  EXPECT_FALSE(load());
}

TEST(ShippedStrings, EveryLabelOfTheLedgerHasAWord) {
  std::ifstream in(std::string(AVSTAND_SOURCE_DIR) + "/docs/ledger.schema.json");
  const auto schema = nlohmann::json::parse(in);
  const auto& statement = schema["properties"]["statements"]["items"]["properties"];
  const auto& entity = schema["properties"]["entities"]["items"]["properties"];
  const auto& profile = entity["profile"]["properties"];
  const std::vector<std::pair<std::string, nlohmann::json>> labels = {
      {"quote", statement["quote"]["enum"]},
      {"act", statement["act"]["enum"]},
      {"evidence", statement["evidence"]["enum"]},
      {"commitment", statement["commitment"]["enum"]},
      {"verification", schema["$defs"]["verification"]["properties"]["status"]["enum"]},
      {"finding", schema["properties"]["findings"]["items"]["properties"]["kind"]["enum"]},
      {"type", entity["type"]["enum"]},
      {"kind", profile["kind"]["enum"]},
      {"control", profile["control"]["enum"]}};
  for (const LanguageCode language : shipped_strings().languages())
    for (const auto& [kind, values] : labels) {
      ASSERT_FALSE(values.empty()) << kind;
      for (const auto& value : values)
        EXPECT_NE(shipped_strings().find(language, kind + "." + value.get<std::string>()), nullptr)
            << language.view() << " " << kind << "." << value;
    }
}

TEST(ShippedStrings, CountsHaveBothForms) {
  for (const std::string& key : shipped_strings().keys())
    if (key.ends_with(".one")) {
      const std::string other = key.substr(0, key.size() - 3) + "other";
      EXPECT_NE(shipped_strings().find(LanguageCode("en"), other), nullptr) << other;
    }
  const Phrases say(shipped_strings(), LanguageCode("en"));
  EXPECT_EQ(say.count("count.statements", 1), "1 statement");
  EXPECT_EQ(say.count("count.statements", 12), "12 statements");
  EXPECT_EQ(say.distance(0), "Own words");
  EXPECT_EQ(say.distance(7), "7 hands away");
}

TEST(ShippedStrings, NoneRatesTruth) {
  const std::vector<std::string> kRatings = {"false",   "fake",    "reliab",    "trustw",
                                             "credib",  "falsk",   "pålitelig", "påliteleg",
                                             "troverd", "truverd", "sannhet",   "løgn"};
  for (const LanguageCode language : shipped_strings().languages())
    for (const std::string& key : shipped_strings().keys())
      for (const std::string& rating : kRatings)
        EXPECT_EQ(shipped_strings().find(language, key)->find(rating), std::string::npos)
            << language.view() << " " << key;
}

TEST(Phrases, ATimeIsWrittenAsPeopleWriteIt) {
  const auto strings = ReportStrings::load(std::string(AVSTAND_SOURCE_DIR) + "/data");
  ASSERT_TRUE(strings);
  const Phrases nb(*strings, LanguageCode("nb")), en(*strings, LanguageCode("en"));
  EXPECT_EQ(nb.when("2026-05-04"), "4. mai 2026");
  EXPECT_EQ(nb.when("2026-05-14T09:05:00+02:00"), "14. mai 2026 kl. 09.05");
  EXPECT_EQ(en.when("2026-05-04T09:05:00Z"), "4 May 2026, 09:05");
  EXPECT_EQ(en.when("2026-12"), "December 2026");
  for (const char* other : {"", "soon", "2026-13-01", "2026", "2026-05-0x"})
    EXPECT_EQ(nb.when(other), other);
}

}  // namespace
}  // namespace avstand::report
