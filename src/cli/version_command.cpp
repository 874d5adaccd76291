// avstand version: the program, its ledger schema, the instructions its arithmetic uses and the
// folders.
#include <fmt/format.h>

#include "avstand/avstand.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "language/kernels.h"
#include "ledger/ledger.h"

namespace avstand::cli {

void add_version(CLI::App& app, Console& console, int& exit_code) {
  auto* command =
      app.add_subcommand("version", "Tell the version, the ledger schema and the folders in use");
  auto dirs = std::make_shared<Directories>();
  add_directory_options(*command, *dirs);
  command->callback([dirs, &console, &exit_code] {
    std::string text = fmt::format("avstand {}\nschema  {}\nkernels {}\n", version(),
                                   ledger::kSchema, language::kernels().name);
    const auto found = locate(*dirs);
    if (found) text += fmt::format("data    {}\nmodels  {}\n", found->data, found->models);
    exit_code = print(text, console);
    if (exit_code == kOk && !found) exit_code = print(found.error(), console);
  });
}

}  // namespace avstand::cli
