// avstand watch: saved questions about claims with one origin.
#include <fmt/format.h>

#include "cli/archive_options.h"
#include "cli/claim_name.h"
#include "cli/commands.h"
#include "ledger/characters.h"
#include "story/watch.h"

namespace avstand::cli {
namespace {

using Mode = store::Archive::Mode;

struct WatchOptions {
  std::string archive, claim, origin;
  int64_t remove = 0;
  bool list = false, json = false;
};

Result<store::Watch> asked(const WatchOptions& options, store::StoryTables& stories,
                           store::WatchTables& tables) {
  if (!options.origin.empty()) return story::watch_of_origin(tables, options.origin);
  AVSTAND_TRY(name, claim_name(options.claim));
  AVSTAND_TRY(found, stories.find(name.story));
  AVSTAND_TRY(claim, tables.claim(found.id, name.claim));
  if (!claim) return no_such_claim(name, options.archive);
  return story::watch_of_claim(*claim);
}

Result<std::string> line_of(const store::Watch& watch, store::WatchTables& tables) {
  if (watch.origin)
    return fmt::format("{:>4}  {} alone: {} claims now\n", watch.id,
                       ledger::on_one_line(*watch.origin), watch.claims.size());
  std::optional<store::FoundClaim> claim;
  if (!watch.claims.empty()) {
    AVSTAND_TRY(found, tables.claim_at(watch.claims.front().places));
    claim = std::move(found);
  }
  if (!claim) return fmt::format("{:>4}  a claim that is gone\n", watch.id);
  return fmt::format("{:>4}  {}/{}: {} (independent origins {})\n", watch.id, claim->story,
                     claim->id, ledger::on_one_line(claim->text),
                     watch.claims.front().independent_origins);
}

Status save(const WatchOptions& options, store::StoryTables& stories, store::WatchTables& tables,
            Output& output) {
  AVSTAND_TRY(watch, asked(options, stories, tables));
  AVSTAND_TRY(known, story::saved_already(tables, watch));
  if (known) {
    output.write(fmt::format("saved already, as {}\n", *known));
    return Unit{};
  }
  AVSTAND_TRY(id, tables.add(watch));
  watch.id = id;
  AVSTAND_TRY(line, line_of(watch, tables));
  output.write("saved:\n" + line);
  return Unit{};
}

Status list(store::WatchTables& tables, Output& output) {
  AVSTAND_TRY(all, tables.all());
  for (const store::Watch& watch : all) {
    AVSTAND_TRY(line, line_of(watch, tables));
    output.write(line);
  }
  if (all.empty()) output.write("nothing is watched\n");
  return Unit{};
}

Status remove(const WatchOptions& options, store::WatchTables& tables, Output& output) {
  AVSTAND_TRY(removed, tables.remove(options.remove));
  if (!removed)
    return Error{.code = ErrorCode::kUsage,
                 .message = fmt::format("there is no watch {}", options.remove),
                 .file = options.archive};
  output.write(fmt::format("watch {} is gone\n", options.remove));
  return Unit{};
}

Status tell(const WatchOptions& options, store::WatchTables& tables, Output& output, bool& news) {
  AVSTAND_TRY(reports, story::look(tables));
  for (const story::Report& report : reports)
    output.write(options.json ? story::to_json(report) : story::to_text(report));
  news = !reports.empty();
  if (!news && !options.json) output.write("nothing new\n");
  return Unit{};
}

int watch(const WatchOptions& options, Console& console) {
  bool news = false;
  const int code = with_stories(
      options.archive, Mode::kWrite, console,
      [&](store::Archive& archive, store::StoryTables& stories, Output& output) -> Status {
        store::WatchTables tables(archive);
        if (options.list) return list(tables, output);
        if (options.remove > 0) return remove(options, tables, output);
        if (!options.claim.empty() || !options.origin.empty())
          return save(options, stories, tables, output);
        return tell(options, tables, output, news);
      });
  return code == kOk && news ? kFindings : code;
}

}  // namespace

void add_watch(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand(
      "watch", "Save a question about claims with one origin, or tell what is new of those saved");
  auto options = std::make_shared<WatchOptions>();
  add_archive_option(*command, options->archive);
  auto* claim =
      command->add_option("CLAIM", options->claim, "Save: this claim (STORY/CLAIM, as in 12/c3)");
  auto* origin = command
                     ->add_option("--origin", options->origin,
                                  "Save: every claim that has this origin alone, now and later")
                     ->type_name("NAME");
  auto* list = command->add_flag("--list", options->list, "Show what is saved");
  auto* remove = command->add_option("--remove", options->remove, "Take a saved question out")
                     ->type_name("NUMBER")
                     ->check(CLI::PositiveNumber);
  for (auto* one : {claim, origin, list, remove})
    for (auto* other : {claim, origin, list, remove})
      if (one != other) one->excludes(other);
  command->add_flag("--json", options->json, "JSON Lines of what is new, not text");
  command->footer(
      "Examples:\n"
      "  avstand watch --archive news.db 12/c3             # save\n"
      "  avstand watch --archive news.db --origin KCNA     # save\n"
      "  avstand watch --archive news.db                   # what is new?\n"
      "\n"
      "Told is a claim that had one independent origin or none and has another now, and one that "
      "somebody\n"
      "has taken back; each once.\n"
      "Exit codes: 0 nothing is new, or it is saved; 3 something is new; 1 the run failed.");
  command->callback([options, &console, &exit_code] { exit_code = watch(*options, console); });
}

}  // namespace avstand::cli
