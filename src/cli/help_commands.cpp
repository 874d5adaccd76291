// avstand manual, avstand completion: what --help says, as a man page and for a shell.
#include "avstand/avstand.h"
#include "cli/commands.h"
#include "cli/interface.h"

namespace avstand::cli {
void add_manual(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("manual", "Print the man page");
  auto format = std::make_shared<std::string>("man");
  command
      ->add_option("--format", *format, "As a man page, or as the reference in the documentation")
      ->check(CLI::IsMember({"man", "markdown"}))
      ->capture_default_str();
  command->footer("Examples:\n  avstand manual | man -l -\n  avstand manual --format markdown");
  command->callback([&app, format, &console, &exit_code] {
    const auto commands = interface_of(app);
    exit_code = print(
        *format == "man" ? manual_page(commands, avstand::version()) : markdown_reference(commands),
        console);
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
