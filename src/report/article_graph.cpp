#include "report/article_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/shares.h"

namespace avstand::report {
namespace {

using ledger::Hop;
using ledger::Statement;

constexpr size_t kMostOrigins = 9;
constexpr size_t kMostBoxes = 60;  // of an article; what comes after is with the others
constexpr size_t kMostInARow = 4;  // boxes of a chain, in a margin or on a phone

NodeShape shape_of(const LedgerView& view, std::optional<uint32_t> entity) {
  if (!entity || *entity >= view.ledger().entities.size()) return NodeShape::kBody;
  const ledger::Entity& e = view.ledger().entities[*entity];
  const std::string& kind = e.profile.kind;
  if (e.type == "person") return NodeShape::kPerson;
  if (e.profile.control == "state" || kind == "state_media") return NodeShape::kState;
  if (kind == "document" || kind == "sensor" || e.type == "work") return NodeShape::kThing;
  return NodeShape::kBody;
}

GraphNode node_of(const LedgerView& view, const Hop& hop) {
  return {.name = view.name(hop),
          .kind = view.profile(hop.entity),
          .shape = shape_of(view, hop.entity),
          .unnamed = is_unnamed(hop) || hop.name == "unnamed"};
}

bool is_outlet(const LedgerView& view, const Hop& hop) {
  return hop.entity && hop.entity == view.ledger().outlet_entity;
}

bool is_followed(const Statement& s) {
  return is_attribution(s) && !is_bare_scare(s) && !s.chain.empty();
}

/// Everybody in an article's chains, each once.
class Merger {
 public:
  explicit Merger(const LedgerView& view)
      : view_(view), words_(words_of_statements(view.ledger())) {
    const auto& statements = view.ledger().statements;
    for (size_t i = 0; i < statements.size(); ++i)
      if (is_followed(statements[i]) && !is_outlet(view, statements[i].chain.front()))
        add(statements[i], words_[i]);
  }

  Graph take() && {
    gather_small();
    Graph out{.weighted = true};
    std::vector<size_t> place(all_.size());
    for (size_t i = 0; i < all_.size(); ++i) {
      if (gathered_.contains(i)) continue;
      place[i] = out.nodes.size();
      if (says_[i] > 0) all_[i].figure = view_.say().count("count.words", figure(i));
      out.nodes.push_back(std::move(all_[i]));
    }
    const size_t outlet = out.nodes.size();
    out.nodes.push_back(outlet_node());
    const size_t others = out.nodes.size();
    const bool more = !gathered_.empty() || !left_out_.empty();
    if (more) out.nodes.push_back(others_node());
    uint64_t rest = left_out_words_;
    for (const auto& [way, weight] : lines_) {
      if (gathered_.contains(way.first)) {
        rest += weight;
        continue;
      }
      out.lines.push_back({.from = place[way.first],
                           .to = way.second == kOutlet ? outlet : place[way.second],
                           .weight = static_cast<double>(weight),
                           .implied = !told_.contains(way)});
    }
    if (more)
      out.lines.push_back({.from = others, .to = outlet, .weight = static_cast<double>(rest)});
    return out;
  }

 private:
  static constexpr size_t kOutlet = static_cast<size_t>(-1);

  size_t node(const Hop& hop) {
    const bool unnamed = hop.name == "unnamed";
    const auto key = unnamed      ? std::string("?")
                     : hop.entity ? fmt::format("e{}", *hop.entity)
                                  : "n" + hop.name;
    const auto [it, fresh] = known_.emplace(key, all_.size());
    if (fresh) {
      // Who has no name stands for all who have none.
      all_.push_back(node_of(view_, unnamed ? Hop() : hop));
      entity_.push_back(unnamed ? std::nullopt : hop.entity);
      says_.push_back(0);
    }
    return it->second;
  }
  /// As the list of origins has it, which counts with the summary.
  uint64_t figure(size_t node) const {
    for (const OriginView& origin : view_.origins())
      if (origin.entity == entity_[node]) return origin.words;
    return says_[node];
  }
  void add(const Statement& s, uint64_t words) {
    if (all_.size() + s.chain.size() > kMostBoxes) {
      left_out_.insert(view_.name(s.chain.front()));
      left_out_words_ += words;
      return;
    }
    size_t from = node(s.chain.front());
    says_[from] += words;
    bool through_unnamed = false;
    for (size_t i = 1; i < s.chain.size(); ++i) {
      if (is_outlet(view_, s.chain[i])) break;
      if (s.chain[i].name == "unnamed") {
        through_unnamed = true;
        continue;
      }
      join(from, node(s.chain[i]), words, through_unnamed);
      from = node(s.chain[i]);
      through_unnamed = false;
    }
    join(from, kOutlet, words, through_unnamed);
  }
  void join(size_t from, size_t to, uint64_t words, bool through_unnamed) {
    if (from == to) return;
    lines_[{from, to}] += words;
    if (!through_unnamed) told_.insert({from, to});
  }

