#include "report/graph_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace avstand::report {
namespace {

constexpr double kTip = 6;   // length of an arrow's head
constexpr double kSign = 7;  // radius of the sign of a verification

/// In tenths; a drawing has hundreds, which a formatter of doubles would feel.
std::string number(double value) {
  const auto tenths = std::llround(value * 10);
  const auto size = std::abs(tenths);
  std::string out = tenths < 0 ? "-" : "";
  out += std::to_string(size / 10);
  if (size % 10 != 0) (out += '.') += static_cast<char>('0' + size % 10);
  return out;
}
std::string at(Point p) { return number(p.x) + " " + number(p.y); }

/// From side to side: level at both ends, so that lines leave and reach boxes straight.
std::string curve(const PlacedLine& line) {
  std::string path = "M" + at(line.points.front());
  if (line.down) return path + " V" + number(line.points.back().y - kTip);
  const double end = line.points.back().x - (line.back ? 0 : kTip);
  for (size_t i = 1; i < line.points.size(); ++i) {
    const Point a = line.points[i - 1];
    Point b = line.points[i];
    if (i + 1 == line.points.size()) b.x = end;
    const double middle = (a.x + b.x) / 2;
    if (line.back) {
      const double out = std::max(a.x, b.x) + 24;
      path += " C" + at({out, a.y}) + " " + at({out, b.y}) + " " + at(b);
    } else if (a.y == b.y) {
      path += " H" + number(b.x);
    } else {
      path += " C" + at({middle, a.y}) + " " + at({middle, b.y}) + " " + at(b);
    }
  }
  return path;
}

std::string tip(const PlacedLine& line) {
  const Point end = line.points.back();
  const double half = std::max(3.5, line.width / 2 + 2);
  if (line.down)
    return "M" + at(end) + " L" + at({end.x - half, end.y - kTip}) + " H" + number(end.x + half) +
           "z";
  return "M" + at(end) + " L" + at({end.x - kTip, end.y - half}) + " V" + number(end.y + half) +
         "z";
}

std::string_view class_of(NodeShape shape) {
  switch (shape) {
    case NodeShape::kState:
      return "state";
    case NodeShape::kPerson:
      return "person";
    case NodeShape::kThing:
      return "thing";
    case NodeShape::kOutlet:
      return "outlet";
    case NodeShape::kBody:
      break;
  }
  return "body";
}

void write_line(Markup& m, const GraphLine& line, const PlacedLine& placed) {
  m.empty("path", {{"class", line.implied ? "line implied" : "line"},
                   {"d", curve(placed)},
                   {"stroke-width", number(placed.width)}});
  if (!placed.back) m.empty("path", {{"class", "tip"}, {"d", tip(placed)}});
}

/// What the text says of a check, as a sign on the line: a hook, a slash, a question mark.
void write_sign(Markup& m, const GraphLine& line, const PlacedLine& placed) {
  if (line.mark.empty() || placed.points.size() < 2) return;
  const Point a = placed.points[placed.points.size() - 2], b = placed.points.back();
  const Point c = placed.down ? Point{b.x + kSign + 8, (a.y + b.y) / 2}  // beside it
                              : Point{(a.x + b.x - kTip) / 2, (a.y + b.y) / 2};
  const bool good = line.mark == "checked" || line.mark == "confirmed";
  m.open("g", {{"class", good ? "sign good" : "sign"}});
  m.empty("circle", {{"cx", number(c.x)}, {"cy", number(c.y)}, {"r", number(kSign)}});
  if (good) {
    m.empty("path", {{"d", "M" + at({c.x - 3.4, c.y}) + " l2.4 2.6 l4.4-5.4"}});
  } else if (line.mark == "no_access") {
    m.empty("path", {{"d", "M" + at({c.x - 4.9, c.y + 4.9}) + " l9.8-9.8"}});
  } else if (line.mark == "disputed") {
    m.empty("path", {{"d", "M" + at({c.x - 3.5, c.y - 1.7}) + " h7 m0 3.4 h-7 m1.2 2.3 l4.6-8"}});
  } else if (line.mark == "no_comment") {
    m.empty("path", {{"d", "M" + at({c.x - 3.6, c.y}) + " h1.4 m1.5 0 h1.4 m1.5 0 h1.4"}});
  } else {
    m.leaf("text", {{"x", number(c.x)}, {"y", number(c.y + 4)}, {"text-anchor", "middle"}}, "?");
  }
  m.close();
}

/// The box: people have round ends, what a state controls a second line around it, things a
/// corner cut off.
void write_box(Markup& m, const GraphNode& node, const PlacedNode& box) {
  const auto rect = [&](std::string_view style, double inset, double radius) {
    m.empty("rect", {{"class", style},
                     {"x", number(box.x + inset)},
                     {"y", number(box.y + inset)},
                     {"width", number(box.width - 2 * inset)},
                     {"height", number(box.height - 2 * inset)},
                     {"rx", number(radius)}});
  };
  if (node.shape == NodeShape::kThing) {
    constexpr double kCorner = 9;
    m.empty("path",
            {{"class", "box"},
             {"d", "M" + at({box.x, box.y}) + " h" + number(box.width - kCorner) + " l9 9 v" +
                       number(box.height - kCorner) + " H" + number(box.x) + "z"}});
    return;
  }
  rect("box", 0, node.shape == NodeShape::kPerson ? std::min(14.0, box.height / 2) : 2);
  if (node.shape == NodeShape::kState) rect("inner", 3, 1);
}

void write_node(Markup& m, const GraphNode& node, const PlacedNode& box) {
  std::string style = fmt::format("node {}", class_of(node.shape));
  if (node.unnamed) style += " unnamed";
  m.open("g", {{"class", style}});
  write_box(m, node, box);
  const std::string x = number(box.x + box.width / 2);
  const double text = kNameLine * static_cast<double>(box.name.size()) +
                      kKindLine * static_cast<double>(box.kind.size());
  double y = box.y + (box.height - text) / 2 - 3.5;
  const auto write = [&](std::string_view size, double step, const std::string& words) {
    y += step;
    m.leaf("text", {{"class", size}, {"x", x}, {"y", number(y)}, {"text-anchor", "middle"}}, words);
  };
  for (const std::string& line : box.name) write("name", kNameLine, line);
  for (const std::string& line : box.kind) write("kind", kKindLine, line);
  m.close();
}

}  // namespace

