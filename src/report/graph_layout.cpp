#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/graph.h"

namespace avstand::report {
namespace {

constexpr double kBetween = 9;  // between boxes of a column
constexpr double kPadX = 9, kPadY = 6;
constexpr double kEdge = 1;     // around it all, for the strokes of boxes
constexpr double kLineGap = 3;  // between lines at one side of a box

/// How wide names may become, and how far apart columns stand: room for an arrow and a sign on it.
struct Room {
  double name, gap;
};
constexpr Room kRooms[] = {{168, 34}, {140, 34}, {116, 34}, {96, 34}, {84, 26}, {72, 20}};
constexpr size_t kNameLines = 3, kKindLines = 2;
constexpr int kSweeps = 6;

/// A node of the graph, or the place in a column that a longer line goes through.
struct Cell {
  size_t column = 0;
  double height = 0, y = 0;                   // y: its middle
  std::vector<size_t> left = {}, right = {};  // segments
};

/// A line between neighbouring columns.
struct Segment {
  size_t from = 0, to = 0;  // cells
  size_t line = 0;          // of the graph
  double y1 = 0, y2 = 0;
};

/// The box around a node's words, not yet anywhere.
PlacedNode box_of(const GraphNode& node, double name_width) {
  PlacedNode box;
  box.name = wrapped(node.name, kNameSize, name_width, kNameLines);
  box.kind = wrapped(node.kind, kKindSize, name_width, kKindLines);
  if (!node.figure.empty()) box.kind.push_back(node.figure);
  for (const std::string& line : box.name)
    box.width = std::max(box.width, text_width(line, kNameSize));
  for (const std::string& line : box.kind)
    box.width = std::max(box.width, text_width(line, kKindSize));
  box.width = std::ceil(box.width + 2 * kPadX);
  box.height = 2 * kPadY + kNameLine * static_cast<double>(box.name.size()) +
               kKindLine * static_cast<double>(box.kind.size());
  return box;
}

Drawing lay_out_downwards(const Graph& graph) {
  constexpr double kStep = 22, kNames = 240;
  Drawing out{.height = kEdge};
  for (const GraphNode& node : graph.nodes) {
    PlacedNode box = box_of(node, kNames);
    box.x = kEdge;
    box.y = out.height;
    out.height += box.height + kStep;
    out.width = std::max(out.width, box.width + 2 * kEdge);
    out.nodes.push_back(std::move(box));
  }
  if (!graph.nodes.empty()) out.height += kEdge - kStep;
  double x = out.width / 2;  // of the arrows: under every box
  for (const PlacedNode& n : out.nodes) x = std::min(x, n.x + n.width / 2);
  for (const GraphLine& line : graph.lines) {
    const PlacedNode& from = out.nodes[line.from];
    out.lines.push_back({.points = {{x, from.y + from.height}, {x, out.nodes[line.to].y}},
                         .width = kMinWidth,
                         .down = true});
  }
  return out;
}

class Layout {
 public:
  explicit Layout(const Graph& graph) : graph_(graph), back_(graph.lines.size()) {
    break_cycles();
    choose_columns();
    cut_lines();
    choose_order();
  }

  Drawing place(const Room& room) {
    size_boxes(room.name);
    place_columns(room.gap);
    place_rows();
    place_lines();
    return std::move(out_);
  }

 private:
  bool leads(size_t from, size_t to, std::vector<bool>& seen) const {
    if (from == to) return true;
    if (seen[from]) return false;
    seen[from] = true;
    return std::any_of(forward_[from].begin(), forward_[from].end(),
                       [&](size_t next) { return leads(next, to, seen); });
  }

  /// The heaviest lines keep their direction.
  void break_cycles() {
    forward_.resize(graph_.nodes.size());
    std::vector<size_t> order(graph_.lines.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return graph_.lines[a].weight > graph_.lines[b].weight;
    });
    for (const size_t i : order) {
      std::vector<bool> seen(graph_.nodes.size());
      back_[i] = leads(graph_.lines[i].to, graph_.lines[i].from, seen);
      if (!back_[i]) forward_[graph_.lines[i].from].push_back(graph_.lines[i].to);
    }
  }