  /// Of those who speak to the outlet alone, and whom nobody feeds, the ones with fewest words.
  void gather_small() {
    std::set<size_t> through;
    for (const auto& [way, weight] : lines_)
      if (way.second != kOutlet) through.insert({way.first, way.second});
    std::vector<size_t> small;
    for (size_t i = 0; i < all_.size(); ++i)
      if (!through.contains(i)) small.push_back(i);
    if (small.size() <= kMostOrigins) return;
    std::stable_sort(small.begin(), small.end(),
                     [this](size_t a, size_t b) { return says_[a] > says_[b]; });
    gathered_.insert(small.begin() + kMostOrigins - 1, small.end());
  }
  GraphNode outlet_node() const {
    GraphNode out{.name = view_.outlet(), .shape = NodeShape::kOutlet};
    const auto& words = view_.ledger().summary.words_by_distance;
    if (const auto own = words.find(0); own != words.end() && own->second > 0)
      out.figure = view_.say().count("count.own_words", own->second);
    return out;
  }
  GraphNode others_node() const {
    uint64_t words = left_out_words_;
    for (const size_t i : gathered_) words += figure(i);
    return {.name = view_.say().count("count.others", gathered_.size() + left_out_.size()),
            .figure = view_.say().count("count.words", words)};
  }

  const LedgerView& view_;
  std::vector<uint64_t> words_;
  std::vector<GraphNode> all_;
  std::vector<std::optional<uint32_t>> entity_;
  std::vector<uint64_t> says_;  // words that go back to it
  std::map<std::string, size_t> known_;
  std::map<std::pair<size_t, size_t>, uint64_t> lines_;
  std::set<size_t> gathered_;
  std::set<std::string> left_out_;  // origins
  uint64_t left_out_words_ = 0;
  std::set<std::pair<size_t, size_t>> told_;  // lines that somebody without a name is not in
};

}  // namespace

Graph chain_graph(const LedgerView& view, const std::vector<Hop>& chain,
                  std::string_view verification) {
  Graph out;
  for (const Hop& hop : chain) {
    out.nodes.push_back(node_of(view, hop));
    const size_t n = out.nodes.size();
    if (n > 1) out.lines.push_back({.from = n - 2, .to = n - 1, .implied = !hop.explicit_});
  }
  out.nodes.push_back({.name = view.outlet(), .shape = NodeShape::kOutlet});
  out.downwards = out.nodes.size() > kMostInARow;
  if (out.nodes.size() > 1)
    out.lines.push_back({.from = out.nodes.size() - 2,
                         .to = out.nodes.size() - 1,
                         .mark = std::string(verification == "none" ? "" : verification)});
  return out;
}

std::string chain_in_words(const LedgerView& view, const std::vector<Hop>& chain,
                           std::string_view verification) {
  std::string out;
  for (const Hop& hop : chain) {
    out +=
        fmt::format("{}: {}", view.say()(hop.relay ? "hop.relay" : "hop.origin"), view.name(hop));
    if (const std::string profile = view.profile(hop.entity); !profile.empty())
      out += ", " + profile;
    out += " → ";
  }
  out += view.outlet();
  if (verification != "none")
    out += fmt::format(". {}", view.say().label("verification", verification));
  return out;
}

Graph article_graph(const LedgerView& view) { return Merger(view).take(); }

std::string article_ways_in_words(const LedgerView& view) {
  std::string out;
  for (const OriginView& origin : view.origins())
    for (const Route& route : origin.routes) {
      if (!out.empty()) out += ". ";
      for (const Hop& hop : route.chain) out += view.name(hop) + " → ";
      out += fmt::format("{}: {}", view.outlet(),
                         view.say().count("count.statements", route.statements));
    }
  return out;
}

}  // namespace avstand::report
