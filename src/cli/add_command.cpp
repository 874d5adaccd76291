// avstand add: articles into an archive, each with its ledger and what stories are made of.
#include <fmt/format.h>

#include <array>
#include <cstdlib>

#include "cli/archive_options.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "story/article_bytes.h"
#include "story/extract.h"
#include "story/keeper.h"

namespace avstand::cli {
namespace {

struct AddOptions : ReadingOptions {
  std::string archive;
};

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand add --archive news.db page.html articles.jsonl\n"
    "  avstand add --archive news.db big.warc.gz\n"
    "\n"
    "The archive is made where there is none. An article is known by its address, or by its id "
    "where it\n"
    "has none; another text under a known one is a new version of it. A run that was killed is "
    "simply run\n"
    "again: what is there already is left as it is.";

/// Takes readings in; counts what became of them.
class Adding {
 public:
  Adding(store::Archive archive, story::Lexicon lexicon, Console& console)
      : archive_(std::move(archive)), lexicon_(std::move(lexicon)), console_(console) {}

  /// Runs on the workers.
  Delivery take(const Reading& reading) {
    auto record = std::make_shared<store::Record>();
    record->ledger = ledger::to_json(reading.ledger);
    record->lemmas = store::search_lemmas(reading.analysis);
    record->features = story::to_bytes(story::extract(reading.analysis, reading.ledger, lexicon_));
    auto rows = std::make_shared<Result<store::Rows>>(store::rows_of(record->ledger));
    return [this, record, rows] {
      if (!*rows) return stop(rows->error());
      const auto added = archive_.add(*record, **rows);
      if (!added) return stop(added.error());
      ++counts_[static_cast<size_t>(*added)];
    };
  }

  void finish(Output& output) {
    if (const Status safe = archive_.commit(); !safe) return stop(safe.error());
    output.write(fmt::format("{} added, {} new versions, {} read anew, {} unchanged\n", counts_[0],
                             counts_[1], counts_[2], counts_[3]));
  }

 private:
  /// Ends the program: an archive that cannot be written to will not be for the next article
  /// either. What was committed is safe.
  void stop(const Error& error) {
    console_.problem(error);
    std::_Exit(kFailed);
  }

  store::Archive archive_;
  story::Lexicon lexicon_;
  Console& console_;
  std::array<uint64_t, 4> counts_{};
};

Result<Rendering> rendering(const AddOptions& options, Output& output, const Directories& dirs,
                            Console& console) {
  AVSTAND_TRY(lexicon, story::Lexicon::load(dirs.data));
  AVSTAND_TRY(archive, store::Archive::open(options.archive, store::Archive::Mode::kCreate));
  AVSTAND_CHECK(story::Keeper::attach(archive));
  const auto adding = std::make_shared<Adding>(std::move(archive), std::move(lexicon), console);
  return Rendering{.until = Stage::kLedger,
                   .article = [adding](const Reading& r) { return adding->take(r); },
                   .finish = [adding, &output] { adding->finish(output); }};
}

}  // namespace

void add_add(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("add", "Read articles into an archive");
  auto options = std::make_shared<AddOptions>();
  add_archive_option(*command, options->archive);
  add_reading_options(*command, *options);
  command->remove_option(command->get_option("--output"));
  add_gap_options(*command, *options);
  command->footer(kExamples);
  command->callback([options, &console, &exit_code] {
    exit_code = run(*options, console, [&](Output& output, const Directories& dirs) {
      return rendering(*options, output, dirs, console);
    });
  });
}

}  // namespace avstand::cli
