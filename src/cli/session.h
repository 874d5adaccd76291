// What the commands that read articles share: options, loading, and the run over the inputs.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/output.h"
#include "ingest/ingest.h"
#include "reader/batch.h"
#include "reader/locate.h"
#include "reader/reader.h"

namespace avstand::cli {

/// Options of every command that reads articles, as given.
struct ReadingOptions {
  Directories dirs;
  std::vector<std::string> files;
  std::string language, published, outlet, url;
  std::string output;
  size_t max_bytes = ingest::Options{}.max_bytes;
  ingest::Limits limits;
  size_t threads = 0;
  std::string progress = "auto";
  bool resume = false;
  /// Not empty: the output is written article by article in a way that these words describe, so
  /// that a run can be gone on with.
  std::string resumable;
};

/// --data and --models.
void add_directory_options(CLI::App& command, Directories& dirs);
/// --max-bytes, --max-depth … of every command that reads.
void add_limit_options(CLI::App& command, size_t& max_bytes, ingest::Limits& limits);
/// FILE…, --language, --threads, --output, --progress and the above.
void add_reading_options(CLI::App& command, ReadingOptions& options);

/// --published, --outlet and --url: what the input may lack.
void add_gap_options(CLI::App& command, ReadingOptions& options);

/// What a command makes of the articles.
struct Rendering {
  Stage until = Stage::kLedger;
  std::function<Delivery(const Reading&)> article;      ///< runs on the workers
  std::function<void()> finish = [] {};                 ///< after the last article
  std::function<void(ledger::Ledger&)> review = {};     ///< before `article`, on the workers
  std::function<bool()> failed = [] { return false; };  ///< a finding that must not stand was told
  std::function<void()> fail = [] {};                   ///< one was, before the run was resumed
};

/// Renders each article to text that is written at once, in input order.
Rendering streamed(Output& output, Stage until, std::function<std::string(const Reading&)> text);

/// Loads what the options name, reads all inputs and renders them. Returns the exit code; every
/// problem is told on the console.
int run(const ReadingOptions& options, Console& console,
        const std::function<Result<Rendering>(Output&, const Directories&)>& rendering);

}  // namespace avstand::cli
