// What passages share, found by an index, against the comparison of all pairs; figures that are
// shares; days; how claims stand to each other.
#include "story/wording.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "story/lexicon.h"

namespace avstand::story {
namespace {

/// Terms of few words, so that many passages share some, with keys of unequal strength.
std::vector<Term> random_terms(std::mt19937& random) {
  std::vector<Term> out(random() % 9);
  for (Term& t : out) {
    t.name = random() % 4 == 0;
    t.weight = 0.2F + static_cast<float>(random() % 8) / 10;
    for (uint32_t k = 0; k <= random() % 3; ++k)
      t.keys.push_back({feature("w", std::to_string(random() % 12)),
                        0.3F + static_cast<float>(random() % 8) / 10});
    tidy(t.keys);
  }
  return out;
}

std::vector<StoryArticle> random_articles(std::mt19937& random) {
  std::vector<StoryArticle> out(1 + random() % 6);
  for (StoryArticle& a : out) {
    a.passages.resize(random() % 8);
    for (Passage& p : a.passages) p.terms = random_terms(random);
  }
  return out;
}

TEST(Wording, SaysOfAllPairsWhatTheyShare) {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    const auto articles = random_articles(random);
    std::vector<const StoryArticle*> pointers;
    std::vector<const Passage*> passages;
    for (const StoryArticle& a : articles) {
      pointers.push_back(&a);
      for (const Passage& p : a.passages) passages.push_back(&p);
    }
    const Wording wording(pointers);
    ASSERT_EQ(wording.size(), passages.size());
    for (uint32_t i = 0; i < passages.size(); ++i) {
      EXPECT_EQ(wording.number(wording.place(i)), i);
      for (uint32_t j = i + 1; j < passages.size(); ++j) {
        const Likeness wanted = likeness(passages[i]->terms, passages[j]->terms);
        const Likeness got = wording.plain(j, i);
        ASSERT_EQ(got.names, wanted.names);
        ASSERT_EQ(got.words, wanted.words);
        ASSERT_NEAR(got.dice, wanted.dice, 1e-5);
        ASSERT_NEAR(got.contained, wanted.contained, 1e-5);
      }
    }
  }
}

TEST(Wording, AWordAllOverTheStoryCountsLess) {
  StoryArticle a;
  a.passages.resize(6);
  for (size_t i = 0; i < a.passages.size(); ++i)
    a.passages[i].terms = {{.keys = {{feature("w", "ferry"), 1}}},
                           {.keys = {{feature("w", std::to_string(i / 2)), 1}}}};
  const Wording wording({&a});
  EXPECT_GT(wording.rare(0, 1).matched, wording.rare(0, 2).matched + 0.5F);
  EXPECT_NEAR(wording.plain(0, 2).matched, 1, 1e-5);
  EXPECT_LT(wording.rare_weight(0), wording.plain_weight(0));
}

/// Two articles of one happening, one passage each.
struct Pair {
  StoryArticle first, second;

  Pair() {
    for (StoryArticle* a : {&first, &second}) {
      a->id = a == &first ? "a" : "b";
      a->outlet = "Paper " + a->id;
      a->published = a == &first ? "2026-03-01T08:00:00Z" : "2026-03-03T08:00:00Z";
      a->minute = a == &first ? 1 : 3000;
      a->text = std::string(100, 'x');
      a->passages.resize(1);
      Passage& p = a->passages.front();
      p.span = {0, 10};
      p.kind = PassageKind::kHeadline;
      for (const char* word : {"slide", "block", "tunnel", "bury", "road", "night"})
        p.terms.push_back({.keys = {{feature("w", word), 1}}});
    }
  }
  Passage& a() { return first.passages.front(); }
  Passage& b() { return second.passages.front(); }
  Story story() const { return make_story({&first, &second}); }
};

Quantity figure(double value, const char* unit, bool share = false) {
  return {.value = value,
          .low = value,
          .high = value,
          .counts = true,
          .share = share,
          .unit = {{feature("w", unit), 1}}};
}

TEST(Claims, WhatHappenedOnOtherDaysIsNotOneClaim) {
  Pair pair;
  EXPECT_EQ(pair.story().claims.size(), 1U);
  pair.a().day = "2026-03-01";
  pair.b().day = "2026-03-02";  // dates of one night
  EXPECT_EQ(pair.story().claims.size(), 1U);
  pair.b().day = "2026-03-04";
  EXPECT_EQ(pair.story().claims.size(), 2U);
  pair.b().stance = Stance::kDenies;  // answers on a later day
  EXPECT_EQ(pair.story().claims.size(), 1U);
}

TEST(Claims, AShareIsNotACount) {
  Pair pair;
  pair.a().quantities = {figure(4, "percent", true)};
  pair.b().quantities = {figure(540'000, "salmon")};
  EXPECT_EQ(pair.story().claims.size(), 2U);
  pair.b().quantities.push_back(figure(4, "percent", true));
  EXPECT_EQ(pair.story().claims.size(), 1U);
}

TEST(Claims, AFigureThatASentenceTakesBackIsUpdatedByIt) {
  Pair pair;
  pair.a().quantities = {figure(82, "tonne")};
  pair.b().quantities = {figure(97, "tonne"), figure(82, "week")};  // "up from 82 a week ago"
  pair.a().sides = {-3}, pair.b().sides = {3};                      // so that they are two claims
  for (Passage* p : {&pair.a(), &pair.b()}) {
    p->chain = {{.name = "Institute", .kind = "authority"}};
    p->chain_told = true;
  }
  const Story story = pair.story();
  ASSERT_EQ(story.claims.size(), 2U);
  EXPECT_EQ(story.claims[1].updates, std::vector<std::string>{"c1"});
  pair.b().times = {"2016"};  // tells of another time beside it
  EXPECT_TRUE(pair.story().claims[1].updates.empty());
}

TEST(Claims, WhatIsReferredToMakesNoClaimRicher) {
  Pair pair;
  for (Passage* p : {&pair.a(), &pair.b()}) p->chain_told = true;
  pair.a().chain = {{.name = "Police", .kind = "authority"}};
  pair.b().chain = {{.name = "Ola Lie", .kind = "person", .person = true}};
  EXPECT_EQ(pair.story().claims.front().independent_origins, 2U);
  pair.b().refers_back = true;
  EXPECT_EQ(pair.story().claims.front().independent_origins, 1U);
}

}  // namespace
}  // namespace avstand::story
