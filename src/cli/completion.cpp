#include <fmt/format.h>

#include "cli/interface.h"

namespace avstand::cli {
namespace {

std::string option_names(const CommandText& command) {
  std::string out;
  for (const OptionText& option : command.options) {
    for (const std::string& name : option.names) out += (out.empty() ? "" : " ") + name;
  }
  return out;
}

std::string command_names(const std::vector<CommandText>& commands) {
  std::string out;
  for (size_t i = 1; i < commands.size(); ++i) {
    out += (out.empty() ? "" : " ") + commands[i].name;
  }
  return out;
}

bool takes_folder(const OptionText& option) { return option.value == "DIR"; }

/// The cases of bash that complete the value of an option: "read:--format) choices ;;".
std::string bash_values(const CommandText& command) {
  std::string out;
  for (const OptionText& option : command.options) {
    if (option.names.empty() || option.value.empty()) continue;
    std::string names;
    for (const std::string& name : option.names) {
      names += fmt::format("{}{}:{}", names.empty() ? "" : "|", command.name, name);
    }
    const std::string made = !option.choices.empty()
                                 ? fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$word\"))",
                                               fmt::join(option.choices, " "))
                             : takes_folder(option) ? "COMPREPLY=($(compgen -d -- \"$word\"))"
                                                    : "COMPREPLY=($(compgen -f -- \"$word\"))";
    out += fmt::format("    {}) {}; return ;;\n", names, made);
  }
  return out;
}

std::string bash(const std::vector<CommandText>& commands) {
  std::string values, options;
  for (size_t i = 1; i < commands.size(); ++i) {
    values += bash_values(commands[i]);
    options +=
        fmt::format("    {}) options='{}' ;;\n", commands[i].name, option_names(commands[i]));
  }
  return fmt::format(
      "# bash completion of avstand, made by 'avstand completion bash'\n"
      "_avstand() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}}\n"
      "  local command=${{COMP_WORDS[1]}} options=''\n"
      "  COMPREPLY=()\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W '{} {}' -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case $command:$before in\n{}  esac\n"
      "  case $command in\n{}  esac\n"
      "  case $word in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _avstand avstand\n",
      command_names(commands), option_names(commands.front()), values, options);
}

/// A string in single quotes, as zsh and fish read it.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// zsh parts what an option is from its meaning by brackets and colons.
std::string zsh_meaning(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string zsh_values(const OptionText& option) {
  if (!option.choices.empty()) return fmt::format("({})", fmt::join(option.choices, " "));
  return takes_folder(option) ? "_files -/" : "_files";
}

std::string zsh_arguments(const CommandText& command) {
  std::string out;
  for (const OptionText& option : command.options) {
    const std::string value = zsh_meaning(option.value) + ":" + zsh_values(option);
    if (option.names.empty()) {
      out += " \\\n        " + in_quotes((option.several ? "*:" : ":") + value);
    }
    for (const std::string& name : option.names) {
      out += " \\\n        " + in_quotes(fmt::format("{}[{}]{}", name, zsh_meaning(option.meaning),
                                                     option.value.empty() ? "" : ":" + value));
    }
  }
  return out;
}

std::string zsh(const std::vector<CommandText>& commands) {
  std::string names, cases;
  for (size_t i = 1; i < commands.size(); ++i) {
    const CommandText& command = commands[i];
    names += "    " + in_quotes(zsh_meaning(command.name) + ":" + command.meaning) + "\n";
    cases += fmt::format("    {})\n      _arguments{} ;;\n", command.name, zsh_arguments(command));
  }
  return fmt::format(
      "#compdef avstand\n"
      "# zsh completion of avstand, made by 'avstand completion zsh'\n"
      "local -a commands\n"
      "commands=(\n{})\n"
      "if (( CURRENT == 2 )); then\n"
      "  _describe command commands\n"
      "else\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n{}  esac\n"
      "fi\n",
      names, cases);
}

std::string fish_option(const CommandText& command, const OptionText& option) {
  std::string out =
      fmt::format("complete -c avstand -n '__fish_seen_subcommand_from {}'", command.name);
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    out += fmt::format(" -{} {}", is_long ? "l" : "s", name.substr(is_long ? 2 : 1));
  }
  if (!option.choices.empty()) {
    out += fmt::format(" -x -a {}", in_quotes(fmt::format("{}", fmt::join(option.choices, " "))));
  } else if (!option.value.empty()) {
    out += " -r";
  }
  return out + " -d " + in_quotes(option.meaning) + "\n";
}

std::string fish(const std::vector<CommandText>& commands) {
  std::string out = "# fish completion of avstand, made by 'avstand completion fish'\n";
  for (size_t i = 1; i < commands.size(); ++i) {
    const CommandText& command = commands[i];
    out += fmt::format("complete -c avstand -n __fish_use_subcommand -f -a {} -d {}\n",
                       command.name, in_quotes(command.meaning));
    for (const OptionText& option : command.options) {
      if (!option.names.empty()) out += fish_option(command, option);
    }
  }
  return out;
}

}  // namespace

std::string completion_script(const std::vector<CommandText>& commands, std::string_view shell) {
  if (shell == "zsh") return zsh(commands);
  return shell == "fish" ? fish(commands) : bash(commands);
}

}  // namespace avstand::cli
