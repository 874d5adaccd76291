// Small graphs of who feeds whom, laid out for one drawing that is read on a screen, a phone and
// paper: columns from the origins on the left to the outlets on the right, names in boxes, the
// width of a line for how much goes that way.
//
// Layers, order in them and places as in Sugiyama, Tagawa and Toda 1981 ("Methods for visual
// understanding of hierarchical system structures"): cycles are broken at their lightest line,
// lines over several columns get places of their own there, order is by barycentre. Pure and
// deterministic. O(rounds * lines * log lines); drawings hold some dozen nodes.
// web/src/graph.ts does the same, and tests/report/graphs.json holds both to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace avstand::report {

enum class NodeShape : uint8_t { kBody, kState, kPerson, kThing, kOutlet };

struct GraphNode {
  std::string name;
  std::string kind = {};    ///< in small letters under the name: "news agency, XV"
  std::string figure = {};  ///< in small letters under that: "98 words"
  NodeShape shape = NodeShape::kBody;
  bool unnamed = false;
};

struct GraphLine {
  size_t from = 0, to = 0;
  double weight = 1;      ///< widths are in proportion, the heaviest being kMaxWidth
  bool implied = false;   ///< not told by who is fed
  std::string mark = {};  ///< verification status where a sign for it stands on the line
};

struct Graph {
  std::vector<GraphNode> nodes = {};
  std::vector<GraphLine> lines = {};  ///< one at most from one node to another; none to itself
  /// Whether what nothing leads to stands in the first column; else each node stands as many
  /// columns from the right as hands are between it and there.
  bool origins_left = false;
  bool weighted = false;  ///< else every line is thin
  /// Each node under the one before, for a chain too long for a row: node i leads to node i + 1.
  bool downwards = false;
};

struct Point {
  double x = 0, y = 0;
};

struct PlacedNode {
  size_t column = 0;
  double x = 0, y = 0, width = 0, height = 0;     ///< left, top
  std::vector<std::string> name = {}, kind = {};  ///< as lines
};

struct PlacedLine {
  std::vector<Point> points = {};  ///< from side to side, over every column between
  double width = 1;
  bool back = false;  ///< goes against the columns
  bool down = false;  ///< straight down, not from side to side
};

struct Drawing {
  double width = 0, height = 0;
  std::vector<PlacedNode> nodes = {};  ///< as in the graph
  std::vector<PlacedLine> lines = {};
};

/// Sizes in CSS pixels at natural size.
inline constexpr double kNameSize = 12.5, kKindSize = 10.5, kNameLine = 15, kKindLine = 13;
inline constexpr double kMaxWidth = 8, kMinWidth = 1.5;

/// About how wide a line of text becomes in a sans serif: classes of widths, rather too wide.
double text_width(std::string_view text, double size);
/// The text in lines no wider than that, broken at spaces and, in words too long, anywhere; what
/// is left after `most` lines is an ellipsis.
std::vector<std::string> wrapped(std::string_view text, double size, double width, size_t most);

/// Places everything. Boxes are made narrower until the drawing is no wider than `width`, but not
/// so narrow that names cannot be read: then it is wider.
Drawing lay_out(const Graph& graph, double width);

}  // namespace avstand::report
