// avstand extract: pages and feeds in, their articles out as JSON Lines; nothing is analysed.
#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/article_json.h"

namespace avstand::cli {
namespace {

struct Options {
  Directories dirs;
  std::vector<std::string> files;
  std::string output;
  size_t max_bytes = ingest::Options{}.max_bytes;
  ingest::Limits limits;
};

/// True: every input was good.
Result<bool> extract(const Options& options, Console& console) {
  AVSTAND_TRY(dirs, locate(options.dirs));
  AVSTAND_TRY(patterns, ingest::Patterns::load(dirs.data));
  AVSTAND_TRY(output, Output::open(options.output));
  const ingest::Options limits{.max_bytes = options.max_bytes, .limits = options.limits};
  ingest::Run run([&](const std::string& remark) { console.note(remark); });
  bool good = true;
  for (const std::string& file : options.files) {
    ingest::read_input(file, limits, patterns, run, [&](ingest::Item item) {
      if (item.article) output.write(ledger::to_json(*item.article) + "\n");
      if (item.error) console.problem(*item.error);
      good &= !item.error;
    });
    if (output.failed()) break;
  }
  AVSTAND_CHECK(output.finish());
  return good;
}

}  // namespace

void add_extract(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand(
      "extract", "Take articles out of pages, feeds and archives, without reading them");
  auto options = std::make_shared<Options>();
  command
      ->add_option("FILE", options->files,
                   "Pages, feeds, NewsML-G2, web archives, JSON; '-' is standard input")
      ->type_name("")
      ->required();
  add_limit_options(*command, options->max_bytes, options->limits);
  command->add_option("-o,--output", options->output, "Write here, not to standard output")
      ->type_name("FILE");
  add_directory_options(*command, options->dirs);
  command->footer(
      "Examples:\n"
      "  avstand extract page.html\n"
      "  curl -s https://example.org/news/1 | avstand extract -");
  command->callback([options, &console, &exit_code] {
    const auto good = extract(*options, console);
    if (!good) console.problem(good.error());
    exit_code = !good ? kFailed : *good ? kOk : kBadInput;
  });
}

}  // namespace avstand::cli
