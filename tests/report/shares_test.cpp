// Words by whom they go back to, and the graphs of an article's and a story's ways.
#include "report/shares.h"

#include <gtest/gtest.h>

#include <numeric>

#include "ledger/sample.h"
#include "report/article_graph.h"
#include "report/story_graph.h"
#include "report_strings.h"

namespace avstand::report {
namespace {

using ledger::Ledger;

TEST(Shares, PartsAddUp) {
  EXPECT_EQ(apportioned(100, {1, 1, 1}), (std::vector<uint32_t>{34, 33, 33}));
  EXPECT_EQ(apportioned(7, {0, 2, 0}), (std::vector<uint32_t>{0, 7, 0}));
  EXPECT_EQ(apportioned(7, {0, 0}), (std::vector<uint32_t>{0, 0}));
  EXPECT_TRUE(apportioned(7, {}).empty());
}

TEST(Shares, AWordCountsOnceAtTheShortestStatement) {
  ledger::sample::Builder b;
  b.block(BlockKind::kParagraph, "Byrået skriver at «han å – kom» i går.");
  b.statement("han å – kom» i går", "skriver", "Byrået", "mixed", "say");
  b.statement("å – kom", "skriver", "Byrået", "direct", "say");
  b.ledger.statements[0].chain = {{.name = "A"}};
  b.ledger.statements[1].chain = {{.name = "B"}};
  // "«han" belongs to the outer one though its first sign does not; a dash is no word, "å" is.
  EXPECT_EQ(words_of_statements(b.ledger), (std::vector<uint64_t>{3, 2}));
}

TEST(Shares, OriginsAddUpToTheSummary) {
  const Ledger l = ledger::sample::make();
  uint32_t attributed = 0;
  for (const auto& [distance, words] : l.summary.words_by_distance)
    if (distance > 0) attributed += words;
  uint32_t sum = 0;
  for (const auto& [entity, words] : words_by_origin(l)) sum += words;
  EXPECT_EQ(sum, attributed);
  const LedgerView view(l, shipped_strings());
  uint32_t percent = 0;
  for (const OriginView& o : view.origins()) percent += o.percent;
  EXPECT_LE(percent, 100u);
  EXPECT_TRUE(std::is_sorted(view.origins().begin(), view.origins().end(),
                             [](const auto& a, const auto& b) { return a.words > b.words; }));
}

const GraphNode* named(const Graph& g, std::string_view name) {
  for (const GraphNode& n : g.nodes)
    if (n.name == name) return &n;
  return nullptr;
}

TEST(ArticleGraph, HasEverybodyOnce) {
  const Ledger l = ledger::sample::make();
  const LedgerView view(l, shipped_strings());
  const Graph g = article_graph(view);
  std::set<std::string> names;
  for (const GraphNode& n : g.nodes) EXPECT_TRUE(names.insert(n.name).second) << n.name;
  ASSERT_NE(named(g, "VNA"), nullptr);
  EXPECT_EQ(named(g, "VNA")->shape, NodeShape::kState);
  EXPECT_EQ(named(g, "Ida Solvang")->shape, NodeShape::kPerson);
  EXPECT_EQ(named(g, "Havnebladet")->shape, NodeShape::kOutlet);
  const auto line = std::find_if(g.lines.begin(), g.lines.end(), [&](const GraphLine& one) {
    return g.nodes[one.from].name == "VNA" && g.nodes[one.to].name == "Nordpressen";
  });
  ASSERT_NE(line, g.lines.end());
  EXPECT_GT(line->weight, 0);
  for (const GraphLine& one : g.lines) EXPECT_NE(one.from, one.to);
}

TEST(ArticleGraph, ManySmallOriginsStandTogether) {
  ledger::sample::Builder b;
  std::string text;
  for (int i = 0; i < 20; ++i) text += "Ord nummer" + std::to_string(i) + " her. ";
  b.block(BlockKind::kParagraph, text);
  for (int i = 0; i < 20; ++i) {
    b.statement("nummer" + std::to_string(i) + " her", "", "", "indirect", "say").chain = {
        {.name = "Kilde" + std::to_string(i)}};
  }
  const Graph g = article_graph(LedgerView(b.ledger, shipped_strings(), LanguageCode("nb")));
  EXPECT_EQ(g.nodes.size(), 10u);  // eight, the rest, the outlet
  EXPECT_NE(named(g, "12 opphav til"), nullptr);
}

TEST(ArticleGraph, HasAnEndWhateverTheChains) {
  ledger::sample::Builder b;
  b.block(BlockKind::kParagraph, "Ett utsagn her, og et annet der.");
  b.ledger.document.outlet = "Avisen";
  b.statement("Ett utsagn her", "", "", "indirect", "say").chain = {{.name = "A"}, {.name = "B"}};
  auto& chain = b.statement("et annet der", "", "", "indirect", "say").chain;
  for (int i = 0; i < 100'000; ++i) chain.push_back({.name = "hand " + std::to_string(i)});
  const Graph g = article_graph(LedgerView(b.ledger, shipped_strings(), LanguageCode("nb")));
  EXPECT_EQ(g.nodes.size(), 4u);
  EXPECT_NE(named(g, "1 opphav til"), nullptr);
}

TEST(StoryGraph, ManySmallOutletsStandTogether) {
  story::Claim one, two;
  std::vector<std::string> outlets;
  for (uint32_t i = 0; i < 40; ++i) {
    outlets.push_back("Avis " + std::to_string(i));
    one.mentions.push_back({.article = i, .chain = {"KCNA"}, .origin = "KCNA"});
  }
  two.mentions.push_back({.article = 39, .chain = {"KCNA"}, .origin = "KCNA"});
  const Phrases say(shipped_strings(), LanguageCode("nb"));
  const Graph g = story_graph(story_ways({&one, &two}, outlets), {}, say);
  EXPECT_EQ(g.nodes.size(), 17u);  // the origin, fifteen outlets, the rest
  ASSERT_NE(named(g, "25 medier"), nullptr);
  EXPECT_EQ(named(g, "25 medier")->shape, NodeShape::kOutlet);
  EXPECT_NE(named(g, "Avis 39"), nullptr);
}

TEST(StoryGraph, ShowsWhatAnOutletDoesNotTell) {
  story::Claim one, two;
  one.mentions = {
      {.article = 0, .chain = {"KCNA", "Reuters"}, .origin = "KCNA"},
      {.article = 1, .chain = {"KCNA"}, .resolved = {"KCNA", "Reuters"}, .origin = "KCNA"},
      {.article = 1, .stance = story::Stance::kDenies}};
  two.mentions = {{.article = 0, .chain = {"KCNA", "Reuters"}, .origin = "KCNA"},
                  {.article = 1, .chain = {"unnamed"}, .origin = "unnamed", .unknown = true}};
  const std::vector<StoryWay> ways = story_ways({&one, &two}, {"Avis A", "Avis B"});
  ASSERT_EQ(ways.size(), 3u);
  EXPECT_EQ(ways[0].hands, (std::vector<std::string>{"KCNA", "Reuters", "Avis A"}));
  EXPECT_EQ(ways[0].claims.size(), 2u);
  const Phrases say(shipped_strings(), LanguageCode("nb"));
  const Graph g = story_graph(ways, {{"KCNA", "A"}}, say);
  ASSERT_NE(named(g, "A · KCNA"), nullptr);
  ASSERT_NE(named(g, "ikke navngitt"), nullptr);
  EXPECT_TRUE(named(g, "ikke navngitt")->unnamed);
  EXPECT_EQ(named(g, "Avis B")->shape, NodeShape::kOutlet);
  std::map<std::string, bool> implied;
  for (const GraphLine& l : g.lines)
    implied[g.nodes[l.from].name + ">" + g.nodes[l.to].name] = l.implied;
  EXPECT_FALSE(implied.at("A · KCNA>Reuters"));  // one of the two tells it
  EXPECT_TRUE(implied.at("Reuters>Avis B"));
  EXPECT_FALSE(implied.at("Reuters>Avis A"));
  EXPECT_NE(story_ways_in_words(ways, say).find("KCNA → Reuters → Avis A: 2 påstander"),
            std::string::npos);
}

}  // namespace
}  // namespace avstand::report