void write_graph(Markup& m, const Graph& graph, double width, const GraphWords& words) {
  const Drawing drawing = lay_out(graph, width);
  const bool described = !words.description.empty();
  const std::string title = words.id + "-t", description = words.id + "-d";
  m.open("svg",
         {{"class", "graph"},
          {"viewBox", fmt::format("0 0 {} {}", number(drawing.width), number(drawing.height))},
          {"width", number(drawing.width)},
          {"height", number(drawing.height)},
          {"role", "img"},
          {"aria-label", described ? std::string() : words.title},
          {"aria-labelledby", described ? title : std::string()},
          {"aria-describedby", described ? description : std::string()}});
  if (described) {
    m.leaf("title", {{"id", title}}, words.title);
    m.leaf("desc", {{"id", description}}, words.description);
  }
  for (size_t i = 0; i < graph.lines.size(); ++i) write_line(m, graph.lines[i], drawing.lines[i]);
  for (size_t i = 0; i < graph.nodes.size(); ++i) write_node(m, graph.nodes[i], drawing.nodes[i]);
  for (size_t i = 0; i < graph.lines.size(); ++i) write_sign(m, graph.lines[i], drawing.lines[i]);
  m.close();
}

void write_graphs(Markup& m, const Graph& graph, const GraphWords& words) {
  constexpr double kWide = 560, kNarrow = 350;
  for (const auto& [style, width] : {std::pair{"drawn wide", kWide}, {"drawn narrow", kNarrow}}) {
    GraphWords own = words;
    own.id += width == kWide ? "-w" : "-n";
    m.open("div", {{"class", style}});
    write_graph(m, graph, width, own);
    m.close().line();
  }
}

}  // namespace avstand::report
