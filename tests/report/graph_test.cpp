// Graphs: what holds of every drawing, and drawings that web/src/graph.ts must make as well.
#include "report/graph.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "report/graph_svg.h"

namespace avstand::report {
namespace {

using Json = nlohmann::ordered_json;

Graph chain(const std::vector<std::string>& names) {
  Graph g;
  for (const std::string& name : names) g.nodes.push_back({.name = name});
  for (size_t i = 1; i < names.size(); ++i) g.lines.push_back({.from = i - 1, .to = i});
  return g;
}

/// Nothing overlaps, nothing is outside, lines go from side to side.
void expect_sound(const Graph& g, const Drawing& d) {
  ASSERT_EQ(d.nodes.size(), g.nodes.size());
  ASSERT_EQ(d.lines.size(), g.lines.size());
  for (const PlacedNode& n : d.nodes) {
    EXPECT_GE(n.x, 0);
    EXPECT_GE(n.y, 0);
    EXPECT_LE(n.x + n.width, d.width + 1e-6);
    EXPECT_LE(n.y + n.height, d.height + 1e-6);
    for (const std::string& line : n.name) EXPECT_LE(text_width(line, kNameSize), n.width);
  }
  for (size_t i = 0; i < d.nodes.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      const PlacedNode &a = d.nodes[i], &b = d.nodes[j];
      const bool apart = a.x + a.width <= b.x || b.x + b.width <= a.x ||
                         a.y + a.height <= b.y + 1e-6 || b.y + b.height <= a.y + 1e-6;
      EXPECT_TRUE(apart) << i << " on " << j;
    }
  for (size_t i = 0; i < d.lines.size(); ++i) {
    const PlacedLine& line = d.lines[i];
    ASSERT_GE(line.points.size(), 2u);
    if (line.back) continue;
    const PlacedNode &from = d.nodes[g.lines[i].from], &to = d.nodes[g.lines[i].to];
    EXPECT_LT(from.column, to.column);
    EXPECT_DOUBLE_EQ(line.points.front().x, from.x + from.width);
    EXPECT_DOUBLE_EQ(line.points.back().x, to.x);
    EXPECT_GE(line.points.back().y, to.y - 1e-6);
    EXPECT_LE(line.points.back().y, to.y + to.height + 1e-6);
  }
}

TEST(Graph, AChainIsOneRow) {
  const Graph g = chain({"VNA", "Nordpressen", "Havnebladet"});
  const Drawing d = lay_out(g, 330);
  expect_sound(g, d);
  EXPECT_LE(d.width, 330);
  for (const PlacedNode& n : d.nodes) EXPECT_DOUBLE_EQ(n.y + n.height / 2, d.height / 2);
  EXPECT_EQ(d.nodes[0].column, 0u);
  EXPECT_EQ(d.nodes[2].column, 2u);
}

TEST(Graph, BoxesBecomeNarrowerWhereThereIsNoRoom) {
  const Graph g = chain({"Kystverkets vaktsentral i Nesvik", "Norsk Telegrambyrå", "Avisen"});
  const Drawing wide = lay_out(g, 1000), narrow = lay_out(g, 330);
  expect_sound(g, narrow);
  EXPECT_EQ(wide.nodes[0].name.size(), 2u);
  EXPECT_GT(narrow.nodes[0].name.size(), 2u);
  EXPECT_LT(narrow.width, wide.width);
}

TEST(Graph, LinesAreAsWideAsTheirWeight) {
  Graph g = chain({"A", "B", "C"});
  g.weighted = true;
  g.lines[0].weight = 50;
  g.lines[1].weight = 100;
  const Drawing d = lay_out(g, 330);
  EXPECT_DOUBLE_EQ(d.lines[1].width, kMaxWidth);
  EXPECT_DOUBLE_EQ(d.lines[0].width, kMaxWidth / 2);
}

TEST(Graph, WhoFeedsEachOtherIsDrawnToo) {
  Graph g = chain({"A", "B", "C"});
  g.lines.push_back({.from = 1, .to = 0, .weight = 0.5});
  const Drawing d = lay_out(g, 330);
  expect_sound(g, d);
  EXPECT_FALSE(d.lines[0].back);
  EXPECT_TRUE(d.lines[2].back);  // the lightest of the circle
}

TEST(Graph, OriginsStandLeftWhereTheyShall) {
  Graph g = chain({"A", "B", "C"});
  g.nodes.push_back({.name = "D"});
  g.lines.push_back({.from = 3, .to = 2});
  EXPECT_EQ(lay_out(g, 330).nodes[3].column, 1u);  // one hand away
  g.origins_left = true;
  const Drawing d = lay_out(g, 330);
  expect_sound(g, d);
  EXPECT_EQ(d.nodes[3].column, 0u);
  EXPECT_EQ(d.lines[2].points.size(), 4u);  // by a place of its own in the column between
}

TEST(Graph, ALongChainGoesDownAndIsNoWider) {
  Graph g = chain({"Tarvenia", "Velmark", "Viktor Malin", "NTB", "VG", "Avisen"});
  g.downwards = true;
  const Drawing d = lay_out(g, 330);
  EXPECT_LE(d.width, 330);
  for (size_t i = 1; i < d.nodes.size(); ++i) {
    EXPECT_GE(d.nodes[i].y, d.nodes[i - 1].y + d.nodes[i - 1].height);
    const PlacedLine& line = d.lines[i - 1];
    EXPECT_TRUE(line.down);
    EXPECT_DOUBLE_EQ(line.points[0].y, d.nodes[i - 1].y + d.nodes[i - 1].height);
    EXPECT_DOUBLE_EQ(line.points[1].y, d.nodes[i].y);
    EXPECT_LT(line.points[0].x, d.nodes[i].x + d.nodes[i].width);
  }
  EXPECT_LE(d.nodes.back().y + d.nodes.back().height, d.height);
}

TEST(Graph, NothingGivesNothing) {
  const Drawing d = lay_out({}, 330);
  EXPECT_EQ(d.width, 0);
  EXPECT_TRUE(d.nodes.empty());
}

TEST(Graph, AnyGraphIsSound) {
  std::mt19937 random(1);
  const auto below = [&](uint32_t n) { return static_cast<size_t>(random() % n); };
  for (int round = 0; round < 300; ++round) {
    Graph g{.origins_left = below(2) == 0, .weighted = below(2) == 0};
    const size_t n = 1 + below(14);
    for (size_t i = 0; i < n; ++i)
      g.nodes.push_back(
          {.name = std::string(1 + below(40), 'n'), .kind = below(2) ? "et ord" : ""});
    for (size_t i = 0; i < n; ++i)
      for (size_t j = 0; j < n; ++j)
        if (i != j && below(5) == 0)
          g.lines.push_back({.from = i, .to = j, .weight = static_cast<double>(below(100))});
    const Drawing d = lay_out(g, 350);
    expect_sound(g, d);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST(GraphText, IsBrokenAtSpacesAndElseAnywhere) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrapped("Nesvik kommune", 10, 60, 3), (Lines{"Nesvik", "kommune"}));
  EXPECT_EQ(wrapped("", 10, 60, 3), Lines{});
  EXPECT_EQ(wrapped("ett to", 10, 60, 1), Lines{"ett to"});
  const Lines word = wrapped("Utenriksdepartementet", 10, 60, 3);
  EXPECT_GT(word.size(), 1u);
  EXPECT_TRUE(word[0].ends_with('-'));
  const Lines cut = wrapped("en to tre fire fem seks sju åtte", 10, 40, 2);
  ASSERT_EQ(cut.size(), 2u);
  EXPECT_TRUE(cut[1].ends_with("…"));
  for (const std::string& line : wrapped("ååååååååååååååååååååååååååååååå", 10, 50, 2))
    EXPECT_LE(text_width(line, 10), 50);
  EXPECT_EQ(wrapped("\xFF\xFE ord", 10, 60, 3).size(), 1u);  // broken bytes stay what they are
}

Graph graph_of(const Json& json) {
  Graph g{.weighted = json.value("weighted", false), .downwards = json.value("downwards", false)};
  for (const Json& n : json["nodes"])
    g.nodes.push_back(
        {.name = n["name"], .kind = n.value("kind", ""), .figure = n.value("figure", "")});
  for (const Json& l : json["lines"])
    g.lines.push_back({.from = l["from"], .to = l["to"], .weight = l.value("weight", 1.0)});
  return g;
}

double rounded(double value) { return std::round(value * 1000) / 1000; }

Json json_of(const Drawing& d) {
  Json out = {{"width", rounded(d.width)},
              {"height", rounded(d.height)},
              {"nodes", Json::array()},
              {"lines", Json::array()}};
  for (const PlacedNode& n : d.nodes)
    out["nodes"].push_back({{"column", n.column},
                            {"x", rounded(n.x)},
                            {"y", rounded(n.y)},
                            {"width", rounded(n.width)},
                            {"height", rounded(n.height)},
                            {"name", n.name},
                            {"kind", n.kind}});
  for (const PlacedLine& l : d.lines) {
    Json points = Json::array();
    for (const Point p : l.points) points.push_back({{"x", rounded(p.x)}, {"y", rounded(p.y)}});
    out["lines"].push_back(
        {{"points", points}, {"width", rounded(l.width)}, {"back", l.back}, {"down", l.down}});
  }
  return out;
}

/// AVSTAND_REBASELINE=1 writes what is drawn now; web/test/graph.test.mjs reads the same file.
TEST(Graph, IsDrawnAsInTheBrowser) {
  const std::string path = AVSTAND_SOURCE_DIR "/tests/report/graphs.json";
  std::ifstream file(path);
  Json cases = Json::parse(file);
  const bool write = std::getenv("AVSTAND_REBASELINE") != nullptr;
  for (Json& one : cases) {
    const Json drawn = json_of(lay_out(graph_of(one["graph"]), one["limit"]));
    if (write) one["drawing"] = drawn;
    EXPECT_EQ(one["drawing"], drawn) << one["what"];
  }
  if (write) std::ofstream(path) << cases.dump(1) << "\n";
}

TEST(GraphSvg, HasANameAndNothingToReachByKeyboard) {
  Graph g = chain({"VNA <1>", "Avisen"});
  g.nodes[0].shape = NodeShape::kState;
  g.nodes[1].shape = NodeShape::kOutlet;
  for (const char* mark : {"checked", "unverified", "no_access", "disputed", "no_comment"}) {
    g.lines[0].mark = mark;
    Markup m;
    write_graph(m, g, 330, {.title = "opphav: VNA → Avisen"});
    const std::string svg = std::move(m).take();
    EXPECT_NE(svg.find("role=\"img\" aria-label=\"opphav: VNA → Avisen\""), std::string::npos);
    EXPECT_NE(svg.find("VNA &lt;1&gt;"), std::string::npos);
    EXPECT_NE(svg.find("class=\"inner\""), std::string::npos);
    EXPECT_NE(svg.find("<circle"), std::string::npos) << mark;
    EXPECT_EQ(svg.find("<a"), std::string::npos);
    EXPECT_EQ(svg.find("style="), std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
  }
}

TEST(GraphSvg, ControlsInNamesStayInThePicture) {
  Markup m;
  write_graph(m, chain({"a\u202Eb", "c"}), 330, {.title = "t", .description = "d", .id = "x"});
  const std::string svg = std::move(m).take();
  EXPECT_NE(svg.find("a[U+202E]b"), std::string::npos);
  EXPECT_EQ(svg.find("<span"), std::string::npos);
  EXPECT_NE(svg.find("aria-describedby=\"x-d\""), std::string::npos);
}

}  // namespace
}  // namespace avstand::report
