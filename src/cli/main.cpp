// The program `avstand`: https://no-color.org is honoured, exit codes are 0 to 3 (commands.h).
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include "avstand/avstand.h"
#include "cli/commands.h"

namespace {

constexpr const char* kDescription =
    "Reads news with a source critic's eye: who says what, through how many hands, and on what it "
    "rests.";

constexpr const char* kFooter =
    "Examples:\n"
    "  avstand read article.txt                      read an article in the terminal\n"
    "  avstand read --format html -o report.html *.txt\n"
    "  avstand read --format json articles.jsonl > ledgers.jsonl\n"
    "  avstand read --layer attributions article.txt\n"
    "\n"
    "Exit codes: 0 all read; 1 the run failed (usage, models, output); 2 some input was bad, the "
    "rest was read; 3 all was read, and there are findings that --fail-on names.";

/// Parses the command line and runs the command; its exit code.
int run(int argc, char** argv) {
  using namespace avstand::cli;
  CLI::App app(kDescription, "avstand");
  app.footer(kFooter);
  app.set_version_flag("--version", "avstand " + std::string(avstand::version()));
  app.require_subcommand(0, 1);  // so that a wrong name is called wrong, not missing
  Console console;
  int exit_code = kOk;
  add_read(app, console, exit_code);
  add_parse(app, console, exit_code);
  add_explain(app, console, exit_code);
  add_extract(app, console, exit_code);
  add_serve(app, console, exit_code);
  add_export(app, console, exit_code);
  add_gold(app, console, exit_code);
  add_stories(app, console, exit_code);
  add_story(app, console, exit_code);
  add_claim(app, console, exit_code);
  add_watch(app, console, exit_code);
  add_add(app, console, exit_code);
  add_search(app, console, exit_code);
  add_source(app, console, exit_code);
  add_diff(app, console, exit_code);
  add_check(app, console, exit_code);
  add_dump(app, console, exit_code);
  add_restore(app, console, exit_code);
  add_forget(app, console, exit_code);
  add_languages(app, console, exit_code);
  add_version(app, console, exit_code);
  add_manual(app, console, exit_code);
  add_completion(app, console, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error, std::cout, std::cerr);  // --help
    console.problem({.code = avstand::ErrorCode::kUsage,
                     .message = error.what(),
                     .hint = "'avstand --help' tells how it is used"});
    return kFailed;
  }
  if (app.get_subcommands().empty()) {
    std::cerr << app.help();
    return kFailed;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {  // out of memory, say: one line, not a crash
    std::fputs("avstand: ", stderr);
    std::fputs(error.what(), stderr);
    std::fputs("\n", stderr);
    return avstand::cli::kFailed;
  }
}
