// Bytes to articles. All hostile bytes end here.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/result.h"
#include "document/article.h"

namespace avstand::ingest {

/// What the caller knows and the bytes may lack. A value in the bytes wins over these,
/// except for language, where the caller's word is final.
struct Options {
  size_t max_bytes = 10'000'000;  ///< per article; a stream of articles may be longer
  /// A date ("2023-07-26") or RFC 3339; check it once with check_published.
  std::optional<std::string> published;
  std::optional<std::string> outlet, url;
  LanguageCode language;  ///< und: identify; "no": Norwegian, nb or nn is identified
};

/// Gives the article what its bytes lack: url, outlet, published; and the language, where the
/// caller knows it.
void fill_gaps(Article& article, const Options& options);

/// One article or one problem, in input order.
struct Item {
  std::optional<Article> article;
  std::optional<Error> error;
};

/// Takes the items as they are read; memory is bounded by one article if the receiver lets go.
using Emit = std::function<void(Item)>;

/// Remarks that are no errors ("unknown key 'foo' is ignored").
using NoteSink = std::function<void(const std::string&)>;

/// What one run remembers over all its inputs: remarks already made (each is given once), and ids
/// (an id that comes twice is an error; ids are kept as 64-bit hashes). Used from one thread.
class Run {
 public:
  explicit Run(NoteSink note = {}) : note_(std::move(note)) {}
  /// Passes the remark on if it is new.
  void note(const std::string& remark);
  /// False: the id was taken before in this run.
  bool take_id(std::string_view id);

 private:
  NoteSink note_;
  std::unordered_set<std::string> notes_;
  std::unordered_set<uint64_t> ids_;
};

/// Where the pattern files are read from (data/ingest/*.tsv); immutable, shared by all threads.
class Patterns;

/// Reads an input file or "-" (standard input) and picks the reader by content: JSON if the first
/// character is { or [, a page if it begins with a tag of HTML, a feed if it is XML, else plain
/// text. The id of a plain-text file is its path as given. JSON Lines are read line by line, so the
/// file may be larger than max_bytes; a bad line is one item with an error that names the line, and
/// the others are still read.
void read_input(const std::string& path, const Options& options, const Patterns& patterns, Run& run,
                const Emit& emit);

/// The same for bytes in memory (fuzzing, bindings); `name` stands in errors and is the id of a
/// plain text.
void read_bytes(std::string_view bytes, const std::string& name, const Options& options,
                const Patterns& patterns, Run& run, const Emit& emit);

/// Reads plain text: blocks by empty lines, kinds by position and form. `name` is the id.
Result<Article> read_plain_text(std::string_view bytes, const std::string& name,
                                const Options& options, const Patterns& patterns);

/// Accepts "YYYY-MM-DD" and RFC 3339 date-times with real days and hours.
Status check_published(std::string_view published);

}  // namespace avstand::ingest
