// avstand read: articles in, ledgers out.
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/review.h"
#include "cli/session.h"
#include "ledger/ledger.h"
#include "reader/layers.h"
#include "report/html.h"
#include "report/terminal.h"

namespace avstand::cli {
namespace {

struct ReadOptions : ReadingOptions {
  std::string format = "text", layer, color = "auto", fail_on;
};

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand read article.txt page.html\n"
    "  avstand read photo.jpg\n"
    "  avstand read --published 2026-05-04 --outlet 'Fjordposten' article.txt\n"
    "  avstand read --format json *.txt articles.jsonl > ledgers.jsonl\n"
    "  avstand read --format html --output report.html *.txt\n"
    "  avstand read --layer mentions article.txt\n"
    "  avstand read --format json --output ledgers.jsonl --resume big.warc.gz\n"
    "  avstand read --fail-on missing_credit,role_conflict draft.txt || echo 'look again'\n"
    "  curl -s https://example.org/articles.jsonl | avstand read --format json -\n"
    "\n"
    "An input that begins with a tag of HTML is a page; one that begins with { or [ is JSON or "
    "JSON\n"
    "Lines with the keys id, text, title, outlet, published, language, url; pictures (JPEG, PNG, "
    "WebP,\n"
    "TIFF, HEIF, AVIF) are told by their bytes and give what they say of themselves; all else is "
    "plain\n"
    "text with an empty line between paragraphs. 'avstand extract' shows what was taken out of a "
    "page.\n"
    "\n"
    "A finding that may stand is accepted in a file beside a plain-text article, "
    "article.txt.accepted.tsv:\n"
    "kind, words of the finding, reason, parted by tabs. It stays in the ledger, with the reason.";

unsigned terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

Rendering as_layer(Output& output, const std::string& name) {
  Layer layer = Layer::kLedger;
  parse_layer(name, layer);  // checked when the options were read
  return streamed(output, stage_of(layer),
                  [layer](const Reading& r) { return dump_layer(r, layer); });
}

Rendering as_json(Output& output) {
  return streamed(output, Stage::kLedger,
                  [](const Reading& r) { return ledger::to_json(r.ledger) + "\n"; });
}

using Strings = std::shared_ptr<const report::ReportStrings>;

Rendering as_text(Output& output, const Strings& strings, bool color) {
  const report::TerminalOptions how{.colour = color, .width = terminal_width()};
  return streamed(output, Stage::kLedger, [strings, how](const Reading& r) {
    return report::terminal_report(r.ledger, *strings, how);
  });
}

/// One page of all articles, written when the last is read.
Rendering as_html(Output& output, const Strings& strings) {
  auto articles = std::make_shared<std::vector<report::HtmlArticle>>();
  return {.until = Stage::kLedger,
          .article =
              [articles, strings](const Reading& r) {
                return [articles, article = report::html_article(r.ledger, *strings)] {
                  articles->push_back(article);
                };
              },
          .finish = [articles, strings,
                     &output] { output.write(report::html_document(*articles, *strings)); }};
}

Result<Rendering> rendering(const ReadOptions& options, Output& output, const Directories& dirs) {
  if (!options.layer.empty()) return as_layer(output, options.layer);
  if (options.format == "json") return as_json(output);
  AVSTAND_TRY(loaded, report::ReportStrings::load(dirs.data));
  const auto strings = std::make_shared<const report::ReportStrings>(std::move(loaded));
  if (options.format == "html") return as_html(output, strings);
  return as_text(output, strings, use_color(options.color, output.to_terminal()));
}

std::string check_layer(const std::string& name) {
  Layer ignored = Layer::kLedger;
  return parse_layer(name, ignored) ? "" : "there is no layer '" + name + "'";
}

/// What the output looks like, where a run can be gone on with.
std::string resumable(const ReadOptions& options) {
  if (options.layer.empty() && options.format == "html") return {};
  return "read " + options.format + " " + options.layer + " " + options.color + " " +
         options.fail_on;
}

int run_reviewed(ReadOptions& options, Console& console) {
  options.resumable = resumable(options);
  std::shared_ptr<Review> review;
  const auto reviewed = [&](Output& output, const Directories& dirs) -> Result<Rendering> {
    AVSTAND_TRY(opened, Review::open(options.fail_on, options.files));
    review = opened;
    AVSTAND_TRY(plain, rendering(options, output, dirs));
    return Review::reviewed(review, std::move(plain), console);
  };
  const int code = run(options, console, reviewed);
  return code == kOk && review && review->failed() ? kFindings : code;
}

}  // namespace

void add_read(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("read", "Read articles and tell who says what in them");
  auto options = std::make_shared<ReadOptions>();
  add_reading_options(*command, *options);
  command->add_option("--format", options->format, "Output format")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->capture_default_str();
  auto* layer = command->add_option("--layer", options->layer,
                                    "Dump a layer instead: blocks, sentences, tokens, conllu, "
                                    "mentions, times, events, attributions, "
                                    "statements, ledger");
  layer->type_name("NAME")->check(check_layer);
  add_gap_options(*command, *options);
  command->add_flag("--resume", options->resume,
                    "Go on with a run that was killed: same inputs, options and --output");
  command->add_option("--color", options->color, "Colours in text: auto, always or never")
      ->type_name("WHEN")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  command
      ->add_option("--fail-on", options->fail_on,
                   "Exit with 3 where there is a finding of these kinds that nobody has accepted")
      ->type_name("KIND,…")
      ->check(check_fail_on)
      ->excludes(layer);
  command->footer(kExamples);
  command->callback(
      [options, &console, &exit_code] { exit_code = run_reviewed(*options, console); });
}

}  // namespace avstand::cli
