// Stories that an archive keeps: whatever the order, the batches, and what was taken out again,
// they are those of the articles that are there. And questions that are saved about them.
#include "story/keeper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/hash.h"
#include "store/packing.h"
#include "story/article_bytes.h"
#include "story/clusters.h"
#include "story/lexicon.h"
#include "story/story_rows.h"
#include "story/watch.h"

namespace avstand::story {
namespace {

namespace fs = std::filesystem;

Term word(const std::string& lemma) {
  const bool name = std::isupper(static_cast<unsigned char>(lemma.front())) != 0;
  return {.keys = {{feature(name ? "n" : "w", lemma), 1}}, .weight = 1, .name = name};
}

struct Told {
  std::vector<std::string> words;
  std::string source;
  Stance stance = Stance::kAsserts;
};

StoryArticle article(const std::string& id, int64_t day, const std::vector<Told>& told) {
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

const std::vector<std::string> kSlide{"Nesvik", "landslide", "block", "tunnel",
                                      "bury",   "road",      "night"};
const std::vector<std::string> kPrize{"Hovde", "bakery", "prize", "rye", "bread", "jury", "oven"};

/// Two happenings, told by three and two; one article that is alone; and one, "f", that ties a
/// seventh to the first by sharing words with both.
std::vector<StoryArticle> articles() {
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

std::string ledger_of(const StoryArticle& a) {
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

TEST_F(KeeperTest, AnyOrderAndAnyBatchesGiveTheStoriesOfTheArticles) {
  std::vector<StoryArticle> all = articles();
  const std::string wanted = to_json(make_stories(all));
  EXPECT_NE(wanted.find(R"("articles":["h","a","b","f","g"])"), std::string::npos) << wanted;
  EXPECT_NE(wanted.find(R"("articles":["c","d"])"), std::string::npos) << wanted;
  std::mt19937 dice(7);
  for (int round = 0; round < 60; ++round) {
    std::shuffle(all.begin(), all.end(), dice);
    {
      store::Archive archive = open();
      for (const StoryArticle& a : all) {
        add(archive, a);
        if (dice() % 2 == 0) {
          ASSERT_TRUE(archive.commit());
        }
      }
      ASSERT_TRUE(archive.commit());
      ASSERT_EQ(stories(archive), wanted) << "round " << round;
      if (round % 20 == 0) expect_clean(archive);
    }
    start_again();
  }
}

/// One happening told by more articles than a story has, some hours and once two days apart.
std::vector<StoryArticle> many_articles(size_t count) {
  std::vector<StoryArticle> all;
  for (size_t i = 0; i < count; ++i) {
    StoryArticle a = article("m" + std::to_string(i), 1,
                             {{kSlide, i % 3 == 0 ? "Police" : "Road Office"},
                              {{"Nesvik", "lorry", "detour" + std::to_string(i % 7)}, ""}});
    a.minute += static_cast<int64_t>(i * 150 + (i % 5) * 20 + (i >= count / 3 ? 2880 : 0));
    a.published = utc(a.minute);
    all.push_back(std::move(a));
  }
  return all;
}

// Above kMostOfAStory articles a piece is cut, elsewhere with every article that comes.
TEST_F(KeeperTest, APieceThatGrowsAboveTheMostOfAStoryIsCutAsIfItCameAtOnce) {
  const std::vector<StoryArticle> all = many_articles(kMostOfAStory + 14);
  ASSERT_GE(make_stories(all).size(), 2U);
  std::mt19937 dice(11);
  for (int round = 0; round < 3; ++round) {
    std::vector<StoryArticle> order = all, so_far;
    if (round == 1) std::reverse(order.begin(), order.end());
    if (round == 2) std::shuffle(order.begin(), order.end(), dice);
    {
      store::Archive archive = open();
      for (const StoryArticle& a : order) {
        add(archive, a);
        ASSERT_TRUE(archive.commit());
        so_far.push_back(a);
        if (so_far.size() + 2 < kMostOfAStory) continue;
        ASSERT_EQ(stories(archive), to_json(make_stories(so_far)))
            << "round " << round << ", " << so_far.size() << " articles";
      }
      expect_clean(archive);
    }
    start_again();
    {
      store::Archive archive = open();
      for (const StoryArticle& a : order) add(archive, a);
      ASSERT_TRUE(archive.commit());
      EXPECT_EQ(stories(archive), to_json(make_stories(all))) << "round " << round;
    }
    start_again();
  }
}

TEST_F(KeeperTest, WhatIsTakenOutOrChangedLeavesTheStoriesOfTheRest) {
  std::vector<StoryArticle> all = articles();
  store::Archive archive = open();
  for (const StoryArticle& a : all) add(archive, a);
  ASSERT_TRUE(archive.commit());
  const auto without = [&](std::initializer_list<const char*> ids) {
    std::erase_if(all, [&](const StoryArticle& a) {
      return std::find(ids.begin(), ids.end(), a.id) != ids.end();
    });
    return to_json(make_stories(all));
  };
  // "f" held two parts together.
  ASSERT_TRUE(archive.forget({archive.find("f")->id}));
  EXPECT_EQ(stories(archive), without({"f"}));
  expect_clean(archive);
  // A new version of "b" is about something else.
  const auto b = std::find_if(all.begin(), all.end(), [](const auto& a) { return a.id == "b"; });
  *b = article("b", 2, {{kPrize, ""}});
  add(archive, *b);
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(stories(archive), to_json(make_stories(all)));
  ASSERT_TRUE(archive.forget({archive.find("a")->id, archive.find("h")->id}));
  EXPECT_EQ(stories(archive), without({"a", "h"}));
  expect_clean(archive);
}

TEST_F(KeeperTest, OnlyTheTouchedStoryIsMadeAgain) {
  const std::vector<StoryArticle> all = articles();
  store::Archive archive = open();
  for (const char* id : {"a", "b", "c"})
    add(archive, *std::find_if(all.begin(), all.end(), [&](const auto& a) { return a.id == id; }));
  ASSERT_TRUE(archive.commit());
  auto tables = store::StoryTables::open(archive);
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->stories()->size(), 1U);
  store::StoryRows marked{.articles = *tables->members(1), .document = "marked"};
  ASSERT_TRUE(archive.begin());
  ASSERT_TRUE(tables->drop(1));
  ASSERT_TRUE(tables->put(marked));
  add(archive, all[3]);  // "d", which makes a story with "c"
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(tables->stories()->size(), 2U);
  EXPECT_EQ(tables->find("1")->document, "marked");
  const auto problems = check_stories(archive);  // which is how a wrong row is found out
  ASSERT_TRUE(problems);
  EXPECT_EQ(*problems, std::vector<std::string>{"story 1: it is not what its articles give"});
}

TEST_F(KeeperTest, AStoryIsFoundByNumberIdAndAnyOfItsArticles) {
  store::Archive archive = open();
  for (const StoryArticle& a : articles()) add(archive, a);
  ASSERT_TRUE(archive.commit());
  auto tables = store::StoryTables::open(archive);
  const auto by_id = tables->find("h");
  ASSERT_TRUE(by_id) << by_id.error().message;
  EXPECT_EQ(by_id->articles, 5);
  EXPECT_EQ(by_id->title, "Title of h");
  for (const std::string& name : {std::to_string(by_id->id), std::string("id:b"), std::string("g"),
                                  std::to_string(archive.find("a")->id)})
    EXPECT_EQ(tables->find(name)->id, by_id->id) << name;
  for (const char* name : {"e", "none", "", "99999"}) EXPECT_FALSE(tables->find(name)) << name;
}

/// Everything that an archive says, and whether it says that it is damaged.
struct Said {
  bool damaged = false;
  std::string dump, stories;
};

// Whatever byte is wrong: an error, a problem that is told, or nothing lost; never a crash. And so
// for whole pages. AVSTAND_SOAK=N: every Nth byte, all pages.
TEST_F(KeeperTest, AWrongByteIsToldOrHarmless) {
  {
    store::Archive archive = open();
    for (const StoryArticle& a : articles()) add(archive, a);
    ASSERT_TRUE(archive.commit());
  }
  std::ifstream in(path(), std::ios::binary);
  const std::string good((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const auto say = [&](const std::string& bytes) {
    std::ofstream(folder_ / "bad.db", std::ios::binary) << bytes;
    Said out;
    {
      auto archive =
          store::Archive::open((folder_ / "bad.db").string(), store::Archive::Mode::kWrite);
      const auto problems = archive ? archive->check() : archive.error();
      const auto of_stories = archive ? check_stories(*archive) : archive.error();
      out.damaged = !problems || !of_stories || !problems->empty() || !of_stories->empty();
      if (archive) {
        (void)archive->search({.words = {{"lemmas"}}});
        (void)archive->dump([&](const std::string& line) { out.dump += line; });
      }
      if (archive && !out.damaged) out.stories = stories(*archive);
    }
    for (const char* part : {"bad.db", "bad.db-wal", "bad.db-shm"}) fs::remove(folder_ / part);
    return out;
  };
  const Said wanted = say(good);
  ASSERT_FALSE(wanted.damaged);
  const char* soak = std::getenv("AVSTAND_SOAK");
  const size_t step =
      soak != nullptr ? std::max<size_t>(1, std::strtoul(soak, nullptr, 10)) : good.size() / 151;
  // Most bytes of a small archive are free space: of a stretch of it, some are enough.
  const auto is_free = [&](size_t at) {
    constexpr size_t kStretch = 64;
    return at % kStretch != 0 && at + kStretch < good.size() && at >= kStretch &&
           good.find_first_not_of('\0', at - kStretch) > at + kStretch;
  };
  size_t told = 0, tried = 0;
  for (size_t at = 0; at < good.size(); at += step) {
    if (soak != nullptr && is_free(at)) continue;
    ++tried;
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    const Said said = say(bad);
    told += said.damaged;
    if (said.damaged) continue;
    EXPECT_EQ(said.dump == wanted.dump, true) << "byte " << at;
    EXPECT_EQ(said.stories == wanted.stories, true) << "byte " << at;
  }
  EXPECT_GT(told, tried / 20);
  // The search index takes "lemmAs" for "lemmas", and no ledger has them.
  const size_t lemmas = good.find("lemmassha256:");
  ASSERT_NE(lemmas, std::string::npos);
  std::string other_case = good;
  other_case[lemmas + 4] = 'A';
  EXPECT_TRUE(say(other_case).damaged);
  constexpr size_t kPage = 8192;
  for (size_t at = 0; at + kPage <= good.size(); at += kPage * (soak != nullptr ? 1 : 5)) {
    std::string bad = good;
    bad.replace(at, kPage, kPage, '\xA5');
    EXPECT_TRUE(say(bad).damaged) << "page at " << at;
  }
}

/// An archive of tests/store/ that an older program made, put where the test has its own.
void unpack_archive(const std::string& name, const std::string& to) {
  std::ifstream in(std::string(AVSTAND_SOURCE_DIR) + "/tests/store/" + name, std::ios::binary);
  std::stringstream packed;
  packed << in.rdbuf();
  const auto bytes = store::unpack(packed.str());
  ASSERT_TRUE(bytes) << bytes.error().to_string();
  std::ofstream(to, std::ios::binary) << *bytes;
}

std::string dumped(store::Archive& archive) {
  std::string out;
  EXPECT_TRUE(archive.dump([&](const std::string& line) { out += line; }));
  return out;
}

std::vector<StoryArticle> articles_of(store::Archive& archive) {
  std::vector<StoryArticle> all;
  EXPECT_TRUE(archive.for_each([&](const store::Listed&, const std::string& features) {
    if (auto a = from_bytes(features)) all.push_back(std::move(*a));
    return Status(Unit{});
  }));
  return all;
}

/// schema2.db.zst: five articles that the last program with schema 2 took in.
TEST_F(KeeperTest, AnOlderArchiveGetsItsStoriesAndKeepsTheRest) {
  unpack_archive("schema2.db.zst", path());
  std::string before;
  std::vector<StoryArticle> all;
  {
    auto old = store::Archive::open(path(), store::Archive::Mode::kRead);
    ASSERT_TRUE(old) << old.error().message;
    EXPECT_FALSE(store::StoryTables::open(*old));
    before = dumped(*old);
    all = articles_of(*old);
  }
  store::Archive archive = open();
  EXPECT_EQ(dumped(archive), before);
  EXPECT_EQ(*store::StoryTables::open(archive)->pending_count(), 0);
  EXPECT_EQ(stories(archive), to_json(make_stories(all)));
  EXPECT_EQ(*archive.check(), std::vector<std::string>());
  expect_clean(archive);
}

/// schema3.db.zst: two stories and an article besides that the last program with schema 3 took in;
/// one story has lost its rows, as if other rules had made it.
TEST_F(KeeperTest, StoriesOfAnOlderArchiveAreMadeAgainAndItsSourcesSummedUp) {
  unpack_archive("schema3.db.zst", path());
  int64_t told = 0;
  std::vector<StoryArticle> all;
  {
    auto old = store::Archive::open(path(), store::Archive::Mode::kRead);
    ASSERT_TRUE(old) << old.error().message;
    EXPECT_EQ(*old->check(), std::vector<std::string>());
    told = old->source("Politiet", 5)->statements;
    EXPECT_GT(told, 0);
    all = articles_of(*old);
  }
  {
    auto moved = store::Archive::open(path(), store::Archive::Mode::kWrite);
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(*store::StoryTables::open(*moved)->pending_count(), static_cast<int64_t>(all.size()));
  }
  store::Archive archive = open();
  EXPECT_EQ(archive.source("politiet", 5)->statements, told);
  EXPECT_EQ(*store::StoryTables::open(archive)->pending_count(), 0);
  EXPECT_EQ(stories(archive), to_json(make_stories(all)));
  EXPECT_EQ(*archive.check(), std::vector<std::string>());
  expect_clean(archive);
}

class WatchTest : public KeeperTest {
 protected:
  static std::vector<News> told(store::Archive& archive) {
    store::WatchTables tables(archive);
    EXPECT_TRUE(archive.begin());
    const auto reports = look(tables);
    EXPECT_TRUE(reports) << (reports ? "" : reports.error().message);
    EXPECT_TRUE(archive.commit());
    std::vector<News> out;
    for (const Report& r : *reports) {
      out.push_back(r.news);
      EXPECT_FALSE(to_text(r).empty());
      EXPECT_TRUE(nlohmann::json::accept(to_json(r)));
    }
    return out;
  }
};

TEST_F(WatchTest, ASecondOriginAndARetractionAreToldOnce) {
  store::Archive archive = open();
  add(archive, article("a", 1, {{kSlide, "Police"}}));
  add(archive, article("b", 2, {{kSlide, "Police"}}));
  ASSERT_TRUE(archive.commit());
  store::WatchTables tables(archive);
  const auto claim = tables.claim(1, "c1");
  ASSERT_TRUE(claim && *claim);
  EXPECT_EQ((*claim)->origins, std::vector<std::string>{"Police"});
  ASSERT_TRUE(tables.add(watch_of_claim(**claim)));
  EXPECT_EQ(told(archive), std::vector<News>{});
  // An earlier article, so that the story has another number and the claim perhaps another name.
  add(archive, article("0", 0, {{{"Nesvik", "weather"}, ""}, {kSlide, "Road Office"}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(told(archive), std::vector<News>{News::kSecondOrigin});
  EXPECT_EQ(told(archive), std::vector<News>{});
  add(archive, article("r", 6, {{kSlide, "Police", Stance::kRetracts}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(told(archive), std::vector<News>{News::kRetracted});
  EXPECT_EQ(told(archive), std::vector<News>{});
  std::vector<int64_t> all;
  for (const char* id : {"a", "b", "0", "r"}) all.push_back(archive.find(id)->id);
  ASSERT_TRUE(archive.forget(all));
  EXPECT_EQ(told(archive), std::vector<News>{News::kGone});
  EXPECT_TRUE(tables.all()->empty());
}

TEST_F(WatchTest, AnOriginIsWatchedWithWhatItSaysLater) {
  store::Archive archive = open();
  store::WatchTables tables(archive);
  add(archive, article("a", 1, {{kSlide, "Police"}}));
  add(archive, article("b", 2, {{kSlide, "Police"}}));
  add(archive, article("c", 2, {{kPrize, "Jury"}}));
  ASSERT_TRUE(archive.commit());
  const auto watch = watch_of_origin(tables, "police");
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->claims.size(), 1U);
  ASSERT_TRUE(tables.add(*watch));
  const auto jury = watch_of_origin(tables, "Jury");
  EXPECT_TRUE(jury->claims.empty());
  ASSERT_TRUE(tables.add(*jury));
  EXPECT_TRUE(told(archive).empty());
  add(archive, article("d", 3, {{kPrize, "Jury"}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_TRUE(told(archive).empty());  // seen now
  add(archive, article("e", 4, {{kPrize, "Bakers"}}));
  add(archive, article("f", 4, {{kSlide, "Road Office"}}));
  ASSERT_TRUE(archive.commit());
  std::string before;  // the questions come through a dump
  ASSERT_TRUE(archive.dump([&](const std::string& line) { before += line; }));
  auto copy = store::Archive::open((folder_ / "copy.db").string(), store::Archive::Mode::kCreate);
  ASSERT_TRUE(copy && Keeper::attach(*copy));
  for (int twice = 0; twice < 2; ++twice) {
    std::istringstream lines(before);
    const auto restored = copy->restore(
        [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
    ASSERT_TRUE(restored) << restored.error().message;
    std::string after;
    ASSERT_TRUE(copy->dump([&](const std::string& line) { after += line; }));
    EXPECT_EQ(after, before);
  }
  EXPECT_EQ(told(*copy), (std::vector<News>{News::kSecondOrigin, News::kSecondOrigin}));
  EXPECT_EQ(told(archive), (std::vector<News>{News::kSecondOrigin, News::kSecondOrigin}));
  EXPECT_EQ(tables.all()->size(), 2U);
  EXPECT_TRUE(*tables.remove(1));
  EXPECT_FALSE(*tables.remove(1));
}

}  // namespace
}  // namespace avstand::story
