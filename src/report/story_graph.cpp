#include "report/story_graph.h"

#include <fmt/format.h>

#include <algorithm>

namespace avstand::report {
namespace {

using story::Claim;
using story::Mention;
using Step = std::pair<std::string, std::string>;

constexpr size_t kMostOrigins = 14, kMostOutlets = 16;
constexpr std::string_view kUnnamed = "unnamed";

std::vector<std::string> hands_of(const std::vector<std::string>& chain, const Mention& mention,
                                  const std::string& outlet) {
  std::vector<std::string> hands = chain;
  if (hands.empty()) hands.push_back(mention.origin);
  hands.front() = mention.origin;
  if (hands.back() != outlet) hands.push_back(outlet);
  return hands;
}

/// Nodes by name, lines by the claims that came on them.
class Builder {
 public:
  Builder(const std::vector<StoryWay>& ways, const std::map<std::string, std::string>& letters,
          const Phrases& say)
      : ways_(ways), letters_(letters), say_(say) {}

  Graph build() {
    gather_small();
    for (const StoryWay& way : ways_) add(way);
    for (const auto& [step, claims] : claims_)
      graph_.lines.push_back({.from = step.first,
                              .to = step.second,
                              .weight = static_cast<double>(claims.size()),
                              .implied = !told_.contains(step)});
    return std::move(graph_);
  }

 private:
  using Claims = std::map<std::string, std::set<const Claim*>>;

  /// Of those in `claims` but not in `kept` all but the `most` that have most claims.
  static std::set<std::string> fewest(const Claims& claims, const std::set<std::string>& kept,
                                      size_t most) {
    std::vector<std::pair<size_t, std::string>> small;
    for (const auto& [name, its] : claims)
      if (!kept.contains(name)) small.emplace_back(its.size(), name);
    if (small.size() <= most) return {};
    std::stable_sort(small.begin(), small.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::set<std::string> out;
    for (size_t i = most - 1; i < small.size(); ++i) out.insert(small[i].second);
    return out;
  }
  /// Origins that reach outlets alone, and outlets that feed nobody, where there are many.
  void gather_small() {
    Claims of_origin, of_outlet;
    std::set<std::string> relayed, feeding;
    for (const StoryWay& way : ways_) {
      of_origin[way.hands.front()].insert(way.claims.begin(), way.claims.end());
      of_outlet[way.hands.back()].insert(way.claims.begin(), way.claims.end());
      for (size_t i = 1; i < way.hands.size(); ++i) {
        relayed.insert(way.hands[i]);
        feeding.insert(way.hands[i - 1]);
      }
      if (way.hands.size() != 2) relayed.insert(way.hands.front());
    }
    gathered_ = fewest(of_origin, relayed, kMostOrigins);
    gathered_outlets_ = fewest(of_outlet, feeding, kMostOutlets);
  }

  size_t node(const std::string& hand, const StoryWay& way, bool origin) {
    const bool gathered = origin && gathered_.contains(hand);
    const bool outlet = !gathered && gathered_outlets_.contains(hand);
    // No hand is called by a key of the words.
    const std::string key = gathered ? "count.others" : outlet ? "count.outlets" : hand;
    const auto [it, fresh] = known_.emplace(key, graph_.nodes.size());
    if (!fresh) return it->second;
    GraphNode out{.name = told_hand(hand, say_)};
    if (gathered || outlet) {
      out.name = say_.count(key, gathered ? gathered_.size() : gathered_outlets_.size());
    } else if (const auto letter = letters_.find(hand); letter != letters_.end()) {
      out.name = letter->second + " · " + out.name;
    }
    out.unnamed = hand == kUnnamed || (origin && way.unknown && !gathered);
    graph_.nodes.push_back(std::move(out));
    return it->second;
  }

  void add(const StoryWay& way) {
    size_t from = node(way.hands.front(), way, true);
    if (way.hands.size() == 1) graph_.nodes[from].shape = NodeShape::kOutlet;
    for (size_t i = 1; i < way.hands.size(); ++i) {
      const size_t to = node(way.hands[i], way, false);
      if (i + 1 == way.hands.size()) graph_.nodes[to].shape = NodeShape::kOutlet;
      if (from != to) {
        claims_[{from, to}].insert(way.claims.begin(), way.claims.end());
        if (!way.implied.contains(Step{way.hands[i - 1], way.hands[i]})) told_.insert({from, to});
      }
      from = to;
    }
  }

  const std::vector<StoryWay>& ways_;
  const std::map<std::string, std::string>& letters_;
  const Phrases& say_;
  Graph graph_{.origins_left = true, .weighted = true};
  std::map<std::string, size_t> known_;
  std::set<std::string> gathered_, gathered_outlets_;
  std::map<std::pair<size_t, size_t>, std::set<const Claim*>> claims_;
  std::set<std::pair<size_t, size_t>> told_;
};

}  // namespace

std::string told_hand(std::string_view hand, const Phrases& say) {
  if (!hand.starts_with(kUnnamed)) return std::string(hand);
  const std::string_view rest = hand.substr(kUnnamed.size());
  if (!rest.empty() && !rest.starts_with(" (")) return std::string(hand);
  return std::string(say("hop.unnamed")) + std::string(rest);
}

std::vector<StoryWay> story_ways(const std::vector<const Claim*>& claims,
                                 const std::vector<std::string>& outlets) {
  std::map<std::vector<std::string>, StoryWay> ways;
  for (const Claim* claim : claims)
    for (const Mention& mention : claim->mentions) {
      if (mention.origin.empty()) continue;
      const std::string& outlet = outlets[mention.article];
      const bool more = !mention.resolved.empty();
      const auto hands = hands_of(more ? mention.resolved : mention.chain, mention, outlet);
      const auto told = hands_of(mention.chain, mention, outlet);
      StoryWay& way = ways[hands];
      way.hands = hands;
      way.claims.insert(claim);
      way.unknown = way.unknown || mention.unknown;
      std::set<Step> steps;
      for (size_t i = 1; i < told.size(); ++i) steps.insert({told[i - 1], told[i]});
      for (size_t i = 1; more && i < hands.size(); ++i)
        if (!steps.contains({hands[i - 1], hands[i]})) way.implied.insert({hands[i - 1], hands[i]});
    }
  std::vector<StoryWay> out;
  out.reserve(ways.size());
  for (auto& [hands, way] : ways) out.push_back(std::move(way));
  std::stable_sort(out.begin(), out.end(), [](const StoryWay& a, const StoryWay& b) {
    return a.claims.size() > b.claims.size();
  });
  return out;
}

Graph story_graph(const std::vector<StoryWay>& ways,
                  const std::map<std::string, std::string>& letters, const Phrases& say) {
  return Builder(ways, letters, say).build();
}

std::string story_ways_in_words(const std::vector<StoryWay>& ways, const Phrases& say) {
  std::string out;
  for (const StoryWay& way : ways) {
    if (!out.empty()) out += ". ";
    for (size_t i = 0; i < way.hands.size(); ++i)
      out += fmt::format("{}{}", i == 0 ? "" : " → ", told_hand(way.hands[i], say));
    out += ": " + say.count("count.claims", way.claims.size());
  }
  return out;
}

}  // namespace avstand::report
