// The stories of an archive as rows, and what they are kept up to date with: which articles have
// changed, what an article is looked up by, which articles are linked.
//
// What a story is, room story/ decides; here it is only kept. All changes are part of the archive's
// transaction, so stories and articles are of one state after a kill, too.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/archive.h"

namespace avstand::store {

struct MentionRow {
  int64_t article = 0, begin = 0, end = 0;  ///< begin, end: code points of the text
  std::string stance;
  std::optional<std::string> statement, speaker, origin, chain, resolved_chain;
};

struct ClaimRow {
  std::string id, text, status;
  int64_t articles = 0, outlets = 0, families = 0, independent_origins = 0, unknown_origins = 0;
  std::vector<std::string> origins;  ///< the independent ones first
  std::vector<std::string> conflicts_with, updates;
  std::optional<std::string> first_seen;
  std::vector<MentionRow> mentions;
};

struct CopyRow {
  int64_t article = 0, of = 0, passages = 0;
  std::string kind;
  bool credited = false;
};

struct TimelineRow {
  std::string time, claim, status;
};

struct SharedPictureRow {
  int64_t article = 0;
  std::string origin;
  bool handout = false, credited = false;
};

struct StoryRows {
  std::vector<int64_t> articles;  ///< in the story's order; the first gives its number
  std::string document;           ///< id of the first
  std::string title;              ///< of the first
  std::string begins, ends;       ///< of the first and last, in UTC: "2026-03-02T06:10Z"; or empty
  int64_t outlets = 0, independent_origins = 0;
  std::vector<ClaimRow> claims;
  std::vector<CopyRow> copies;
  std::vector<TimelineRow> timeline;
  std::vector<std::vector<int64_t>> rings;
  std::vector<std::vector<SharedPictureRow>> pictures;
};

/// A story as a list shows it.
struct ListedStory {
  int64_t id = 0;
  std::string document, title, begins, ends;
  int64_t articles = 0, outlets = 0, independent_origins = 0, claims = 0;
};

/// An article as stories take it.
struct StoryInput {
  Listed article;
  std::string features;
};

/// Uses the connection of the archive, which must outlive it.
class StoryTables {
 public:
  /// Errors: the archive is of a schema without stories.
  static Result<StoryTables> open(Archive& archive);
  StoryTables(StoryTables&&) noexcept;
  StoryTables& operator=(StoryTables&&) noexcept;
  ~StoryTables();

  /// Articles that were added or changed since their stories were made, at most `most`.
  Result<std::vector<int64_t>> pending(uint32_t most);
  Result<int64_t> pending_count();
  Status settle(int64_t article);
  /// Nothing where there is no such article.
  Result<std::optional<StoryInput>> input(int64_t article);

  /// Forgets keys that are set and not written, of a transaction that came to nothing.
  void start_keys();
  /// Replaces what the article is looked up by. `keys` sorted; `week` counts from any day. Seen by
  /// sharing() at once, in the table after write_keys(): rows in order cost half.
  Status set_keys(int64_t article, int64_t week, const std::vector<uint32_t>& keys);
  Status write_keys();
  Status clear_keys(int64_t article);
  /// Whether the article is looked up by exactly these.
  Result<bool> has_keys(int64_t article, int64_t week, const std::vector<uint32_t>& keys);
  /// Articles of those weeks that share `fewest` of the keys or more, by number. No weeks: all.
  Result<std::vector<int64_t>> sharing(std::optional<std::pair<int64_t, int64_t>> weeks,
                                       const std::vector<uint32_t>& keys, size_t fewest);

  Result<std::vector<int64_t>> links(int64_t article);
  Status for_each_link(const std::function<void(int64_t article, int64_t other)>& take);
  Status set_links(int64_t article, const std::vector<int64_t>& others);

  Result<std::optional<int64_t>> story_of(int64_t article);
  /// In the story's order; empty: there is no such story.
  Result<std::vector<int64_t>> members(int64_t story);
  Status put(const StoryRows& rows);
  Status drop(int64_t story);

  /// Numbers of all stories, by when they begin.
  Result<std::vector<int64_t>> stories();
  /// By number or by the id of the first article, else the story that an article is in, by number,
  /// key, address or id. kUsage: there is none.
  Result<ListedStory> find(const std::string& name);
  /// All rows of a story as text, to be compared.
  Result<std::string> text_of(int64_t story);
  /// Lines on what does not fit together in keys and links.
  Result<std::vector<std::string>> check_links();

 private:
  struct Impl;
  explicit StoryTables(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand::store
