// Saved questions of an archive: which claims somebody wants to hear of, and how they stood when
// they were last looked at. A claim has no name that lasts (its number changes as its story grows),
// so it is kept by where its mentions stand, and without its words: what is forgotten is forgotten
// here too.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/archive.h"
#include "store/story_tables.h"

namespace avstand::store {

/// Where a claim is told: code points of an article's text.
struct Place {
  int64_t article = 0, begin = 0, end = 0;
};

struct WatchedClaim {
  std::vector<Place> places;
  int64_t independent_origins = 0;
  bool retracted = false;
};

struct Watch {
  int64_t id = 0;
  std::optional<std::string> origin;  ///< every claim that has this one alone; else a claim
  std::vector<WatchedClaim> claims;
};

/// A claim as it is now.
struct FoundClaim {
  int64_t story = 0;
  std::string id, text, status, story_document;
  int64_t independent_origins = 0;
  std::vector<std::string> origins;  ///< the independent ones
  std::vector<Place> places;
};

/// Uses the connection of the archive, which must outlive it and have a schema with stories.
class WatchTables {
 public:
  explicit WatchTables(Archive& archive);

  Result<std::vector<Watch>> all();
  /// Keeps a question; its number.
  Result<int64_t> add(const Watch& watch);
  /// Replaces what is kept of its claims.
  Status update(const Watch& watch);
  /// False: there is none of that number.
  Result<bool> remove(int64_t id);

  /// The number of the article that is known by this key.
  Result<std::optional<int64_t>> article(const std::string& key);

  /// Nothing where the story has no such claim.
  Result<std::optional<FoundClaim>> claim(int64_t story, const std::string& id);
  /// The claim that most of the places are mentions of now.
  Result<std::optional<FoundClaim>> claim_at(const std::vector<Place>& places);
  /// Claims with this one known origin and no other.
  Result<std::vector<FoundClaim>> only_from(const std::string& origin);

 private:
  Result<std::vector<WatchedClaim>> claims_of(int64_t watch);
  Status add_claims(const Watch& watch);

  Database& database_;
};

}  // namespace avstand::store
