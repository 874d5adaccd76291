// Avstand: read an article, get a ledger of who says what, and through how many hands.
//
//   #include <avstand/avstand.h>
//   #include <iostream>
//
//   int main() {
//     auto engine = avstand::Engine::open();
//     if (!engine) return std::cerr << engine.error().to_string() << '\n', 1;
//     auto reading = engine->read("– Vi vet ingenting, sier ordfører Kari Bø til NTB.");
//     if (!reading) return std::cerr << reading.error().to_string() << '\n', 2;
//     std::cout << reading->to_json() << '\n';
//   }
//
// Nothing here throws, prints or exits: what can fail returns a Result. An Engine is const after
// open() and may be used by any number of threads at once. All offsets are Unicode code points
// into text(). The fields and labels are those of the ledger, schema avstand/ledger/1
// (docs/ledger.md); none of them is a truth rating.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "avstand/result.h"

namespace avstand {

/// Version of the library, "0.1.0".
std::string_view version();

/// Code points [begin, end) of the article's text, and the words themselves.
struct Passage {
  uint32_t begin = 0;
  uint32_t end = 0;
  std::string text = {};
};

/// One statement of the ledger in plain words: enough to print or count; to_json() has the rest.
struct StatementSummary {
  std::vector<Passage> content, cue, source;  ///< parts in text order; empty: none expressed
  std::string quote;                          ///< own, direct, indirect, mixed, scare
  std::string act, evidence, commitment, verification;
  std::vector<std::string> chain;  ///< names from the origin to the last relay; empty: own words
  uint32_t distance = 0;           ///< hands between the origin and this outlet
  std::optional<size_t> parent;    ///< index of the statement that this one is nested in
};

/// An article that has been read.
class ArticleReading {
 public:
  ArticleReading(ArticleReading&&) noexcept;
  ArticleReading& operator=(ArticleReading&&) noexcept;
  ~ArticleReading();

  /// The ledger on one line, without a newline: byte for byte what `avstand read --format json`
  /// writes. Same article and engine, same bytes.
  std::string to_json() const;
  /// The same, indented.
  std::string to_pretty_json() const;

  const std::string& id() const;
  const std::string& text() const;
  /// "nb", "nn", "en", or "und" and other codes where the article could not be analysed.
  std::string language() const;
  std::vector<StatementSummary> statements() const;

 private:
  friend class Engine;
  struct Impl;
  explicit ArticleReading(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What the text itself does not tell. Empty: not known, and then nothing is guessed.
struct ReadOptions {
  std::string id = "-";        ///< becomes document.id
  std::string title = {};      ///< stands before the text, parted by an empty line
  std::string outlet = {};     ///< name of the paper, agency, …
  std::string published = {};  ///< "2023-07-26" or RFC 3339; relative times rest on it
  std::string url = {};
  std::string language = {};  ///< "nb", "nn", "en"; empty: identified from the text
  size_t max_bytes = 10'000'000;
};

/// Where models and data files are. Empty: AVSTAND_MODELS and AVSTAND_DATA, then the places where
/// an installation or a build keeps them.
struct EngineOptions {
  std::string data_dir = {};
  std::string model_dir = {};
};

/// Models, lexicons and rules, loaded once.
class Engine {
 public:
  /// Errors: kData, kModel (missing or damaged files).
  static Result<Engine> open(const EngineOptions& options = {});
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Reads one plain-text article: UTF-8, paragraphs parted by an empty line.
  /// Errors: kInput (not UTF-8, empty, bad date), kLimit (over max_bytes), kUsage (no such
  /// language).
  Result<ArticleReading> read(std::string_view text, const ReadOptions& options = {}) const;

  /// Reads a file as the program does (pages, feeds, pictures, archives, plain text, JSON, JSON
  /// Lines; "-" is standard input) and gives its articles and problems to `each`, in order, one at
  /// a time. options.id and options.title are not used: the file has its own.
  void read_file(const std::string& path, const ReadOptions& options,
                 const std::function<void(Result<ArticleReading>)>& each) const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand
