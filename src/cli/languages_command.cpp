// avstand languages: which languages can be read with the data and models at hand.
#include <fmt/format.h>

#include <filesystem>

#include "cli/commands.h"
#include "cli/session.h"

namespace avstand::cli {
namespace {

Result<std::string> table(const Directories& wish) {
  AVSTAND_TRY(dirs, locate(wish));
  AVSTAND_TRY(languages, supported_languages(dirs.data));
  std::string out;
  for (const SupportedLanguage& language : languages) {
    std::error_code ignored;
    const bool there = std::filesystem::exists(dirs.models + "/" + language.model, ignored);
    out += fmt::format("{}\t{}\t{}\n", language.code.view(), language.name,
                       there ? language.model : "no model");
  }
  return out;
}

}  // namespace

void add_languages(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("languages", "List the languages that can be read");
  auto dirs = std::make_shared<Directories>();
  add_directory_options(*command, *dirs);
  command->callback([dirs, &console, &exit_code] { exit_code = print(table(*dirs), console); });
}

}  // namespace avstand::cli
