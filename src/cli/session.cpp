#include "cli/session.h"

#include <fmt/format.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "avstand/avstand.h"
#include "cli/checkpoint.h"
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
  BatchOptions batch{.ingest = {.max_bytes = options.max_bytes, .limits = options.limits},
                     .threads = options.threads};
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

/// An arena of the allocator for each thread keeps what that thread has freed: a run over a large
/// archive grew by 8 MB with two threads. Articles are long work and allocate little of it.
void share_memory() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 2);
#endif
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

/// All that decides a run's output.
std::string describe(const ReadingOptions& o, const std::vector<std::string>& files) {
  const ingest::Limits& l = o.limits;
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{} {} {} {} {} {} {} {} {} {}\n{}", version(),
                     o.resumable, o.language, o.published, o.outlet, o.url, o.max_bytes,
                     l.max_depth, l.max_attributes, l.max_entity_bytes, l.max_unpacked, l.max_ratio,
                     l.max_records, l.max_pixels, l.max_picture_bytes, l.max_seconds,
                     o.dirs.data + "\n" + o.dirs.models, describe_inputs(files));
}

/// Checkpoints are kept where the output is a file of articles one after the other, and all inputs
/// can be read again.
Result<Checkpoint> open_checkpoint(const ReadingOptions& options,
                                   const std::vector<std::string>& files) {
  std::error_code ignored;
  const auto status = std::filesystem::status(options.output, ignored);
  const bool to_file =
      !options.output.empty() && options.output != "-" &&
      (!std::filesystem::exists(status) || std::filesystem::is_regular_file(status));
  const auto again = [&](const std::string& file) {
    return std::filesystem::is_regular_file(file, ignored);
  };
  if (to_file && !options.resumable.empty() && std::all_of(files.begin(), files.end(), again))
    return Checkpoint::open(options.output, describe(options, files), options.resume);
  if (!options.resume) return Checkpoint();
  return Error{.code = ErrorCode::kUsage,
               .message =
                   "--resume needs inputs that are files, --output FILE, and a format that "
                   "is written article by article (text, json, a layer)"};
}

void tell(const Checkpoint& checkpoint, const ReadingOptions& options, Console& console) {
  if (checkpoint.resumed())
    console.note(
        fmt::format("{}: goes on behind {} bytes", options.output, checkpoint.state().length));
  if (checkpoint.discarded())
    console.note(fmt::format("{}: an unfinished run is given up; --resume would have gone on",
                             options.output));
}

/// The run itself, once everything is loaded. True: every input was good.
bool read_all(const Loaded& loaded, const std::vector<std::string>& files, const Rendering& how,
              Output& output, Checkpoint& checkpoint, Console& console) {
  bool good = checkpoint.state().good;
  const auto save = [&](const BatchItem& item) {
    if (!checkpoint.due()) return;
    output.flush();
    stop_if_failed(output, console);
    const auto saved =
        checkpoint.save({item.input, item.place, output.length(), good, how.failed()});
    if (!saved) console.note(saved.error().to_string());
  };
  const auto note = [&](const std::string& remark) { console.note(remark); };
  const auto emit = [&](BatchItem& item) {
    if (item.error) {
      good = false;
      console.problem(*item.error);
      return save(item);
    }
    item.deliver();
    stop_if_failed(output, console);
    console.count(item.words, item.bytes);
    save(item);
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
  AVSTAND_TRY(checkpoint, open_checkpoint(options, files));
  AVSTAND_TRY(output, checkpoint.active()
                          ? Output::open_resumable(options.output, checkpoint.state().length)
                          : Output::open(options.output));
  share_memory();
  console.set_progress(options.progress);
  tell(checkpoint, options, console);
  // The output is empty again: what is told of an earlier one must not outlive it.
  if (checkpoint.discarded()) checkpoint.finish();
  if (output.to_terminal()) console.no_progress();
  AVSTAND_TRY(how, rendering(output, dirs));
  AVSTAND_TRY(loaded, load(options, dirs));
  loaded.batch.until = how.until;
  loaded.batch.review = how.review;
  loaded.batch.start_input = checkpoint.state().input;
  loaded.batch.start_place = checkpoint.state().place;
  loaded.batch.progress = [&](const std::string& input, uint64_t done, uint64_t size) {
    console.progress(input, done, size);
  };
  if (checkpoint.state().failed) how.fail();
  const bool good = read_all(loaded, files, how, output, checkpoint, console);
  AVSTAND_CHECK(output.finish());
  checkpoint.finish();
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
                  "Articles: pages, plain text, JSON or JSON Lines, feeds, NewsML-G2, web archives "
                  "(WARC, ARC, WACZ), also packed (gzip, Zstandard); '-' is standard input")
      ->type_name("");
  command
      .add_option("--language", options.language,
                  "Language of the text: nb, nn, en, or no (nb or nn); else it is identified")
      ->type_name("CODE");
  command
      .add_option(
          "--threads", options.threads,
          "Articles read at a time; 0 is one for each core, at most 6 (more take 4 MB each)")
      ->type_name("N")
      ->check(CLI::Range(size_t{0}, size_t{1024}))
      ->capture_default_str();
  command.add_option("-o,--output", options.output, "Write here, not to standard output")
      ->type_name("FILE");
  command
      .add_option("--progress", options.progress,
                  "Tell on standard error how far it is: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  add_limit_options(command, options.max_bytes, options.limits);
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
