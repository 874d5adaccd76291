// Summary: how much of the article rests on whom (LEDGER.md, rule 3).
#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "provenance/context.h"

namespace avstand::provenance {
namespace {

/// Sets of entities that are one organisation or speak for one side.
class Sides {
 public:
  explicit Sides(size_t n) : parent_(n) { std::iota(parent_.begin(), parent_.end(), 0u); }
  uint32_t find(uint32_t x) {
    while (parent_[x] != x) x = parent_[x] = parent_[parent_[x]];
    return x;
  }
  void join(uint32_t a, uint32_t b) { parent_[find(a)] = find(b); }

 private:
  std::vector<uint32_t> parent_;
};

bool counts(const Draft& d) { return d.attribution && d.attribution->quote != QuoteType::kScare; }

bool is_state_body(const Entity& e) {
  const ProfileKind k = e.profile.kind;
  return e.type == EntityType::kPlace || k == ProfileKind::kGovernment ||
         k == ProfileKind::kMilitary || k == ProfileKind::kStateMedia;
}

/// Bodies with their people, and what belongs to one state, are one side each.
Sides make_sides(const Context& c) {
  Sides sides(c.ledger.entities.size());
  std::map<std::string, uint32_t> state;
  for (EntityId e = 0; e < c.entities.entities.size(); ++e) {
    const Entity& entity = c.entity(e);
    if (const EntityId body = c.body_of(e); body != e) sides.join(e, body);
    if (entity.profile.country.empty() || !is_state_body(entity)) continue;
    const auto [it, is_new] = state.emplace(entity.profile.country, e);
    if (!is_new) sides.join(e, it->second);
  }
  return sides;
}

// Known origins, one for each side, that are not also the relay of another origin that counts.
uint32_t independent_origins(const Context& c) {
  Sides sides = make_sides(c);
  std::set<uint32_t> origins, relays;
  for (const Draft& d : c.drafts) {
    if (!counts(d) || d.out.chain.empty()) continue;
    for (const ledger::Hop& hop : d.out.chain) {
      if (!hop.entity || hop.name == "unnamed") continue;
      (hop.relay ? relays : origins).insert(sides.find(*hop.entity));
    }
  }
  return static_cast<uint32_t>(std::count_if(origins.begin(), origins.end(),
                                             [&](uint32_t o) { return relays.count(o) == 0; }));
}

// Every word once, at the distance of its outermost statement; words that nobody else says are at
// 0.
std::map<uint32_t, uint32_t> words_by_distance(const Context& c) {
  std::vector<uint32_t> distance(c.analysis.words.size());
  for (const Draft& d : c.drafts) {
    if (!counts(d) || d.parent != kNone) continue;
    for (const WordRange r : d.attribution->content)
      for (WordId w = r.begin; w < r.end; ++w)
        if (distance[w] == 0) distance[w] = d.out.distance;
  }
  std::map<uint32_t, uint32_t> out;
  for (const SentenceInfo& s : c.analysis.sentences) {
    const BlockKind kind = c.article.blocks[s.block].kind;
    if (kind == BlockKind::kByline || kind == BlockKind::kDateline || kind == BlockKind::kCredit)
      continue;
    for (WordId w = s.words.begin; w < s.words.end; ++w)
      if (c.analysis.words[w].upos != Upos::kPunct) ++out[distance[w]];
  }
  return out;
}

}  // namespace

/// Fills the summary. `unverified` counts statements whose verification is unverified or no_access;
/// `by_origin` is sorted by count, the unnamed last among equals.
void summarise(Context& c) {
  ledger::Summary& out = c.ledger.summary;
  std::map<EntityId, uint32_t> by_origin;
  for (const Draft& d : c.drafts) {
    if (!d.attribution) {
      ++out.own;
      continue;
    }
    if (!counts(d)) continue;
    ++out.statements;
    const bool known = !d.out.chain.empty() && d.out.chain.front().name != "unnamed";
    ++by_origin[known ? d.origin() : kNoEntity];
    const std::string& v = d.out.verification.status;
    out.unverified += v == "unverified" || v == "no_access";
  }
  for (const auto& [entity, n] : by_origin)
    out.by_origin.emplace_back(entity == kNoEntity ? std::nullopt : std::optional(entity), n);
  std::stable_sort(out.by_origin.begin(), out.by_origin.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  out.independent_origins = independent_origins(c);
  out.words_by_distance = words_by_distance(c);
}

}  // namespace avstand::provenance
