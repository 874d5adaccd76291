// An archive in a folder of its own, and articles of few words to put into it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/hash.h"
#include "story/article_bytes.h"
#include "story/keeper.h"
#include "story/lexicon.h"

namespace avstand::story {

namespace fs = std::filesystem;

inline Term word(const std::string& lemma) {
  const bool name = std::isupper(static_cast<unsigned char>(lemma.front())) != 0;
  return {.keys = {{feature(name ? "n" : "w", lemma), 1}}, .weight = 1, .name = name};
}

struct Told {
  std::vector<std::string> words;
  std::string source;
  Stance stance = Stance::kAsserts;
};

inline StoryArticle article(const std::string& id, int64_t day, const std::vector<Told>& told) {
  StoryArticle a;
  a.id = id, a.outlet = "Paper " + id, a.language = "en";
  if (day != 0) {
    a.published = "2026-03-" + std::to_string(day + 10) + "T08:00:00Z";
    a.minute = day * 1440 + 29000000;
  }
  for (const Told& t : told) {
    Passage p;
    p.span.begin = static_cast<uint32_t>(a.text.size());
    for (const std::string& w : t.words) {
      p.terms.push_back(word(w));
      a.text += w + " ";
    }
    p.span.end = static_cast<uint32_t>(a.text.size()) - 1;
    p.words = static_cast<uint32_t>(t.words.size());
    p.stance = t.stance;
    p.chain_told = !t.source.empty();
    if (!t.source.empty()) p.chain = {{.name = t.source, .kind = "authority"}};
    a.terms.insert(a.terms.end(), p.terms.begin(), p.terms.end());
    a.passages.push_back(std::move(p));
  }
  std::sort(a.terms.begin(), a.terms.end(), [](const Term& x, const Term& y) {
    return x.keys.front().feature < y.keys.front().feature;
  });
  a.terms.erase(std::unique(a.terms.begin(), a.terms.end()), a.terms.end());
  return a;
}

inline const std::vector<std::string> kSlide{"Nesvik", "landslide", "block", "tunnel",
                                             "bury",   "road",      "night"};
inline const std::vector<std::string> kPrize{"Hovde", "bakery", "prize", "rye",
                                             "bread", "jury",   "oven"};

/// Two happenings, told by three and two; one article that is alone; and one, "f", that ties a
/// seventh to the first by sharing words with both.
inline std::vector<StoryArticle> articles() {
  std::vector<std::string> both(kSlide.begin(), kSlide.end() - 1);
  for (const char* w : {"geologist", "cliff", "drone", "survey", "crack", "sensor"})
    both.emplace_back(w);
  return {article("a", 1, {{kSlide, "Police"}, {{"Nesvik", "school", "close"}, ""}}),
          article("b", 2, {{kSlide, "Police"}}),
          article("c", 2, {{kPrize, ""}}),
          article("d", 3, {{kPrize, "Jury"}, {{"Hovde", "baker", "flour"}, ""}}),
          article("e", 3, {{{"Sund", "election", "ballot", "mayor", "council", "recount"}, ""}}),
          article("f", 4, {{both, ""}}),
          article("g", 5,
                  {{{"Nesvik", "geologist", "cliff", "drone", "survey", "crack", "sensor"}, ""}}),
          article("h", 0, {{kSlide, "Road Office"}})};
}

inline std::string ledger_of(const StoryArticle& a) {
  return nlohmann::json{
      {"schema", "avstand/ledger/1"},
      {"document",
       {{"id", a.id},
        {"url", nullptr},
        {"language", a.language},
        {"title", "Title of " + a.id},
        {"published", a.published.empty() ? nlohmann::json() : nlohmann::json(a.published)},
        {"outlet", {{"name", a.outlet}, {"entity", nullptr}}},
        {"text", a.text},
        {"digest", sha256(a.text)}}},
      {"blocks", nlohmann::json::array()},
      {"entities", nlohmann::json::array()},
      {"statements", nlohmann::json::array()},
      {"pictures", nlohmann::json::array()},
      {"findings", nlohmann::json::array()},
      {"summary", {{"statements", 0}, {"independent_origins", 0}, {"unverified", 0}}}}
      .dump();
}

class KeeperTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "avstand-keeper-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path() const { return (folder_ / "a.db").string(); }

  store::Archive open() {
    auto archive = store::Archive::open(path(), store::Archive::Mode::kCreate);
    EXPECT_TRUE(archive) << (archive ? "" : archive.error().to_string());
    EXPECT_TRUE(Keeper::attach(*archive));
    return std::move(*archive);
  }
  static void add(store::Archive& archive, const StoryArticle& a) {
    const store::Record record{ledger_of(a), "lemmas", to_bytes(a)};
    const auto rows = store::rows_of(record.ledger);
    ASSERT_TRUE(rows) << rows.error().message;
    const auto added = archive.add(record, *rows);
    ASSERT_TRUE(added) << added.error().message;
  }
  static std::string stories(store::Archive& archive) {
    auto tables = store::StoryTables::open(archive);
    EXPECT_TRUE(tables);
    StoriesJson json;
    std::string out;
    const auto numbers = tables->stories();
    EXPECT_TRUE(numbers);
    for (const int64_t number : *numbers) {
      const auto kept = load_story(*tables, number);
      EXPECT_TRUE(kept);
      out += json.add(kept->story);
    }
    return out + json.end();
  }
  static void expect_clean(store::Archive& archive) {
    const auto problems = check_stories(archive);
    ASSERT_TRUE(problems) << problems.error().message;
    EXPECT_EQ(*problems, std::vector<std::string>());
  }
  void start_again() {
    for (const char* part : {"a.db", "a.db-wal", "a.db-shm"}) fs::remove(folder_ / part);
  }

  fs::path folder_;
};

}  // namespace avstand::story
