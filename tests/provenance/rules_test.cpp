#include "provenance/rules.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace avstand {
namespace {

namespace fs = std::filesystem;
const std::string kData = std::string(AVSTAND_SOURCE_DIR) + "/data";

TEST(ProvenanceRules, LoadsEveryLanguage) {
  auto rules = ProvenanceRules::load(kData);
  ASSERT_TRUE(rules) << rules.error().to_string();
  for (const char* code : {"nb", "nn", "en"}) {
    const auto* language = rules->impl().find(LanguageCode(code));
    ASSERT_NE(language, nullptr) << code;
    // Every language must have its part of every kind, or a judgement is silently never made.
    for (size_t m = 0; m < provenance::kMarkerCount; ++m)
      EXPECT_FALSE(language->markers[m].empty()) << code << " has no patterns of kind " << m;
    for (const auto& place : language->evidence) EXPECT_FALSE(place.empty()) << code;
    EXPECT_FALSE(language->offices.empty()) << code;
  }
  EXPECT_EQ(rules->impl().find(LanguageCode("xx")), nullptr);
}

TEST(ProvenanceRules, EveryFindingHasAMessageInEveryLanguage) {
  auto rules = ProvenanceRules::load(kData);
  ASSERT_TRUE(rules);
  for (const char* key :
       {"role_conflict", "name_conflict", "number_conflict", "number_sum", "date_conflict",
        "missing_credit", "missing_credit_others", "single_origin", "interested_origin",
        "no_access", "unverified_picture", "anonymous_only", "circular"})
    for (const char* code : {"nb", "nn", "en"})
      EXPECT_TRUE(rules->impl().messages.count({key, LanguageCode(code)})) << key << " " << code;
}

/// A copy of data/ in which one file of nb can be spoilt.
class SpoiltData : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(::testing::TempDir()) / ("avstand_spoilt_data_" + std::to_string(getpid()));
    fs::remove_all(dir_);
    fs::copy(kData, dir_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(dir_); }
  Error load_after_adding(const std::string& file, const std::string& line) {
    std::ofstream(dir_ / "lang/nb" / file, std::ios::app) << line << "\n";
    auto rules = ProvenanceRules::load(dir_.string());
    EXPECT_FALSE(rules) << line;
    return rules ? Error{} : rules.error();
  }
  fs::path dir_;
};

TEST_F(SpoiltData, NamesFileAndLine) {
  const Error e = load_after_adding("relays.tsv", "no_such_kind\ttil %medium");
  EXPECT_EQ(e.code, ErrorCode::kData);
  EXPECT_NE(e.file.find("relays.tsv"), std::string::npos);
  EXPECT_TRUE(e.line.has_value());
  EXPECT_NE(e.message.find("no_such_kind"), std::string::npos);
}

TEST_F(SpoiltData, RefusesUnknownEvidence) {
  EXPECT_NE(load_after_adding("evidence.tsv", "source.gossip\tsladder").message, "");
}

TEST_F(SpoiltData, RefusesBadPattern) {
  EXPECT_NE(load_after_adding("verification.tsv", "checked\t%nobody").message, "");
}

TEST_F(SpoiltData, RefusesDoubleTitle) {
  EXPECT_NE(load_after_adding("offices.tsv", "statsminister\tcabinet\thead").message, "");
}

TEST_F(SpoiltData, MissingFileIsNamed) {
  fs::remove(dir_ / "lang/nb/captions.tsv");
  auto rules = ProvenanceRules::load(dir_.string());
  ASSERT_FALSE(rules);
  EXPECT_NE(rules.error().to_string().find("captions.tsv"), std::string::npos);
}

}  // namespace
}  // namespace avstand
