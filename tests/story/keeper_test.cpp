// Stories that an archive keeps: whatever the order, the batches, and what was taken out again,
// they are those of the articles that are there.
#include "story/keeper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "store/packing.h"
#include "story/article_bytes.h"
#include "story/clusters.h"
#include "story/keeper_fixture.h"
#include "story/story_rows.h"

namespace avstand::story {
namespace {

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

}  // namespace
}  // namespace avstand::story