  size_t hands(size_t node) {
    if (hands_[node] > 0) return hands_[node];
    size_t most = 0;
    for (const size_t next : forward_[node]) most = std::max(most, hands(next));
    return hands_[node] = most + 1;
  }
  void choose_columns() {
    hands_.assign(graph_.nodes.size(), 0);
    std::vector<bool> is_fed(graph_.nodes.size());
    size_t most = 0;
    for (size_t i = 0; i < graph_.nodes.size(); ++i) most = std::max(most, hands(i));
    for (const auto& to : forward_)
      for (const size_t node : to) is_fed[node] = true;
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      const bool left = graph_.origins_left && !is_fed[i] && !forward_[i].empty();
      cells_.push_back({.column = left ? 0 : most - hands_[i]});
    }
    columns_.resize(most);
  }

  void join(size_t from, size_t to, size_t line) {
    cells_[from].right.push_back(segments_.size());
    cells_[to].left.push_back(segments_.size());
    segments_.push_back({.from = from, .to = to, .line = line});
  }
  void cut_lines() {
    for (size_t i = 0; i < graph_.lines.size(); ++i) {
      if (back_[i]) continue;
      size_t at = graph_.lines[i].from;
      const size_t end = graph_.lines[i].to;
      while (cells_[at].column + 1 < cells_[end].column) {
        cells_.push_back({.column = cells_[at].column + 1});
        join(at, cells_.size() - 1, i);
        at = cells_.size() - 1;
      }
      join(at, end, i);
    }
  }

