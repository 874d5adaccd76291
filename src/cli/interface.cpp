#include "cli/interface.h"

#include <fmt/format.h>

namespace avstand::cli {
namespace {

/// CLI11 writes the choices of an option behind the name of its value: "WHEN:{auto,always,never}".
void take_value(OptionText& text, std::string type) {
  const size_t colon = type.find(':');
  const std::string rule = colon == std::string::npos ? "" : type.substr(colon + 1);
  text.value = type.substr(0, colon);
  if (rule.size() < 2 || rule.front() != '{' || rule.back() != '}') return;
  std::string choice;
  for (const char c : rule.substr(1)) {
    if (c != ',' && c != '}') {
      choice += c;
    } else {
      text.choices.push_back(std::move(choice));
      choice.clear();
    }
  }
}

OptionText option_text(const CLI::Option& option) {
  OptionText text{.initial = option.get_default_str(),
                  .meaning = option.get_description(),
                  .group = option.get_group(),
                  .several = option.get_items_expected_max() > 1};
  for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0) {
    take_value(text, option.get_type_name());
    if (option.get_positional()) text.value = option.get_name(true);
  }
  return text;
}

CommandText command_text(const CLI::App& app) {
  CommandText text{
      .name = app.get_name(), .meaning = app.get_description(), .footer = app.get_footer()};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_group().empty()) text.options.push_back(option_text(*option));
  }
  return text;
}

}  // namespace

std::vector<CommandText> interface_of(const CLI::App& app) {
  std::vector<CommandText> out{command_text(app)};
  for (const CLI::App* command : app.get_subcommands({})) {
    if (!command->get_group().empty()) out.push_back(command_text(*command));
  }
  return out;
}

}  // namespace avstand::cli
