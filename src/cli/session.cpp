#include "cli/session.h"

#include <unistd.h>

#include <cstdlib>

#include "cli/commands.h"
#include "cli/output.h"

namespace avstand::cli {
namespace {

/// Everything loaded that a run needs.
struct Loaded {
  std::unique_ptr<Reader> reader;
  ingest::Patterns patterns;
  BatchOptions batch;
};

Result<Loaded> load(const ReadingOptions& options, Stage until) {
  BatchOptions batch{
      .ingest = {.max_bytes = options.max_bytes}, .threads = options.threads, .until = until};
  if (!options.published.empty()) {
    AVSTAND_CHECK(ingest::check_published(options.published));
    batch.ingest.published = options.published;
  }
  if (!options.outlet.empty()) batch.ingest.outlet = options.outlet;
  if (!options.url.empty()) batch.ingest.url = options.url;
  AVSTAND_TRY(dirs, locate(options.dirs));
  if (!options.language.empty()) {
    AVSTAND_TRY(supported, supported_languages(dirs.data));
    AVSTAND_TRY(language, language_option(options.language, supported));
    batch.ingest.language = language;
  }
  AVSTAND_TRY(patterns, ingest::Patterns::load(dirs.data));
  AVSTAND_TRY(reader, Reader::open({dirs.data, dirs.models}));
  return Loaded{std::move(reader), std::move(patterns), std::move(batch)};
}

/// The inputs named, or standard input where none is named and it is no terminal.
Result<std::vector<std::string>> inputs(const std::vector<std::string>& files) {
  if (!files.empty()) return files;
  if (isatty(STDIN_FILENO) == 0) return std::vector<std::string>{"-"};
  return Error{.code = ErrorCode::kUsage,
               .message = "no input",
               .hint = "name files, or '-' for standard input"};
}

/// Ends the program when the output is gone: reading on would be work for nobody.
void stop_if_failed(Output& output, Console& console) {
  if (!output.failed()) return;
  console.problem(output.finish().error());
  std::_Exit(kFailed);
}

}  // namespace

void add_directory_options(CLI::App& command, Directories& dirs) {
  command.add_option("--data", dirs.data, "Folder of the data files")
      ->type_name("DIR")
      ->group("Where things are");
  command.add_option("--models", dirs.models, "Folder of the models")
      ->type_name("DIR")
      ->group("Where things are");
}

void add_reading_options(CLI::App& command, ReadingOptions& options) {
  command
      .add_option("FILE", options.files,
                  "Articles: plain text, JSON or JSON Lines; '-' is standard input")
      ->type_name("");
  command
      .add_option("--language", options.language,
                  "Language of the text: nb, nn, en, or no (nb or nn); else it is identified")
      ->type_name("CODE");
  command.add_option("--max-bytes", options.max_bytes, "Longest article that is read")
      ->type_name("N")
      ->check(CLI::Range(size_t{1}, size_t{4'000'000'000}))
      ->capture_default_str();
  command
      .add_option("--threads", options.threads, "Articles read at a time; 0 is one for each core")
      ->type_name("N")
      ->check(CLI::Range(size_t{0}, size_t{1024}))
      ->capture_default_str();
  command.add_option("-o,--output", options.output, "Write here, not to standard output")
      ->type_name("FILE");
  add_directory_options(command, options.dirs);
}

int run(const ReadingOptions& options, Console& console,
        const std::function<Rendering(bool to_terminal)>& rendering) {
  const auto fail = [&](const Error& error) {
    console.problem(error);
    return kFailed;
  };
  auto files = inputs(options.files);
  if (!files) return fail(files.error());
  auto output = Output::open(options.output);
  if (!output) return fail(output.error());
  const bool to_terminal = output->to_terminal();
  if (to_terminal) console.no_progress();
  const Rendering how = rendering(to_terminal);
  auto loaded = load(options, how.until);
  if (!loaded) return fail(loaded.error());

  int code = kOk;
  output->write(how.head);
  read_batch(
      *loaded->reader, loaded->patterns, *files, loaded->batch,
      [&](const std::string& remark) { console.note(remark); }, how.article,
      [&](BatchItem& item) {
        if (item.error) {
          code = kBadInput;
          return console.problem(*item.error);
        }
        output->write(item.rendered);
        if (to_terminal) output->flush();
        stop_if_failed(*output, console);
        console.count(item.words, item.bytes);
      });
  output->write(how.tail);
  if (const Status status = output->finish(); !status) return fail(status.error());
  console.summary();
  return code;
}

}  // namespace avstand::cli
