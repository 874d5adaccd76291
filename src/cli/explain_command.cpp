// avstand explain: why a statement was made, over which tree.
#include <atomic>
#include <charconv>

#include "cli/commands.h"
#include "cli/session.h"
#include "reader/explain.h"

namespace avstand::cli {
namespace {

struct ExplainOptions : ReadingOptions {
  std::string statement;
};

/// "s4" -> 3; the number of statements for anything else.
size_t number_of(const std::string& id, size_t count) {
  size_t number = 0;
  const char* end = id.data() + id.size();
  if (id.size() < 2 || id[0] != 's') return count;
  const auto [rest, error] = std::from_chars(id.data() + 1, end, number);
  return error == std::errc() && rest == end && number > 0 && number <= count ? number - 1 : count;
}

}  // namespace

void add_explain(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("explain", "Show why a statement was made, over which tree");
  auto options = std::make_shared<ExplainOptions>();
  add_reading_options(*command, *options);
  command->add_option("--statement", options->statement, "Its id in the ledger, such as s4")
      ->required();
  command->footer(
      "Examples:\n"
      "  avstand explain article.txt --statement s4\n"
      "\n"
      "First the statement, with the rules it rests on and their words; then the sentence with "
      "its\n"
      "cue, a line a word: number, form, lemma, tag, head, relation, probability of being a cue, "
      "and\n"
      "what the model makes of it (source, cue, content).");
  command->callback([options, &console, &exit_code] {
    auto found = std::make_shared<std::atomic<bool>>(false);
    exit_code =
        run(*options, console, [&](Output& output, const Directories& dirs) -> Result<Rendering> {
          AVSTAND_TRY(opened, Reader::open({dirs.data, dirs.models}));
          std::shared_ptr<Reader> reader = std::move(opened);
          return streamed(output, Stage::kLedger, [=](const Reading& reading) {
            const size_t count = reading.ledger.statements.size();
            const size_t number = number_of(options->statement, count);
            if (number == count) return std::string();
            *found = true;
            return explain_statement(*reader, reading, number);
          });
        });
    if (exit_code != kOk || *found) return;
    console.problem({.code = ErrorCode::kUsage,
                     .message = "no statement " + options->statement,
                     .hint = "'avstand read --layer statements' lists them"});
    exit_code = kFailed;
  });
}

}  // namespace avstand::cli
