// avstand manual, avstand completion: what --help says, as a man page and for a shell.
#include "avstand/avstand.h"
#include "cli/commands.h"
#include "cli/interface.h"

namespace avstand::cli {
void add_manual(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("manual", "Print the man page");
  command->footer("Examples:\n  avstand manual | man -l -");
  command->callback([&app, &console, &exit_code] {
    exit_code = print(manual_page(interface_of(app), avstand::version()), console);
  });
}

void add_completion(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("completion", "Print a script that completes command lines");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "Which shell it is for")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(
      "Examples:\n"
      "  source <(avstand completion bash)\n"
      "  avstand completion zsh > \"${fpath[1]}/_avstand\"\n"
      "  avstand completion fish > ~/.config/fish/completions/avstand.fish");
  command->callback([&app, shell, &console, &exit_code] {
    exit_code = print(completion_script(interface_of(app), *shell), console);
  });
}

}  // namespace avstand::cli
