// Stories of articles written as values: clusters, figures, order, the empty and the single
// article.
#include "story/stories.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "story/clusters.h"
#include "story/extract.h"
#include "story/lexicon.h"
#include "story/names.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

Term word(const std::string& lemma, bool name = false) {
  return {.keys = {{feature(name ? "n" : "w", lemma), 1}}, .weight = 1, .name = name};
}

std::vector<Term> words(const std::vector<std::string>& lemmas) {
  std::vector<Term> out;
  for (const std::string& l : lemmas)
    out.push_back(word(l, std::isupper(static_cast<unsigned char>(l.front())) != 0));
  std::sort(out.begin(), out.end(), [](const Term& a, const Term& b) {
    return a.keys.front().feature < b.keys.front().feature;
  });
  return out;
}

Quantity count(double value, const std::string& unit) {
  return {.value = value, .low = value, .high = value, .counts = true, .unit = word(unit).keys};
}

Passage says(const std::vector<std::string>& lemmas, uint32_t begin) {
  Passage p;
  p.terms = words(lemmas);
  p.words = static_cast<uint32_t>(lemmas.size());
  p.span = {begin, begin + 10};
  return p;
}

StoryArticle article(const std::string& id, int64_t minute, std::vector<Passage> passages) {
  StoryArticle a;
  a.id = id;
  a.outlet = "Paper " + id;
  a.language = "en";
  a.published = "2026-03-0" + std::to_string(minute) + "T08:00:00Z";
  a.minute = minute * 1440 + 29000000;
  a.text = std::string(100, 'x');
  a.passages = std::move(passages);
  for (const Passage& p : a.passages) a.terms.insert(a.terms.end(), p.terms.begin(), p.terms.end());
  std::sort(a.terms.begin(), a.terms.end(), [](const Term& x, const Term& y) {
    return x.keys.front().feature < y.keys.front().feature;
  });
  a.terms.erase(std::unique(a.terms.begin(), a.terms.end()), a.terms.end());
  return a;
}

std::vector<StoryArticle> archive() {
  const std::vector<std::string> slide{"Nesvik", "landslide", "block", "tunnel",
                                       "bury",   "road",      "night"};
  const std::vector<std::string> other{"Hovde", "bakery", "prize", "rye", "bread"};
  return {article("b", 2, {says(slide, 0), says({"Nesvik", "school", "close", "mayor"}, 20)}),
          article("a", 1, {says(slide, 0), says({"Nesvik", "geologist", "survey", "cliff"}, 20)}),
          article("c", 2, {says(other, 0), says({"Hovde", "baker", "flour", "oven"}, 20)})};
}

TEST(Stories, NothingAndOneArticleMakeNoStory) {
  EXPECT_TRUE(make_stories({}).empty());
  EXPECT_TRUE(make_stories({archive().front()}).empty());
  EXPECT_TRUE(make_stories({StoryArticle{}, StoryArticle{}}).empty());
  EXPECT_EQ(to_json({}), R"({"schema":"avstand/stories/1","stories":[]})");
}

TEST(Stories, SameClaimInTwoArticlesAndOtherHappeningOutside) {
  const auto articles = archive();
  const auto stories = make_stories(articles);
  ASSERT_EQ(stories.size(), 1U);
  ASSERT_EQ(stories[0].articles.size(), 2U);
  EXPECT_EQ(stories[0].articles[0]->id, "a");
  EXPECT_EQ(stories[0].id, "a");
  const Claim& slide = stories[0].claims.front();
  EXPECT_EQ(slide.mentions.size(), 2U);
  EXPECT_EQ(slide.outlets, 2U);
  EXPECT_EQ(slide.independent_origins, 2U);
}

