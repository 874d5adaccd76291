// avstand read: articles in, ledgers out.
#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/ledger.h"
#include "reader/layers.h"

namespace avstand::cli {
namespace {

struct ReadOptions : ReadingOptions {
  std::string format = "text", layer, color = "auto";
};

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand read article.txt\n"
    "  avstand read --published 2026-05-04 --outlet 'Fjordposten' article.txt\n"
    "  avstand read --format json *.txt articles.jsonl > ledgers.jsonl\n"
    "  avstand read --format html --output report.html *.txt\n"
    "  avstand read --layer mentions article.txt\n"
    "  curl -s https://example.org/articles.jsonl | avstand read --format json -\n"
    "\n"
    "An input that begins with { or [ is JSON or JSON Lines with the keys id, text, title, "
    "outlet,\n"
    "published, language, url; all else is plain text with an empty line between paragraphs.";

Rendering rendering(const ReadOptions& options, bool) {
  if (!options.layer.empty()) {
    Layer layer = Layer::kLedger;
    parse_layer(options.layer, layer);  // checked when the options were read
    return {.until = stage_of(layer),
            .article = [layer](const Reading& r) { return dump_layer(r, layer); }};
  }
  return {.article = [](const Reading& r) { return ledger::to_json(r.ledger) + "\n"; }};
}

std::string check_layer(const std::string& name) {
  Layer ignored = Layer::kLedger;
  return parse_layer(name, ignored) ? "" : "there is no layer '" + name + "'";
}

}  // namespace

void add_read(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("read", "Read articles and tell who says what in them");
  auto options = std::make_shared<ReadOptions>();
  add_reading_options(*command, *options);
  command->add_option("--format", options->format, "Output format")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->capture_default_str();
  auto* layer = command->add_option(
      "--layer", options->layer,
      "Dump a layer instead: blocks, sentences, tokens, conllu, mentions, attributions, "
      "statements, ledger");
  layer->type_name("NAME")->check(check_layer);
  command
      ->add_option("--published", options->published,
                   "When it was published, if the input does not say")
      ->type_name("DATE");
  command->add_option("--outlet", options->outlet, "Who published it, likewise")->type_name("NAME");
  command->add_option("--url", options->url, "Where it was published, likewise")->type_name("URL");
  command->add_option("--color", options->color, "Colours in text: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command->footer(kExamples);
  command->callback([options, &console, &exit_code] {
    exit_code =
        run(*options, console, [&](bool to_terminal) { return rendering(*options, to_terminal); });
  });
}

}  // namespace avstand::cli
