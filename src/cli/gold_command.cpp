// avstand gold: annotations that people have corrected in, gold ledgers out.
#include <filesystem>

#include "cli/commands.h"
#include "cli/output.h"
#include "export/collection.h"
#include "export/gold.h"

namespace avstand::cli {
namespace {

struct Options {
  std::vector<std::string> inputs;
  std::string base, form = "ledger", output;
};

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand export --to brat *.txt -o collection/      then correct them in brat\n"
    "  avstand gold collection/ > gold.jsonl\n"
    "  avstand gold --base collection/ledgers.jsonl inception-export/*.json\n"
    "  avstand gold --form acceptance collection/article.ann\n"
    "\n"
    "What nobody changed is as it was read, to the byte; what was changed carries the rule\n"
    "'annotator'. For that the ledgers of the export are needed: ledgers.jsonl beside the\n"
    "annotations, or --base. Without them only what annotations show is known.";

/// The ledgers to compare with: the file named, or the one that lies beside the annotations.
Result<exports::BaseLedgers> base_of(const Options& options, const std::string& file) {
  namespace fs = std::filesystem;
  exports::BaseLedgers out;
  std::string path = options.base;
  if (path.empty()) {
    std::error_code ignored;
    const fs::path beside = fs::path(file).parent_path() / exports::kLedgersFile;
    if (fs::exists(beside, ignored)) path = beside.string();
  }
  if (!path.empty()) AVSTAND_CHECK(out.load(path));
  return out;
}

/// Makes gold of each file; true: every one was good.
class GoldRun {
 public:
  GoldRun(const Options& options, Console& console) : options_(options), console_(console) {}

  Result<bool> run() {
    AVSTAND_TRY(output, Output::open(options_.output));
    for (const std::string& input : options_.inputs) {
      const auto files = exports::annotation_files(input);
      if (!files) bad(files.error());
      if (files)
        for (const std::string& file : *files) AVSTAND_CHECK(one(file, output));
    }
    AVSTAND_CHECK(output.finish());
    return good_;
  }

 private:
  void bad(const Error& error) {
    console_.problem(error);
    good_ = false;
  }

  /// A base that cannot be read fails the run; a bad file of annotations only itself.
  Status one(const std::string& file, Output& output) {
    const std::string folder = std::filesystem::path(file).parent_path().string();
    if (!base_ || folder != folder_) {
      AVSTAND_TRY(loaded, base_of(options_, file));
      if (loaded.empty())
        console_.note(file + ": no " + exports::kLedgersFile +
                      " beside it and no --base; what annotations do not show is unknown");
      base_ = std::move(loaded);
      folder_ = folder;
    }
    const auto gold = exports::gold_of_file(file, *base_);
    if (!gold) {
      bad(gold.error());
      return Unit{};
    }
    output.write(
        (options_.form == "ledger" ? exports::ledger_line(*gold) : exports::to_acceptance(*gold)) +
        "\n");
    return Unit{};
  }

  const Options& options_;
  Console& console_;
  std::optional<exports::BaseLedgers> base_;
  std::string folder_;
  bool good_ = true;
};

}  // namespace

void add_gold(CLI::App& app, Console& console, int& exit_code) {
  auto* command =
      app.add_subcommand("gold", "Read corrected annotations of brat or INCEpTION back as ledgers");
  auto options = std::make_shared<Options>();
  command
      ->add_option("INPUT", options->inputs,
                   "Folders, .ann files of brat with their .txt, UIMA CAS files in JSON")
      ->type_name("")
      ->required();
  command->add_option("--base", options->base, "The ledgers that were exported, one a line")
      ->type_name("FILE");
  command
      ->add_option("--form", options->form, "ledger (spans), or acceptance (the words themselves)")
      ->check(CLI::IsMember({"ledger", "acceptance"}))
      ->capture_default_str();
  command->add_option("-o,--output", options->output, "Write here, not to standard output")
      ->type_name("FILE");
  command->footer(kExamples);
  command->callback([options, &console, &exit_code] {
    const auto good = GoldRun(*options, console).run();
    if (!good) console.problem(good.error());
    exit_code = !good ? kFailed : *good ? kOk : kBadInput;
  });
}

}  // namespace avstand::cli
