#include <fmt/format.h>

#include "cli/interface.h"

namespace avstand::cli {
namespace {

/// Text as a cell of a table takes it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// "`-o`, `--output FILE`"; a positional argument by its name.
std::string markdown_usage(const OptionText& option) {
  const std::string value = option.value + (option.several ? " …" : "");
  std::string out;
  for (const std::string& name : option.names) {
    const bool last = &name == &option.names.back();
    out += fmt::format("{}`{}{}`", out.empty() ? "" : ", ", name,
                       last && !option.value.empty() ? " " + value : "");
  }
  return out.empty() ? "`" + value + "`" : out;
}

std::string meaning_of(const OptionText& option) {
  std::string out = cell(option.meaning);
  if (!option.choices.empty()) out += fmt::format(": `{}`", fmt::join(option.choices, "`, `"));
  if (!option.value.empty() && !option.initial.empty())
    out += fmt::format("; `{}` where it is left out", option.initial);
  return out;
}

std::string table_of(const CommandText& command) {
  std::string out = "| option | meaning |\n|---|---|\n";
  for (const OptionText& option : command.options)
    out += fmt::format("| {} | {} |\n", markdown_usage(option), meaning_of(option));
  return out;
}

std::string markdown_block(const std::string& text) {
  return text.empty() ? "" : "\n```\n" + text + "\n```\n";
}

}  // namespace

std::string markdown_reference(const std::vector<CommandText>& commands) {
  const CommandText& whole = commands.front();
  std::string out =
      "# Commands and options\n\n"
      "Made by `avstand manual --format markdown`; do not edit. The same stands in `avstand "
      "COMMAND --help` and in the man page.\n\n";
  out += whole.meaning + "\n\n" + table_of(whole) + markdown_block(whole.footer);
  for (size_t i = 1; i < commands.size(); ++i) {
    const CommandText& command = commands[i];
    out += fmt::format("\n## avstand {}\n\n{}.\n\n", command.name, command.meaning);
    out += table_of(command) + markdown_block(command.footer);
  }
  return out;
}

}  // namespace avstand::cli
