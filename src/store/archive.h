// An archive: articles, every version of each, and what was read in them, in one SQLite file.
//
// One writer at a time; readers go on while it writes (WAL). A transaction holds whole articles, so
// a run that is killed leaves an archive without half an article in it, and the same run again ends
// with the same archive. docs/archive.md describes tables and promises.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/correction.h"
#include "store/database.h"
#include "store/record.h"
#include "text/span.h"

namespace avstand::store {

/// What became of an article that was added.
enum class Added : uint8_t {
  kNew,      ///< nothing was known by its key
  kVersion,  ///< another text under a known key: one version more of the same article
  kAnew,     ///< the text of a version, read by another engine: its ledger is replaced
  kKnown,    ///< nothing has changed; a version that is there already, old or new
};

/// An article as a list shows it.
struct Listed {
  int64_t id = 0;
  std::string key, document, title, outlet, published, language;
  int64_t versions = 1, statements = 0;
};

/// A version of an article as it is kept.
struct Version {
  int64_t number = 0;
  std::string digest;  ///< of its text
  std::string ledger;
};

struct Hit {
  Listed article;
  std::string snippet;       ///< words around the first match
  std::vector<Span> marked;  ///< what of the snippet was searched for
};

/// The snippet with "[" and "]" around what was searched for.
std::string bracketed(const Hit& hit);

/// Words of a search: each an alternative of forms, all of which must be in the text.
struct Wanted {
  std::vector<std::vector<std::string>> words;
  std::string language, outlet, origin;  ///< empty: any
  std::string from, to;                  ///< published, inclusive: "2026-07", "2026-07-31"
  uint32_t limit = 20, offset = 0;
};

/// A name and how many have it.
struct Count {
  std::string name;
  int64_t count = 0;
};

/// Of all articles that a search finds, however many of them it shows.
struct Facets {
  int64_t articles = 0;
  std::vector<Count> languages, outlets, origins;  ///< most first, a dozen at most
  std::vector<Count> months;                       ///< "2026-07", newest first, likewise
};

/// An outlet that carries what an origin says.
struct Carrier {
  std::string outlet;
  int64_t statements = 0, checked = 0;
};

struct OriginStatement {
  Listed article;
  std::string statement, content, chain, verification;
};

/// What an origin has said, and through whom it came.
struct OriginReport {
  std::string name;
  int64_t statements = 0, articles = 0, outlets = 0, checked = 0, doubtful = 0;
  int64_t as_relay = 0;                    ///< statements that it passed on
  std::vector<Count> relays;               ///< who passed it on, how often
  std::vector<Carrier> carried_by;         ///< most statements first
  std::vector<OriginStatement> passed_on;  ///< of others, newest first
  std::vector<OriginStatement> latest;     ///< newest first
};

/// What `restore` took in: articles, how many of their versions were not there before, and
/// corrections that were not.
struct Restored {
  uint64_t articles = 0, changed = 0, unchanged = 0, corrections = 0;
};

class Archive {
 public:
  using Mode = Database::Mode;

  /// kCreate makes the file where there is none. An archive of an older schema is read as it is,
  /// and brought up to this one when it is opened to write. Errors: no such file, not an archive, a
  /// newer one, one that was tampered with, no right to read or write.
  static Result<Archive> open(const std::string& path, Mode mode);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  /// Adds one reading. What is added is safe only after `commit`, which is called by itself every
  /// few hundred articles.
  Result<Added> add(const Record& record, const Rows& rows);
  Status commit();
  /// Begins a transaction, if there is none: what is read until `commit` is of one state.
  Status begin();
  /// Done at the end of every transaction, as a part of it: what follows from the articles.
  void before_commit(std::function<Status()> work);

  /// By how well they fit; without words, the newest first.
  Result<std::vector<Hit>> search(const Wanted& wanted);
  Result<Facets> facets(const Wanted& wanted);
  Result<OriginReport> source(const std::string& name, uint32_t limit);
  /// By number, key, address or the id of its document; an error where there is none or several.
  Result<Listed> find(const std::string& name);
  /// One version of an article, by its number from 1; 0: the newest. Nothing where there is none.
  Result<std::optional<Version>> version(int64_t article, int64_t number);
  /// The ledgers of an article, oldest first.
  Result<std::vector<std::string>> ledgers(int64_t article);

  /// Keeps a correction, and commits. False: it is there already. Errors: it is not whole, or no
  /// version of an article has that text, or its words lie outside of it.
  Result<bool> correct(const Correction& correction);
  /// Of a text, oldest first.
  Result<std::vector<Correction>> corrections(const std::string& digest);

  /// Takes articles out, with every trace in search and in free pages; so go corrections of texts
  /// that no article has any more.
  Status forget(const std::vector<int64_t>& articles);
  /// Articles that name somebody: an entity with that name, or the words in the text.
  Result<std::vector<Listed>> naming(const std::string& person);

  /// Every problem that a look at all pages and rows finds; empty: it is clean.
  Result<std::vector<std::string>> check();

  /// Every article in the order of adding: features (may be empty) and newest ledger.
  Status for_each(const std::function<Status(const Listed&, std::string features)>& take);
  /// The same for those published last, newest first, `most` of them.
  Status for_newest(uint32_t most,
                    const std::function<Status(const Listed&, std::string features)>& take);
  /// The archive as JSON Lines, from which `restore` makes the same archive.
  Status dump(const std::function<void(const std::string& line)>& line);
  /// Adds what a dump holds, and commits. `next` gives its lines; false: there are no more. Errors
  /// name the line; what was committed before stays.
  Result<Restored> restore(const std::function<bool(std::string&)>& next);

  Result<int64_t> articles();
  /// Another number when another connection has changed the archive since (one of ours never does).
  Result<int64_t> change_count();

 private:
  friend class StoryTables;
  friend class WatchTables;
  struct Impl;
  explicit Archive(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand::store
