// avstand parse: tags, features, lemmas, trees and names as CoNLL-U.
#include "cli/commands.h"
#include "cli/session.h"
#include "reader/layers.h"

namespace avstand::cli {

void add_parse(CLI::App& app, Console& console, int& exit_code) {
  struct Options : ReadingOptions {
    std::string format = "conllu";
  };
  auto* command = app.add_subcommand("parse", "Tag and parse texts: words, lemmas, trees, names");
  auto options = std::make_shared<Options>();
  add_reading_options(*command, *options);
  command->add_option("--format", options->format, "Output format")
      ->check(CLI::IsMember({"conllu"}))
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  avstand parse --language nb article.txt > article.conllu\n"
      "  cat article.txt | avstand parse -");
  command->callback([options, &console, &exit_code] {
    exit_code = run(*options, console, [](Output& output, const Directories&) {
      return streamed(output, stage_of(Layer::kConllu),
                      [](const Reading& r) { return dump_layer(r, Layer::kConllu); });
    });
  });
}

}  // namespace avstand::cli
