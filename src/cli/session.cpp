#include "cli/session.h"

#include <unistd.h>

#include <cstdlib>

#include "cli/commands.h"

namespace avstand::cli {
namespace {

/// Everything loaded that a run needs.
struct Loaded {
  std::unique_ptr<Reader> reader;
  ingest::Patterns patterns;
  BatchOptions batch;
};

Result<BatchOptions> batch_options(const ReadingOptions& options, const Directories& dirs) {
  BatchOptions batch{.ingest = {.max_bytes = options.max_bytes}, .threads = options.threads};
  if (!options.published.empty()) {
    AVSTAND_CHECK(ingest::check_published(options.published));
    batch.ingest.published = options.published;
  }
  if (!options.outlet.empty()) batch.ingest.outlet = options.outlet;
  if (!options.url.empty()) batch.ingest.url = options.url;
  if (!options.language.empty()) {
    AVSTAND_TRY(supported, supported_languages(dirs.data));
    AVSTAND_TRY(language, language_option(options.language, supported));
    batch.ingest.language = language;
  }
  return batch;
}

Result<Loaded> load(const ReadingOptions& options, const Directories& dirs) {
  AVSTAND_TRY(batch, batch_options(options, dirs));
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

/// The run itself, once everything is loaded. True: every input was good.
bool read_all(const Loaded& loaded, const std::vector<std::string>& files, const Rendering& how,
              Output& output, Console& console) {
  bool good = true;
  const auto note = [&](const std::string& remark) { console.note(remark); };
  const auto emit = [&](BatchItem& item) {
    if (item.error) {
      good = false;
      return console.problem(*item.error);
    }
    item.deliver();
    stop_if_failed(output, console);
    console.count(item.words, item.bytes);
  };
  read_batch(*loaded.reader, loaded.patterns, files, loaded.batch, note, how.article, emit);
  how.finish();
  return good;
}

/// The whole run; what is wrong with the run as a whole is its error.
Result<bool> try_run(
    const ReadingOptions& options, Console& console,
    const std::function<Result<Rendering>(Output&, const Directories&)>& rendering) {
  AVSTAND_TRY(files, inputs(options.files));
  AVSTAND_TRY(dirs, locate(options.dirs));
  AVSTAND_TRY(output, Output::open(options.output));
  if (output.to_terminal()) console.no_progress();
  AVSTAND_TRY(how, rendering(output, dirs));
  AVSTAND_TRY(loaded, load(options, dirs));
  loaded.batch.until = how.until;
  loaded.batch.review = how.review;
  const bool good = read_all(loaded, files, how, output, console);
  AVSTAND_CHECK(output.finish());
  console.summary();
  return good;
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
                  "Articles: pages, plain text, JSON or JSON Lines; '-' is standard input")
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

void add_gap_options(CLI::App& command, ReadingOptions& options) {
  command
      .add_option("--published", options.published,
                  "When it was published, if the input does not say")
      ->type_name("DATE");
  command.add_option("--outlet", options.outlet, "Who published it, likewise")->type_name("NAME");
  command.add_option("--url", options.url, "Where it was published, likewise")->type_name("URL");
}

Rendering streamed(Output& output, Stage until, std::function<std::string(const Reading&)> text) {
  const bool to_terminal = output.to_terminal();
  return {.until = until,
          .article = [&output, to_terminal, text = std::move(text)](const Reading& reading) {
            return [&output, to_terminal, made = text(reading)] {
              output.write(made);
              if (to_terminal) output.flush();
            };
          }};
}

int run(const ReadingOptions& options, Console& console,
        const std::function<Result<Rendering>(Output&, const Directories&)>& rendering) {
  const auto good = try_run(options, console, rendering);
  if (!good) console.problem(good.error());
  return !good ? kFailed : *good ? kOk : kBadInput;
}

}  // namespace avstand::cli
