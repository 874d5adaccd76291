// Saved questions: what became of claims that had one origin.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/watch_tables.h"

namespace avstand::story {

enum class News : uint8_t {
  kSecondOrigin,  ///< it had one independent origin or none, and has more now
  kRetracted,     ///< somebody has taken it back
  kGone,          ///< no article that told it is in a story any more
};

struct Report {
  int64_t watch = 0;
  std::string origin;  ///< that is watched; empty: the claim is
  News news = News::kSecondOrigin;
  store::FoundClaim claim;  ///< as it is now; nothing in it where it is gone
};

/// The number of a question that is saved already and asks the same.
Result<std::optional<int64_t>> saved_already(store::WatchTables& tables, const store::Watch& watch);

store::Watch watch_of_claim(const store::FoundClaim& claim);
/// All claims that have this origin alone, now and later.
Result<store::Watch> watch_of_origin(store::WatchTables& tables, const std::string& origin);

/// What has happened since each question was last looked at. What is told is kept as seen, so that
/// it is told once, and a question about a claim that is gone goes: the caller commits.
Result<std::vector<Report>> look(store::WatchTables& tables);

/// One line for people; one line of JSON.
std::string to_text(const Report& report);
std::string to_json(const Report& report);

}  // namespace avstand::story
