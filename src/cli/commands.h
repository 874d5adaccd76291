// The commands of the program, one file each. A command parses its options, composes the library's
// parts and prints; it knows nothing itself.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/console.h"

namespace avstand::cli {

/// Exit codes (README, section "Exit codes").
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,    ///< the run as a whole failed: usage, models or data files, output
  kBadInput = 2,  ///< some input could not be read; the others were
  kFindings = 3,  ///< all was read, and there are findings that --fail-on names
};

/// Writes what a command says to standard output, or tells why there is nothing; the exit code.
int print(const Result<std::string>& text, Console& console);

/// Each adds its subcommand to `app`; what it returns through `exit_code` is the program's.
void add_read(CLI::App& app, Console& console, int& exit_code);
void add_parse(CLI::App& app, Console& console, int& exit_code);
void add_explain(CLI::App& app, Console& console, int& exit_code);
void add_extract(CLI::App& app, Console& console, int& exit_code);
void add_serve(CLI::App& app, Console& console, int& exit_code);
void add_export(CLI::App& app, Console& console, int& exit_code);
void add_gold(CLI::App& app, Console& console, int& exit_code);
void add_stories(CLI::App& app, Console& console, int& exit_code);
void add_story(CLI::App& app, Console& console, int& exit_code);
void add_claim(CLI::App& app, Console& console, int& exit_code);
void add_watch(CLI::App& app, Console& console, int& exit_code);
void add_add(CLI::App& app, Console& console, int& exit_code);
void add_search(CLI::App& app, Console& console, int& exit_code);
void add_source(CLI::App& app, Console& console, int& exit_code);
void add_diff(CLI::App& app, Console& console, int& exit_code);
void add_check(CLI::App& app, Console& console, int& exit_code);
void add_dump(CLI::App& app, Console& console, int& exit_code);
void add_restore(CLI::App& app, Console& console, int& exit_code);
void add_forget(CLI::App& app, Console& console, int& exit_code);
void add_languages(CLI::App& app, Console& console, int& exit_code);
void add_version(CLI::App& app, Console& console, int& exit_code);
void add_manual(CLI::App& app, Console& console, int& exit_code);
void add_completion(CLI::App& app, Console& console, int& exit_code);

}  // namespace avstand::cli
