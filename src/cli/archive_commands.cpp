// avstand check, dump, restore, forget, diff: an archive as a file.
#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "cli/archive_options.h"
#include "cli/commands.h"
#include "ledger/characters.h"
#include "store/diff.h"
#include "story/keeper.h"

namespace avstand::cli {
namespace {

using ledger::on_one_line;
using Mode = store::Archive::Mode;

int check(const std::string& path, Console& console, bool& clean) {
  return with_archive(path, Mode::kWrite, console,
                      [&](store::Archive& archive, Output& output) -> Status {
                        AVSTAND_TRY(problems, archive.check());
                        AVSTAND_TRY(of_stories, story::check_stories(archive));
                        problems.insert(problems.end(), of_stories.begin(), of_stories.end());
                        for (const std::string& problem : problems)
                          output.write(on_one_line(problem) + "\n");
                        AVSTAND_TRY(articles, archive.articles());
                        clean = problems.empty();
                        if (clean) output.write(fmt::format("clean: {} articles\n", articles));
                        return Unit{};
                      });
}

int dump(const std::string& path, Console& console) {
  return with_archive(path, Mode::kRead, console, [](store::Archive& archive, Output& output) {
    return archive.dump([&](const std::string& line) { output.write(line); });
  });
}

int restore(const std::string& path, const std::string& file, Console& console) {
  return with_archive(
      path, Mode::kCreate, console, [&](store::Archive& archive, Output& output) -> Status {
        AVSTAND_CHECK(story::Keeper::attach(archive));
        std::ifstream opened;
        if (file != "-") {
          opened.open(file, std::ios::binary);
          if (!opened)
            return Error{.code = ErrorCode::kIo, .message = "cannot be opened", .file = file};
        }
        std::istream& in = file == "-" ? std::cin : opened;
        auto restored = archive.restore(
            [&](std::string& line) { return static_cast<bool>(std::getline(in, line)); });
        if (!restored) return std::move(restored).error().in(file == "-" ? "(stdin)" : file);
        output.write(fmt::format("{} articles, {} versions of them new, {} unchanged{}\n",
                                 restored->articles, restored->changed, restored->unchanged,
                                 restored->corrections == 0
                                     ? ""
                                     : fmt::format(", {} corrections", restored->corrections)));
        return Unit{};
      });
}

struct ForgetOptions {
  std::string archive, person;
  std::vector<std::string> articles;
  bool dry = false;
};

int forget(const ForgetOptions& options, Console& console) {
  return with_archive(
      options.archive, Mode::kWrite, console,
      [&](store::Archive& archive, Output& output) -> Status {
        AVSTAND_CHECK(story::Keeper::attach(archive));
        std::vector<store::Listed> listed;
        if (!options.person.empty()) {
          AVSTAND_TRY(naming, archive.naming(options.person));
          listed = std::move(naming);
        }
        for (const std::string& name : options.articles) {
          AVSTAND_TRY(found, archive.find(name));
          listed.push_back(std::move(found));
        }
        std::vector<int64_t> ids;
        for (const store::Listed& article : listed) {
          ids.push_back(article.id);
          output.write(line_of(article) + "\n");
        }
        if (!options.dry && !ids.empty()) AVSTAND_CHECK(archive.forget(ids));
        output.write(fmt::format("{} {}\n", ids.size(), options.dry ? "would go" : "gone"));
        return Unit{};
      });
}

std::string shown(const store::Change& change) {
  std::string out;
  const auto side = [&](char sign, const std::optional<store::Told>& told) {
    if (told)
      out +=
          fmt::format("{} {}: {}\n", sign, told->chain.empty() ? "(own)" : on_one_line(told->chain),
                      on_one_line(told->content));
  };
  side('-', change.before);
  side('+', change.after);
  return out;
}

int diff(const std::string& path, const std::string& name, Console& console) {
  return with_archive(
      path, Mode::kRead, console, [&](store::Archive& archive, Output& output) -> Status {
        AVSTAND_TRY(article, archive.find(name));
        AVSTAND_TRY(ledgers, archive.ledgers(article.id));
        output.write(line_of(article) + "\n");
        for (size_t i = 1; i < ledgers.size(); ++i) {
          AVSTAND_TRY(changes, store::diff(ledgers[i - 1], ledgers[i]));
          output.write(fmt::format("version {} to {}: {} added, {} dropped, {} resourced\n", i,
                                   i + 1, changes.added, changes.dropped, changes.resourced));
          for (const store::Change& change : changes.all) output.write(shown(change));
        }
        if (ledgers.size() < 2) output.write("one version only\n");
        return Unit{};
      });
}

}  // namespace

void add_check(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("check", "Look through an archive for damage");
  auto path = std::make_shared<std::string>();
  command->add_option("FILE", *path, "The archive")->required();
  command->footer("Exit codes: 0 clean; 2 there are problems, one a line; 1 it cannot be opened.");
  command->callback([path, &console, &exit_code] {
    bool clean = false;
    exit_code = check(*path, console, clean);
    if (exit_code == kOk && !clean) exit_code = kBadInput;
  });
}

void add_dump(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("dump", "Write an archive as JSON Lines, without loss");
  auto path = std::make_shared<std::string>();
  command->add_option("FILE", *path, "The archive")->required();
  command->footer("Examples:\n  avstand dump news.db > news.jsonl");
  command->callback([path, &console, &exit_code] { exit_code = dump(*path, console); });
}

void add_restore(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("restore", "Make an archive from a dump, or add one to it");
  auto path = std::make_shared<std::string>(), file = std::make_shared<std::string>("-");
  add_archive_option(*command, *path);
  command->add_option("FILE", *file, "The dump; '-' is standard input");
  command->footer("Examples:\n  avstand restore --archive copy.db news.jsonl");
  command->callback(
      [path, file, &console, &exit_code] { exit_code = restore(*path, *file, console); });
}

void add_forget(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("forget", "Take articles out of an archive, with every trace");
  auto options = std::make_shared<ForgetOptions>();
  add_archive_option(*command, options->archive);
  auto* articles =
      command->add_option("ARTICLE", options->articles, "Number, key, address or id of an article");
  auto* person = command
                     ->add_option("--person", options->person,
                                  "Every article that names this person (whole name)")
                     ->type_name("NAME");
  articles->excludes(person);
  command->add_flag("--dry-run", options->dry, "Only say which would go");
  command->footer(
      "Examples:\n"
      "  avstand forget --archive news.db 12\n"
      "  avstand forget --archive news.db --person 'Kari Bø' --dry-run\n"
      "\n"
      "An article goes whole, all versions of it: a name cannot be cut out of a text whose "
      "statements point\n"
      "at its words. Dumps and copies of the archive are not touched.");
  command->callback([options, &console, &exit_code] {
    if (options->articles.empty() && options->person.empty())
      throw CLI::RequiredError("ARTICLE or --person");
    exit_code = forget(*options, console);
  });
}

void add_diff(CLI::App& app, Console& console, int& exit_code) {
  auto* command =
      app.add_subcommand("diff", "What changed between the versions of an article in an archive");
  auto path = std::make_shared<std::string>(), name = std::make_shared<std::string>();
  add_archive_option(*command, *path);
  command->add_option("ARTICLE", *name, "Number, key, address or id of an article")->required();
  command->footer("Examples:\n  avstand diff --archive news.db https://example.org/sak");
  command->callback(
      [path, name, &console, &exit_code] { exit_code = diff(*path, *name, console); });
}

}  // namespace avstand::cli
