#include "story/echo.h"

#include <gtest/gtest.h>

namespace avstand::story {
namespace {

Claim claim(uint32_t articles, std::vector<std::string> known,
            std::vector<std::string> unknown = {}) {
  Claim out{.articles = articles};
  out.independent_origins = static_cast<uint32_t>(known.size());
  out.unknown_origins = static_cast<uint32_t>(unknown.size());
  out.origins = std::move(known);
  out.origins.insert(out.origins.end(), unknown.begin(), unknown.end());
  return out;
}

TEST(Echo, CountsArticlesForEachKnownOriginOfWhatIsShared) {
  const std::vector<StoryArticle> articles = {
      {.id = "a", .outlet = "A"}, {.id = "b", .outlet = "B"}, {.id = "c", .outlet = "B"}};
  Story story;
  for (const StoryArticle& a : articles) story.articles.push_back(&a);
  EXPECT_EQ(echo(story).ratio, 3);  // nothing is shared: as for one
  story.claims = {claim(1, {"Alone"}), claim(2, {"NTB"}),
                  claim(3, {"NTB", "Politiet"}, {"unnamed (A)"})};
  const Echo out = echo(story);
  EXPECT_EQ(out.articles, 3U);
  EXPECT_EQ(out.outlets, 2U);
  EXPECT_EQ(out.origins, 2U);
  EXPECT_EQ(out.ratio, 1.5);
  EXPECT_EQ(out.names, (std::vector<std::string>{"NTB", "Politiet"}));
}

TEST(Echo, AnOriginIsCalledAsAnArticleCallsIt) {
  StoryArticle article{.id = "a"};
  article.passages = {{.chain = {{.name = "Politiet"}}},
                      {.chain = {{.name = "Bø", .body = "NVE"}}}};
  Story story{.articles = {&article}};
  story.claims.resize(1);
  story.claims[0].mentions = {{.passage = 0, .origin = "police"},
                              {.passage = 1, .origin = "Dam body"}};
  EXPECT_EQ(told_name(story, "police"), "Politiet");
  EXPECT_EQ(told_name(story, "Dam body"), "NVE");
  EXPECT_EQ(told_name(story, "NTB"), "NTB");
}

TEST(Echo, WhatIsContestedBelongsInAnOverview) {
  EXPECT_FALSE(is_shared_or_contested(claim(1, {})));
  EXPECT_TRUE(is_shared_or_contested(claim(2, {})));
  Claim denied = claim(1, {});
  denied.status = "denied";
  EXPECT_TRUE(is_shared_or_contested(denied));
}

}  // namespace
}  // namespace avstand::story
