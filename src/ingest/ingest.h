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

/// What one input or document may have. Over a limit is an error of kind kLimit that names the
/// option to raise.
struct Limits {
  uint32_t max_depth = 0;         ///< nesting; 0: HTML 512, XML 128, JSON 64
  uint32_t max_attributes = 256;  ///< of one tag of HTML or XML
  uint64_t max_entity_bytes = 0;  ///< that entities of XML grow to; 0: none are declared
  uint64_t max_unpacked = uint64_t{1} << 40;  ///< bytes that one packed file becomes
  uint32_t max_ratio = 500;                   ///< unpacked to packed bytes of a part
  uint64_t max_records = 1'000'000'000;       ///< of one web archive
  uint64_t max_pixels = 50'000'000;           ///< of a picture; over it, it is not hashed
  size_t max_picture_bytes = 50'000'000;      ///< of a picture file
  double max_seconds = 120;  ///< processor time for one document, see Deadline; 0: no limit
};

/// What the caller knows and the bytes may lack. A value in the bytes wins over these,
/// except for language, where the caller's word is final.
struct Options {
  size_t max_bytes = 10'000'000;  ///< per article; a stream of articles may be longer
  /// A date ("2023-07-26") or RFC 3339; check it once with check_published.
  std::optional<std::string> published;
  std::optional<std::string> outlet, url;
  LanguageCode language;  ///< und: identify; "no": Norwegian, nb or nn is identified
  /// The charset that the transport (HTTP) gave a page; it goes before what the page says.
  std::string charset;
  /// Items up to this place in the input are passed over (to resume); their ids are taken.
  uint64_t skip_to = 0;
  Limits limits;
};

/// Gives the article what its bytes lack: url, outlet, published; and the language, where the
/// caller knows it.
void fill_gaps(Article& article, const Options& options);

/// Options::skip_to of an input that was read to its end before.
inline constexpr uint64_t kSkipAll = UINT64_MAX;

/// One article or one problem, in input order.
struct Item {
  std::optional<Article> article;
  std::optional<Error> error;
  /// Where it stands in its input: grows from item to item. In a web archive, twice the number of
  /// the record; else its number.
  uint64_t place = 0;
  std::optional<uint64_t> line = std::nullopt;  ///< of JSON Lines
  double seconds = 0;                           ///< that ingest took for it, of Limits::max_seconds
};

/// An error that befell a whole article ("takes longer than …"), with the place where it stands:
/// the line of JSON Lines, the byte in a web archive, else the article's id.
Error at_article(Error error, const Article& article, const std::string& input,
                 std::optional<uint64_t> line = {});

/// Takes the items as they are read; memory is bounded by one article if the receiver lets go.
using Emit = std::function<void(Item)>;

/// Remarks that are no errors ("unknown key 'foo' is ignored").
using NoteSink = std::function<void(const std::string&)>;

/// How far the reading of one input is: bytes of the file read, and how many it has (0: not known).
using ProgressSink = std::function<void(const std::string& input, uint64_t done, uint64_t size)>;

/// What one run remembers over all its inputs: remarks already made (each is given once), and ids
/// (an id that comes twice is an error; ids are kept as 64-bit hashes). Used from one thread.
class Run {
 public:
  explicit Run(NoteSink note = {}, ProgressSink progress = {})
      : note_(std::move(note)), progress_(std::move(progress)) {}
  /// Passes the remark on if it is new.
  void note(const std::string& remark);
  /// False: the id was taken before in this run.
  bool take_id(std::string_view id);
  void progress(const std::string& input, uint64_t done, uint64_t size) const {
    if (progress_) progress_(input, done, size);
  }

 private:
  NoteSink note_;
  ProgressSink progress_;
  std::unordered_set<std::string> notes_;
  std::unordered_set<uint64_t> ids_;
};

/// Where the pattern files are read from (data/ingest/*.tsv); immutable, shared by all threads.
class Patterns;

/// Reads an input file or "-" (standard input) and picks the reader by content: a web archive
/// (WARC, ARC, WACZ), a picture, JSON if the first character is { or [, a page if it begins with a
/// tag of HTML, a feed or NewsML-G2 if it is XML, else plain text. gzip and Zstandard are unpacked
/// first. The id of a plain-text file is its path as given. JSON Lines are read line by line, so
/// the file may be larger than max_bytes; a bad line is one item with an error that names the line,
/// and the others are still read.
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
