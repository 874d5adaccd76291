#include "story/watch.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ledger/characters.h"
#include "ledger/json_writer.h"

namespace avstand::story {
namespace {

using ledger::on_one_line;

std::string_view name_of(News news) {
  constexpr std::string_view kNames[] = {"second_origin", "retracted", "gone"};
  return kNames[static_cast<size_t>(news)];
}

store::WatchedClaim as_it_is(const store::FoundClaim& claim) {
  return {.places = claim.places,
          .independent_origins = claim.independent_origins,
          .retracted = claim.status == "retracted"};
}

using ClaimId = std::pair<int64_t, std::string>;

/// What is new of one claim; keeps it as seen. False: it is gone.
Result<bool> look_at(store::WatchTables& tables, const store::Watch& watch,
                     store::WatchedClaim& claim, std::set<ClaimId>& seen,
                     std::vector<Report>& out) {
  AVSTAND_TRY(found, tables.claim_at(claim.places));
  if (!found) {
    out.push_back({watch.id, watch.origin.value_or(""), News::kGone, {}});
    return false;
  }
  if (!seen.emplace(found->story, found->id).second) return false;  // two claims became one
  const store::WatchedClaim now = as_it_is(*found);
  if (now.retracted && !claim.retracted)
    out.push_back({watch.id, watch.origin.value_or(""), News::kRetracted, *found});
  if (claim.independent_origins < 2 && now.independent_origins >= 2)
    out.push_back({watch.id, watch.origin.value_or(""), News::kSecondOrigin, *found});
  claim = now;
  return true;
}

}  // namespace

Result<std::optional<int64_t>> saved_already(store::WatchTables& tables,
                                             const store::Watch& watch) {
  AVSTAND_TRY(all, tables.all());
  std::optional<store::FoundClaim> asked;
  if (!watch.origin) {
    AVSTAND_TRY(found, tables.claim_at(watch.claims.front().places));
    asked = std::move(found);
  }
  for (const store::Watch& known : all) {
    if (known.origin != watch.origin) continue;
    if (watch.origin) return std::optional(known.id);
    if (known.claims.empty()) continue;
    AVSTAND_TRY(claim, tables.claim_at(known.claims.front().places));
    if (claim && asked && claim->story == asked->story && claim->id == asked->id)
      return std::optional(known.id);
  }
  return std::optional<int64_t>();
}

store::Watch watch_of_claim(const store::FoundClaim& claim) {
  return {.origin = std::nullopt, .claims = {as_it_is(claim)}};
}

Result<store::Watch> watch_of_origin(store::WatchTables& tables, const std::string& origin) {
  store::Watch out{.origin = origin, .claims = {}};
  AVSTAND_TRY(claims, tables.only_from(origin));
  for (const store::FoundClaim& claim : claims) out.claims.push_back(as_it_is(claim));
  return out;
}

Result<std::vector<Report>> look(store::WatchTables& tables) {
  std::vector<Report> out;
  AVSTAND_TRY(watches, tables.all());
  for (store::Watch& watch : watches) {
    std::set<ClaimId> seen;
    std::vector<store::WatchedClaim> kept;
    for (store::WatchedClaim& claim : watch.claims) {
      AVSTAND_TRY(there, look_at(tables, watch, claim, seen, out));
      if (there) kept.push_back(std::move(claim));
    }
    if (watch.origin) {
      AVSTAND_TRY(claims, tables.only_from(*watch.origin));
      for (const store::FoundClaim& claim : claims)
        if (seen.emplace(claim.story, claim.id).second) kept.push_back(as_it_is(claim));
    }
    if (!watch.origin && kept.empty()) {
      if (watch.claims.empty()) out.push_back({watch.id, "", News::kGone, {}});  // forgotten
      AVSTAND_TRY(removed, tables.remove(watch.id));
      if (removed) continue;
    }
    watch.claims = std::move(kept);
    AVSTAND_CHECK(tables.update(watch));
  }
  return out;
}

std::string to_text(const Report& report) {
  const std::string about = fmt::format("watch {}: ", report.watch);
  if (report.news == News::kGone)
    return about + fmt::format("a claim{}{} is gone from all stories\n",
                               report.origin.empty() ? "" : " of ", on_one_line(report.origin));
  const store::FoundClaim& c = report.claim;
  std::string origins;
  for (const std::string& name : c.origins)
    origins += (origins.empty() ? "" : ", ") + on_one_line(name);
  return about + fmt::format("{} {}/{}: {} ({}independent origins {}{}{})\n",
                             report.news == News::kRetracted ? "taken back" : "a second origin",
                             c.story, c.id, on_one_line(c.text),
                             report.news == News::kRetracted ? "retracted; " : "",
                             c.independent_origins, origins.empty() ? "" : ": ", origins);
}

std::string to_json(const Report& report) {
  ledger::JsonWriter w(ledger::JsonWriter::Layout::kCompact);
  w.begin_object().key("watch").number(static_cast<uint64_t>(report.watch));
  w.key("origin");
  report.origin.empty() ? w.null() : w.string(report.origin);
  w.key("news").string(name_of(report.news));
  if (report.news != News::kGone) {
    const store::FoundClaim& c = report.claim;
    w.key("story").number(static_cast<uint64_t>(c.story));
    w.key("story_id").string(c.story_document).key("claim").string(c.id);
    w.key("text").string(c.text).key("status").string(c.status);
    w.key("independent_origins").number(static_cast<uint64_t>(c.independent_origins));
    w.key("origins").begin_array();
    for (const std::string& name : c.origins) w.string(name);
    w.end_array();
  }
  w.end_object();
  return w.take() + "\n";
}

}  // namespace avstand::story
