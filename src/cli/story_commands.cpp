// avstand story, claim: one story of an archive, one claim of a story.
#include <fmt/format.h>

#include "cli/archive_options.h"
#include "cli/claim_name.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "reader/locate.h"
#include "report/archive_pages.h"
#include "report/html.h"
#include "story/keeper.h"
#include "story/terminal.h"

namespace avstand::cli {
namespace {

using Mode = store::Archive::Mode;

struct StoryOptions {
  std::string archive, name, output;
  bool json = false, html = false;
  Directories dirs;
};

/// A whole page that stands alone: no links into a server.
Result<std::string> page_of(const story::KeptStory& kept, const Directories& wanted) {
  AVSTAND_TRY(dirs, locate(wanted));
  AVSTAND_TRY(strings, report::ReportStrings::load(dirs.data));
  const store::Listed& first = kept.listed.front();
  const report::Phrases say(strings, LanguageCode(first.language));
  const report::Links links = report::Links::within_a_file();
  const report::PageContext page{say, links};
  const report::StoryView view{.story = &kept.story, .articles = kept.listed};
  return report::html_page(report::title_of(first), report::story_page_main(page, view), say,
                           strings.css());
}

int show_story(const StoryOptions& options, Console& console) {
  return with_stories(
      options.archive, Mode::kRead, console,
      [&](store::Archive&, store::StoryTables& tables, Output& output) -> Status {
        AVSTAND_TRY(found, tables.find(options.name));
        AVSTAND_TRY(kept, story::load_story(tables, found.id));
        if (options.html) {
          AVSTAND_TRY(page, page_of(kept, options.dirs));
          output.write(page);
        } else {
          output.write(options.json ? story::to_json({kept.story}) + "\n"
                                    : story::to_text(kept.story));
        }
        return Unit{};
      },
      options.output);
}

int show_claim(const StoryOptions& options, Console& console) {
  return with_stories(
      options.archive, Mode::kRead, console,
      [&](store::Archive&, store::StoryTables& tables, Output& output) -> Status {
        AVSTAND_TRY(name, claim_name(options.name));
        AVSTAND_TRY(found, tables.find(name.story));
        AVSTAND_TRY(kept, story::load_story(tables, found.id));
        for (const story::Claim& claim : kept.story.claims) {
          if (claim.id != name.claim) continue;
          output.write(options.json ? story::to_json(kept.story, claim) + "\n"
                                    : story::to_text(kept.story, claim));
          return Unit{};
        }
        return no_such_claim(name, options.archive);
      },
      options.output);
}

void add_common(CLI::App& command, StoryOptions& options, const char* schema) {
  add_archive_option(command, options.archive);
  command.add_flag("--json", options.json, schema);
  command.add_option("-o,--output", options.output, "Write to this file, not to standard output")
      ->type_name("FILE");
}

}  // namespace

void add_story(CLI::App& app, Console& console, int& exit_code) {
  auto* command =
      app.add_subcommand("story", "Show one story of an archive: claims by outlets, and from whom");
  auto options = std::make_shared<StoryOptions>();
  add_common(*command, *options, "JSON (schema avstand/stories/1), not text");
  command
      ->add_option("STORY", options->name,
                   "Number of the story, id of its first article, or any article in it (number, "
                   "key, address, id)")
      ->required();
  auto* html = command->add_flag("--html", options->html,
                                 "A page: claims by outlets, ways of the origins, timeline, copies "
                                 "side by side");
  html->excludes(command->get_option("--json"));
  add_directory_options(*command, options->dirs);
  command->footer(
      "Examples:\n"
      "  avstand story --archive news.db 12\n"
      "  avstand story --archive news.db --html -o story.html https://example.org/sak\n"
      "\n"
      "'avstand stories --archive FILE' lists all stories.");
  command->callback([options, &console, &exit_code] { exit_code = show_story(*options, console); });
}

void add_claim(CLI::App& app, Console& console, int& exit_code) {
  auto* command =
      app.add_subcommand("claim", "Show one claim of a story: every mention, chain and origin");
  auto options = std::make_shared<StoryOptions>();
  add_common(*command, *options, "JSON (schema avstand/claim/1), not text");
  command->add_option("CLAIM", options->name, "STORY/CLAIM, as in 12/c3")->required();
  command->footer("Examples:\n  avstand claim --archive news.db 12/c3");
  command->callback([options, &console, &exit_code] { exit_code = show_claim(*options, console); });
}

}  // namespace avstand::cli