  /// The middle of what a cell is joined to on one side, or its own place.
  double barycentre(size_t cell, bool to_left, const std::vector<double>& rank) const {
    double sum = 0, total = 0;
    for (const size_t s : to_left ? cells_[cell].left : cells_[cell].right) {
      const double weight = graph_.lines[segments_[s].line].weight;
      sum += weight * rank[to_left ? segments_[s].from : segments_[s].to];
      total += weight;
    }
    return total > 0 ? sum / total : rank[cell];
  }
  void choose_order() {
    for (size_t i = 0; i < cells_.size(); ++i) columns_[cells_[i].column].push_back(i);
    std::vector<double> rank(cells_.size());
    const auto number = [&](const std::vector<size_t>& column) {
      for (size_t i = 0; i < column.size(); ++i)
        rank[column[i]] = (static_cast<double>(i) + 0.5) / static_cast<double>(column.size());
    };
    for (const auto& column : columns_) number(column);
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      const bool to_left = sweep % 2 == 0;
      for (size_t c = 0; c < columns_.size(); ++c) {
        auto& column = columns_[to_left ? c : columns_.size() - 1 - c];
        std::vector<double> wish(cells_.size());
        for (const size_t cell : column) wish[cell] = barycentre(cell, to_left, rank);
        std::stable_sort(column.begin(), column.end(),
                         [&](size_t a, size_t b) { return wish[a] < wish[b]; });
        number(column);
      }
    }
  }

  double line_width(size_t line) const {
    if (!graph_.weighted) return kMinWidth;
    double most = 0;
    for (const GraphLine& l : graph_.lines) most = std::max(most, l.weight);
    return std::max(kMinWidth, most > 0 ? kMaxWidth * graph_.lines[line].weight / most : 0);
  }
  double side(const std::vector<size_t>& segments) const {
    double out = 0;
    for (const size_t s : segments) out += line_width(segments_[s].line) + kLineGap;
    return out;
  }

  void size_boxes(double name_width) {
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      PlacedNode box = box_of(graph_.nodes[i], name_width);
      box.column = cells_[i].column;
      box.height = std::max({box.height, side(cells_[i].left), side(cells_[i].right)});
      cells_[i].height = box.height;
      out_.nodes.push_back(std::move(box));
    }
    for (size_t i = graph_.nodes.size(); i < cells_.size(); ++i)
      cells_[i].height = line_width(segments_[cells_[i].left.front()].line);
  }

  void place_columns(double gap) {
    std::vector<double> widths(columns_.size());
    for (const PlacedNode& n : out_.nodes) widths[n.column] = std::max(widths[n.column], n.width);
    double x = kEdge;
    for (size_t c = 0; c < columns_.size(); ++c) {
      left_.push_back(x);
      x += widths[c];
      right_.push_back(x);
      x += gap;
    }
    out_.width = columns_.empty() ? 0 : x - gap + kEdge;
    for (PlacedNode& n : out_.nodes) n.x = left_[n.column] + (widths[n.column] - n.width) / 2;
  }

  double stacked(const std::vector<size_t>& column) const {
    double out = -kBetween;
    for (const size_t cell : column) out += cells_[cell].height + kBetween;
    return out;
  }
  /// Each cell as near to the middle of what it is joined to as those above and below let it.
  void settle(const std::vector<size_t>& column, double height) {
    std::vector<double> y(cells_.size());
    for (size_t i = 0; i < cells_.size(); ++i) y[i] = cells_[i].y;
    double top = 0;
    for (const size_t cell : column) {
      Cell& c = cells_[cell];
      const bool both = !c.left.empty() && !c.right.empty();
      const double wish = both ? (barycentre(cell, true, y) + barycentre(cell, false, y)) / 2
                               : barycentre(cell, c.right.empty(), y);
      c.y = std::max(top + c.height / 2, wish);
      top = c.y + c.height / 2 + kBetween;
    }
    double bottom = height;
    for (auto it = column.rbegin(); it != column.rend(); ++it) {
      Cell& c = cells_[*it];
      c.y = std::min(c.y, bottom - c.height / 2);
      bottom = c.y - c.height / 2 - kBetween;
    }
  }
  void place_rows() {
    double height = 0;
    for (const auto& column : columns_) height = std::max(height, stacked(column));
    for (const auto& column : columns_) {
      double y = (height - stacked(column)) / 2;
      for (const size_t cell : column) {
        cells_[cell].y = y + cells_[cell].height / 2;
        y += cells_[cell].height + kBetween;
      }
    }
    for (int sweep = 0; sweep < 2; ++sweep)
      for (const auto& column : columns_) settle(column, height);
    for (size_t i = 0; i < out_.nodes.size(); ++i)
      out_.nodes[i].y = kEdge + cells_[i].y - cells_[i].height / 2;
    out_.height = height + 2 * kEdge;
  }

  /// Lines at one side of a cell leave it in the order in which they come to the other end.
  void choose_ends(const Cell& cell, bool left) {
    std::vector<size_t> segments = left ? cell.left : cell.right;
    std::stable_sort(segments.begin(), segments.end(), [&](size_t a, size_t b) {
      const auto far = [&](size_t s) {
        return cells_[left ? segments_[s].from : segments_[s].to].y;
      };
      return far(a) < far(b);
    });
    double y = kEdge + cell.y - (side(segments) - kLineGap) / 2;
    for (const size_t s : segments) {
      const double width = line_width(segments_[s].line);
      (left ? segments_[s].y2 : segments_[s].y1) = y + width / 2;
      y += width + kLineGap;
    }
  }
  void place_lines() {
    for (const Cell& cell : cells_) {
      choose_ends(cell, true);
      choose_ends(cell, false);
    }
    out_.lines.resize(graph_.lines.size());
    for (size_t i = 0; i < graph_.lines.size(); ++i) {
      out_.lines[i].width = line_width(i);
      if (back_[i]) place_back(i);
    }
    for (const Segment& s : segments_) {
      const bool real_from = s.from < graph_.nodes.size(), real_to = s.to < graph_.nodes.size();
      const PlacedNode* from = real_from ? &out_.nodes[s.from] : nullptr;
      const PlacedNode* to = real_to ? &out_.nodes[s.to] : nullptr;
      auto& points = out_.lines[s.line].points;
      points.push_back({from ? from->x + from->width : right_[cells_[s.from].column], s.y1});
      points.push_back({to ? to->x : left_[cells_[s.to].column], s.y2});
    }
  }
  void place_back(size_t line) {
    const PlacedNode& from = out_.nodes[graph_.lines[line].from];
    const PlacedNode& to = out_.nodes[graph_.lines[line].to];
    const bool down = from.y <= to.y;
    out_.lines[line].back = true;
    out_.lines[line].points = {{from.x + from.width * 0.75, down ? from.y + from.height : from.y},
                               {to.x + to.width * 0.75, down ? to.y : to.y + to.height}};
  }

  const Graph& graph_;
  std::vector<bool> back_;
  std::vector<std::vector<size_t>> forward_;  // by node, without what goes back
  std::vector<size_t> hands_;
  std::vector<Cell> cells_;  // first those of the nodes
  std::vector<Segment> segments_;
  std::vector<std::vector<size_t>> columns_;  // cells from top to bottom
  std::vector<double> left_, right_;
  Drawing out_;
};

}  // namespace

Drawing lay_out(const Graph& graph, double width) {
  if (graph.downwards) return lay_out_downwards(graph);
  Drawing drawing;
  for (const Room& room : kRooms) {
    drawing = Layout(graph).place(room);
    if (drawing.width <= width) break;
  }
  return drawing;
}

}  // namespace avstand::report