TEST(Stories, OrderOfInputMakesNoDifference) {
  auto articles = archive();
  const std::string wanted = to_json(make_stories(articles));
  std::sort(articles.begin(), articles.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  do {
    EXPECT_EQ(to_json(make_stories(articles)), wanted);
  } while (std::next_permutation(articles.begin(), articles.end(),
                                 [](const auto& a, const auto& b) { return a.id < b.id; }));
}

TEST(Stories, WhatIsTooLargeIsCutByTheCalendar) {
  std::vector<StoryArticle> all;
  const std::vector<std::string> slide{"Nesvik", "landslide", "block", "tunnel",
                                       "bury",   "road",      "night"};
  for (int i = 0; i < 70; ++i) {
    all.push_back(article(std::to_string(100 + i), 1, {says(slide, 0)}));
    all.back().minute = int64_t{14} * 1440 * (i < 30 ? 1500 : 1501) + i;
  }
  const auto stories = make_stories(all);
  ASSERT_EQ(stories.size(), 2U);  // two fortnights
  EXPECT_EQ(stories[0].articles.size(), 30U);
  EXPECT_EQ(stories[1].articles.size(), 40U);
  for (StoryArticle& a : all) a.minute = all.front().minute;  // nothing tells them apart
  size_t sum = 0;
  for (const Story& s : make_stories(all)) {
    EXPECT_LE(s.articles.size(), kMostOfAStory);
    sum += s.articles.size();
  }
  EXPECT_EQ(sum, 70U);
}

TEST(Stories, OtherFiguresAreOtherClaims) {
  auto articles = archive();
  articles[0].passages[0].quantities = {count(3, "dead")};
  articles[1].passages[0].quantities = {count(5, "dead")};
  const auto stories = make_stories(articles);
  ASSERT_EQ(stories.size(), 1U);
  for (const Claim& c : stories[0].claims) EXPECT_EQ(c.articles, 1U);
}

TEST(Stories, WhatIsPlannedIsNotWhatHappened) {
  auto articles = archive();
  articles[0].passages[0].tense = Tense::kPast;
  articles[1].passages[0].tense = Tense::kFuture;
  const auto stories = make_stories(articles);
  for (const Claim& c : stories[0].claims) EXPECT_EQ(c.articles, 1U);
}

TEST(Stories, FiguresAgreeWithinTheirBounds) {
  Quantity about = count(500, "people");
  about.low = 450, about.high = 550, about.exact = false;
  EXPECT_EQ(compare({about}, {count(520, "people")}), Figures::kAgree);
  EXPECT_EQ(compare({about}, {count(900, "people")}), Figures::kConflict);
  EXPECT_EQ(compare({about}, {count(900, "car")}), Figures::kNone);
  EXPECT_EQ(compare({}, {count(900, "car")}), Figures::kNone);
}

TEST(Stories, AWholeNumberMayBeAFractionRounded) {
  const auto compared = [](double a, double b) {
    return compare({count(a, "percent")}, {count(b, "percent")});
  };
  EXPECT_EQ(compared(4, 4.1), Figures::kAgree);
  EXPECT_EQ(compared(11.8, 12), Figures::kAgree);
  EXPECT_EQ(compared(4, 4.6), Figures::kConflict);
  EXPECT_EQ(compared(4, 5), Figures::kConflict);
  EXPECT_EQ(compared(2, 1.8), Figures::kConflict);
}

TEST(Stories, PersonsOfASortAndPersonsOfAnySortAreCountedAsOne) {
  Quantity people = count(14, "people"), skiers = count(9, "skier"), cars = count(9, "car");
  people.people = people.anybody = skiers.people = true;
  EXPECT_EQ(compare({people}, {skiers}), Figures::kConflict);
  EXPECT_EQ(compare({people}, {cars}), Figures::kNone);
}

TEST(Stories, OppositesNeverMeet) {
  auto articles = archive();
  articles[0].passages[0].sides = {4};
  articles[1].passages[0].sides = {-4};
  const auto apart = make_stories(articles);
  for (const Claim& c : apart[0].claims) EXPECT_EQ(c.articles, 1U);
  articles[1].passages[0].sides = {-4, 4};  // tells of both
  EXPECT_EQ(make_stories(articles)[0].claims.front().articles, 2U);
}

TEST(Stories, ASourceTakenOverMakesNoClaimRicher) {
  auto articles = archive();
  articles[1].passages[0].chain = {{.name = "Police", .kind = "authority"}};
  articles[1].passages[0].chain_told = true;
  articles[0].passages[0].chain = {{.name = "Ola Lie", .kind = "person", .person = true}};
  EXPECT_EQ(make_stories(articles)[0].claims.front().origins, std::vector<std::string>{"Police"});
  articles[0].passages[0].chain_told = true;
  EXPECT_EQ(make_stories(articles)[0].claims.front().independent_origins, 2U);
}

TEST(Stories, WhoDeniesAClaimIsNoOriginOfIt) {
  std::vector<StoryArticle> all = archive();
  Passage& told = all[0].passages[0];
  told.chain = {{.name = "unnamed", .unnamed = true, .anonymous = true}};
  Passage& denied = all[1].passages[0];
  denied.chain = {{.name = "Nesvik Mine", .kind = "company"}};
  denied.stance = Stance::kDenies;
  Passage more = denied;  // "Our figures are right": the same breath
  more.stance = Stance::kAsserts;
  more.span = {40, 50};
  told.chain_told = denied.chain_told = more.chain_told = true;
  all[1].passages.push_back(more);
  const Story story = make_stories(all).front();
  const auto claim = std::find_if(story.claims.begin(), story.claims.end(),
                                  [](const Claim& c) { return c.mentions.size() == 3; });
  ASSERT_NE(claim, story.claims.end());
  EXPECT_EQ(claim->independent_origins, 0U);
  EXPECT_EQ(claim->unknown_origins, 1U);
}

TEST(Stories, ADatelineIsNoClaim) {
  std::vector<StoryArticle> all = archive();
  const size_t before = make_stories(all).front().claims.size();
  all[0].passages[1].states = false;
  EXPECT_EQ(make_stories(all).front().claims.size(), before - 1);
}

TEST(Stories, LikenessOfTerms) {
  const Likeness same = likeness(words({"Nesvik", "tunnel"}), words({"Nesvik", "tunnel"}));
  EXPECT_FLOAT_EQ(same.dice, 1);
  EXPECT_EQ(same.names, 1U);
  EXPECT_EQ(same.words, 1U);
  EXPECT_EQ(likeness({}, words({"tunnel"})).dice, 0);
}

Source body(const std::string& name, std::vector<Term> terms, bool described = false) {
  return {.name = name, .kind = "research", .described = described, .terms = std::move(terms)};
}

TEST(Stories, WhoTakesNoPositionIsNoOriginBesideOthers) {
  std::vector<StoryArticle> all = archive();
  Passage& told = all[0].passages[0];
  told.chain = {{.name = "Police", .kind = "police"}};
  Passage& open = all[1].passages[0];
  open.chain = {{.name = "The ministry", .kind = "government"}};
  open.stance = Stance::kOpen;
  Passage more = open;  // "The ministry is aware of the case"
  more.stance = Stance::kAsserts;
  more.span = {40, 50};
  told.chain_told = open.chain_told = more.chain_told = true;
  all[1].passages.push_back(more);
  const Story story = make_stories(all).front();
  const auto claim = std::find_if(story.claims.begin(), story.claims.end(),
                                  [](const Claim& c) { return c.mentions.size() == 3; });
  ASSERT_NE(claim, story.claims.end());
  EXPECT_EQ(claim->origins, std::vector<std::string>{"Police"});
}

TEST(Stories, AMediumWithACommonNounBehindItsNameIsTheSame) {
  auto articles = archive();
  const auto medium = [](const std::string& name, const std::vector<std::string>& terms) {
    return Source{.name = name, .kind = "state_media", .terms = words(terms)};
  };
  articles[0].sources = {medium("Tarsk", {"Tarsk"})};
  articles[1].sources = {medium("Tarsk news agency", {"Tarsk", "agency"})};
  articles[2].sources = {medium("Tarsk Online", {"Tarsk", "Online"})};
  const Names names({&articles[0], &articles[1], &articles[2]});
  EXPECT_EQ(names.canonical(articles[0].sources[0], 0), names.canonical(articles[1].sources[0], 1));
  EXPECT_NE(names.canonical(articles[0].sources[0], 0), names.canonical(articles[2].sources[0], 2));
}

TEST(Stories, ASpeakerIsTheBodyUnderItsName) {
  const Source person{.name = "Ida Moe", .body = "The university", .person = true};
  const Source elsewhere{.name = "Ida Moe", .body = "University of Hovde", .person = true};
  auto articles = archive();
  articles[0].sources = {person, body("The university", words({"university"}), true)};
  articles[1].sources = {elsewhere, body("University of Hovde", words({"university", "Hovde"}))};
  articles[2].sources = {body("Tunnel Board", words({"tunnel", "board"}))};
  const Names names({&articles[0], &articles[1], &articles[2]});
  EXPECT_EQ(names.canonical(person, 0), "University of Hovde");
  EXPECT_EQ(names.canonical(elsewhere, 1), "University of Hovde");
  EXPECT_EQ(names.shown(person, 0), "Ida Moe");
  EXPECT_EQ(names.canonical(articles[2].sources[0], 2), "Tunnel Board");
}

TEST(Stories, ADescriptionThatFitsTwoBodiesMeansTheOneOfItsArticle) {
  auto articles = archive();
  articles[0].sources = {body("the university", words({"university"}), true),
                         body("University of Hovde", words({"university", "Hovde"}))};
  articles[1].sources = {body("the university", words({"university"}), true),
                         body("University of Nesvik", words({"university", "Nesvik"}))};
  articles[2].sources = {body("the university", words({"university"}), true)};
  const Names names({&articles[0], &articles[1], &articles[2]});
  EXPECT_EQ(names.canonical(articles[0].sources[0], 0), "University of Hovde");
  EXPECT_EQ(names.canonical(articles[1].sources[0], 1), "University of Nesvik");
  EXPECT_EQ(names.canonical(articles[2].sources[0], 2), "the university");
}

TEST(Stories, ACopiedPassageHasTheOriginOfTheOriginal) {
  std::vector<Passage> told;
  const std::vector<std::vector<std::string>> sentences{{"Nesvik", "landslide", "block", "tunnel"},
                                                        {"school", "close", "pupil", "monday"},
                                                        {"geologist", "survey", "cliff", "drone"},
                                                        {"ferry", "carry", "car", "island"}};
  for (const auto& lemmas : sentences) {
    told.push_back(says(lemmas, static_cast<uint32_t>(told.size()) * 20));
    told.back().chain = {{.name = "Police", .kind = "authority"}};
  }
  StoryArticle wire = article("wire", 1, told);
  wire.agency = true;
  for (Passage& p : told) p.chain = {{.name = "Ola Lie", .kind = "person", .person = true}};
  const StoryArticle copy = article("copy", 2, told);
  const Story story = make_story({&wire, &copy});
  ASSERT_EQ(story.copies.size(), 1U);
  ASSERT_EQ(story.claims.front().mentions.size(), 2U);
  EXPECT_EQ(story.claims.front().origins, std::vector<std::string>{"Police"});
}

TEST(Stories, ATimelineHasTheTimeThatMostGiveAndNoYearLongBefore) {
  auto all = archive();
  all[0].passages[0].times = {"1986", "2026-03-02"};  // "as it did in 1986"
  all[1].passages[0].times = {"2026-03-01"};
  const auto time = [&] {
    const Story story = make_stories(all).front();
    return story.timeline.empty() ? std::string() : story.timeline.front().time;
  };
  EXPECT_EQ(time(), "2026-03-01");  // of the article that came first
  all[0].passages[0].times = {"1986", "2026-03-01", "2026-03-02"};
  EXPECT_EQ(time(), "2026-03-01");
  all[1].passages[0].times = {"1986"};
  all[0].passages[0].times = {"1986"};
  EXPECT_EQ(time(), "1986");  // that is what it is about
  auto undated = archive();
  undated[0].passages[0].times = {"1986"};
  for (int i = 0; i < 2; ++i) {
    undated.push_back(undated[1]);
    undated.back().id += std::to_string(i);
  }
  EXPECT_TRUE(make_stories(undated).front().timeline.empty());
}

TEST(Stories, MinutesOfDates) {
  EXPECT_EQ(minute_of("1970-01-01T01:00:00Z"), 60);
  EXPECT_EQ(minute_of("1970-01-02T01:00:00+01:00"), 1440);
  EXPECT_EQ(minute_of("yesterday"), 0);
  EXPECT_EQ(minute_of(""), 0);
}

}  // namespace
}  // namespace avstand::story
