// The public API as a program uses it.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "avstand/avstand.h"

namespace avstand {
namespace {

const Engine& engine() {
  static const auto opened = Engine::open(
      {.data_dir = AVSTAND_SOURCE_DIR "/data", .model_dir = AVSTAND_SOURCE_DIR "/models"});
  if (!opened) throw std::runtime_error(opened.error().to_string());
  return *opened;
}

constexpr const char* kText =
    "Bro stengt i Nesvik\n\n"
    "Broen er stengt til mandag, sier ordfører Kari Bø til NTB.\n\n"
    "– Vi tar ingen sjanser, sier hun.\n";

TEST(Engine, ReadsAnArticle) {
  const auto reading = engine().read(kText, {.id = "bro", .published = "2026-03-02"});
  ASSERT_TRUE(reading) << reading.error().to_string();
  EXPECT_EQ(reading->id(), "bro");
  EXPECT_EQ(reading->text(), kText);
  EXPECT_EQ(reading->language(), "nb");
  EXPECT_NE(reading->to_json().find("\"published\":\"2026-03-02\""), std::string::npos);
  EXPECT_EQ(reading->to_json().find('\n'), std::string::npos);
}

TEST(Engine, StatementsPointIntoTheText) {
  const auto reading = engine().read(kText);
  ASSERT_TRUE(reading);
  size_t attributed = 0;
  for (const StatementSummary& s : reading->statements()) {
    ASSERT_FALSE(s.content.empty());
    for (const Passage& p : s.content) {
      EXPECT_LT(p.begin, p.end);
      EXPECT_NE(reading->text().find(p.text), std::string::npos);
    }
    if (s.quote != "own") ++attributed;
    EXPECT_EQ(s.distance == 0, s.quote == "own");
  }
  EXPECT_GE(attributed, 2u);
}

TEST(Engine, ManyThreadsGiveTheSameLedger) {
  const std::string expected = engine().read(kText)->to_json();
  std::vector<std::string> got(8);
  {
    std::vector<std::jthread> threads;
    for (std::string& one : got)
      threads.emplace_back([&one] { one = engine().read(kText)->to_json(); });
  }
  for (const std::string& one : got) EXPECT_EQ(one, expected);
}

TEST(Engine, SaysWhatIsWrong) {
  EXPECT_EQ(engine()
                .read("a\xff"
                      "b")
                .error()
                .code,
            ErrorCode::kInput);
  EXPECT_EQ(engine().read("").error().code, ErrorCode::kInput);
  EXPECT_EQ(engine().read("En lang tekst.", {.max_bytes = 3}).error().code, ErrorCode::kLimit);
  EXPECT_EQ(engine().read("En tekst.", {.language = "xx"}).error().code, ErrorCode::kUsage);
  EXPECT_FALSE(engine().read("En tekst.", {.published = "2026-02-30"}));
  EXPECT_EQ(Engine::open({.data_dir = "/nowhere"}).error().code, ErrorCode::kData);
}

}  // namespace
}  // namespace avstand
