// The commands and options as --help tells them, for the man page and the completion of shells.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace avstand::cli {

struct OptionText {
  std::vector<std::string> names;    ///< "-o", "--output"; empty: a positional argument
  std::string value;                 ///< what stands for its value, e.g. "FILE"; empty: a flag
  std::vector<std::string> choices;  ///< what the value may be, where these are all
  std::string initial;               ///< the value when it is left out, where it has one
  std::string meaning;
  std::string group;  ///< heading it stands under
  bool several = false;
};

struct CommandText {
  std::string name, meaning, footer;
  std::vector<OptionText> options;  ///< in the order of --help
};

/// Every command of `app`, and first `app` itself.
std::vector<CommandText> interface_of(const CLI::App& app);

/// A man page, section 1, in the macros of man(7).
std::string manual_page(const std::vector<CommandText>& commands, std::string_view version);

/// The reference of docs/cli.md.
std::string markdown_reference(const std::vector<CommandText>& commands);

/// A script that completes the command line in `shell`: bash, zsh or fish.
std::string completion_script(const std::vector<CommandText>& commands, std::string_view shell);

}  // namespace avstand::cli
