// Findings about sources (picture_findings.cpp: pictures). Each is something a careful editor would
// stop at; a false alarm costs more than a miss, so every threshold here is on the strict side.
#include "provenance/findings.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "text/utf8.h"

namespace avstand::provenance {
namespace {

// single_origin: this share of the statements with a known chain goes back to one origin …
constexpr double kOneOriginShare = 0.75;
constexpr uint32_t kLeastStatements = 5;
// … or this share where the text says that nobody independent was let in, and no other origin has
// more than kRivalShare of the first one's.
constexpr double kOneOriginShareNoAccess = 0.5;
constexpr double kRivalShare = 0.5;
constexpr uint32_t kLeastNoAccess = 3;
constexpr size_t kMostSides = 64;  // told apart; keeps the count linear in the statements

bool is_party_kind(ProfileKind kind) {
  return kind == ProfileKind::kGovernment || kind == ProfileKind::kMilitary ||
         kind == ProfileKind::kStateMedia || kind == ProfileKind::kCompany ||
         kind == ProfileKind::kParty;
}

/// A state and its media, a body and its people are one side.
struct Side {
  EntityId first = kNoEntity;
  uint32_t count = 0;
};

/// How many statements rest on each side.
struct OriginCount {
  uint32_t known = 0;  ///< statements with a known origin
  std::vector<Side> sides;
  EntityId first = kNoEntity;
  uint32_t first_count = 0, second_count = 0;
};

/// The origin that a statement counts for: the body spoken for; state media that passed it on count
/// as its origin, for nobody else stands behind what they pass on.
EntityId counted_origin(const Context& c, const Draft& d) {
  for (const ledger::Hop& hop : d.out.chain)
    if (hop.entity && c.knows(*hop.entity) &&
        c.entity(*hop.entity).profile.kind == ProfileKind::kStateMedia)
      return *hop.entity;
  return c.knows(d.origin()) && c.hop_name(d.origin()) != "unnamed" ? c.body_of(d.origin())
                                                                    : kNoEntity;
}

OriginCount count_origins(const Context& c) {
  OriginCount out;
  for (const Draft& d : c.drafts) {
    if (!d.attribution || d.parent != kNone || d.attribution->quote == QuoteType::kScare) continue;
    const EntityId origin = counted_origin(c, d);
    if (origin == kNoEntity) continue;
    ++out.known;
    const auto side = std::find_if(out.sides.begin(), out.sides.end(),
                                   [&](const Side& x) { return c.same_side(x.first, origin); });
    if (side != out.sides.end())
      ++side->count;
    else if (out.sides.size() < kMostSides)
      out.sides.push_back({origin, 1});
  }
  std::stable_sort(out.sides.begin(), out.sides.end(),
                   [](const Side& a, const Side& b) { return a.count > b.count; });
  if (!out.sides.empty()) {
    out.first = out.sides[0].first;
    out.first_count = out.sides[0].count;
  }
  if (out.sides.size() > 1) out.second_count = out.sides[1].count;
  return out;
}

std::vector<Span> spans_of_origin(const Context& c, EntityId origin) {
  std::vector<Span> out;
  for (const Draft& d : c.drafts)
    if (d.attribution && d.parent == kNone && c.same_side(counted_origin(c, d), origin))
      for (const Span s : d.out.source) out.push_back(s);
  return out;
}

bool is_single(const Context& c, const OriginCount& n) {
  if (n.first == kNoEntity) return false;
  const double share = static_cast<double>(n.first_count) / n.known;
  if (n.known >= kLeastStatements && share >= kOneOriginShare) return true;
  return !c.no_access.empty() && n.first_count >= kLeastNoAccess &&
         share >= kOneOriginShareNoAccess && n.second_count <= kRivalShare * n.first_count;
}

void find_single_origin(Context& c) {
  const OriginCount n = count_origins(c);
  if (!is_single(c, n)) return;
  const std::string& name = c.entity(n.first).name;
  add_finding(c, "single_origin", spans_of_origin(c, n.first),
              {std::to_string(n.first_count), std::to_string(n.known), name});
  // Whoever is the one origin and acts in what is told has an interest in how it is told.
  if (is_party_kind(c.entity(n.first).profile.kind) && !c.no_access.empty())
    add_finding(c, "interested_origin", spans_of_origin(c, n.first), {name});
}

void find_no_access(Context& c) {
  std::vector<Span> spans;
  spans.reserve(c.no_access.size());
  for (const uint32_t s : c.no_access) spans.push_back(c.analysis.sentences[s].span);
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
  if (!spans.empty()) add_finding(c, "no_access", std::move(spans), {});
}

/// A claim that somebody disputes and that only nameless voices make.
void find_anonymous_only(Context& c) {
  for (const Draft& d : c.drafts) {
    if (!d.attribution || d.parent != kNone || d.attribution->source.empty()) continue;
    if (d.out.verification.status != "disputed" || d.attribution->act == Act::kDeny) continue;
    if (c.knows(d.origin()) && c.entity(d.origin()).named) continue;
    if (!c.has(Marker::kAnonymous, d.attribution->source.front()) &&
        !c.has(Marker::kAnonymous, words_of_block(c, d.block)))
      continue;
    std::vector<Span> spans = d.out.source;
    spans.insert(spans.end(), d.out.content.begin(), d.out.content.end());
    add_finding(c, "anonymous_only", std::move(spans), {});
    return;
  }
}

/// Two media that name each other as the origin of what they tell.
void find_circular(Context& c) {
  std::map<std::pair<EntityId, EntityId>, Span> passed;  // origin, relay
  for (const Draft& d : c.drafts) {
    if (!d.attribution) continue;
    const auto& chain = d.out.chain;
    for (size_t k = 0; k + 1 < chain.size(); ++k) {
      if (!chain[k].entity || !chain[k + 1].entity || !chain[k + 1].span) continue;
      const EntityId from = *chain[k].entity, to = *chain[k + 1].entity;
      if (!c.knows(from) || !c.knows(to) || !c.is_medium(from) || !c.is_medium(to)) continue;
      if (const auto back = passed.find({to, from}); back != passed.end()) {
        add_finding(c, "circular", {back->second, *chain[k + 1].span},
                    {c.entity(to).name, c.entity(from).name});
        return;
      }
      passed.emplace(std::pair{from, to}, *chain[k + 1].span);
    }
  }
}

}  // namespace

void add_finding(Context& c, std::string_view kind, std::vector<Span> spans,
                 const std::vector<std::string>& arguments, std::string_view message_key) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& a : arguments) store.push_back(a);
  const std::string_view text =
      c.rules.message(message_key.empty() ? kind : message_key, c.language());
  ledger::Finding f;
  f.kind = kind;
  f.rule = "finding." + std::string(kind);
  f.message = fmt::vformat(text, store);
  f.spans = std::move(spans);
  c.ledger.findings.push_back(std::move(f));
}

void find_findings(Context& c) {
  find_missing_credits(c);
  find_no_access(c);
  find_single_origin(c);
  find_unverified_pictures(c);
  find_anonymous_only(c);
  find_circular(c);
  find_credit_conflicts(c);
  find_loaded_terms(c);
}

}  // namespace avstand::provenance
