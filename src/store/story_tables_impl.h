// Inside of this room only.
#pragma once

#include <set>
#include <tuple>
#include <unordered_map>

#include "store/archive_impl.h"
#include "store/story_tables.h"

namespace avstand::store {

struct StoryTables::Impl {
  Impl(Database& db, const std::unordered_map<int64_t, std::string>& fresh)
      : database(db), fresh_features(fresh) {}

  Database& database;
  const std::unordered_map<int64_t, std::string>& fresh_features;  ///< Archive::Impl
  Query pending, settle, input, listing, old_keys, remove_key, remove_keys, insert_key, insert_keys,
      by_key, has_key, next_week;
  Query weeks, links, unlink, unlink_back, link, story_of, members, all;
  Query insert_story, insert_member, insert_claim, insert_origin, insert_mention, insert_copy;
  Query insert_time, insert_ring, insert_picture, drop_members, drop;

  /// Articles that are looked up by one key. Those of one day share most of their rare words, so
  /// what was read for one of them is kept for the next, until the keys are written.
  struct Posting {
    bool read = false;  ///< whether those of the table are among them
    std::vector<int64_t> articles;
  };
  std::unordered_map<uint64_t, Posting> postings;
  std::vector<std::tuple<int64_t, uint32_t, int64_t>> unwritten;  ///< week, key, article
  std::set<int64_t> unwritten_weeks;

  Status prepare();
  Status prepare_rows();
  Status add_key_matches(int64_t week, const std::vector<uint32_t>& keys,
                         std::unordered_map<int64_t, uint32_t>& shared);
  /// The first week from that one on that has articles; nothing: there is none.
  Result<std::optional<int64_t>> week_from(int64_t week);
  Status put_claim(int64_t story, int64_t number, const ClaimRow& claim);
  Status put_rest(int64_t story, const StoryRows& rows);
};

}  // namespace avstand::store
