// avstand stories: articles in, what they say together out.
#include <fmt/format.h>

#include "cli/archive_options.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "story/extract.h"
#include "story/keeper.h"
#include "story/stories.h"
#include "story/terminal.h"

namespace avstand::cli {
namespace {

struct StoriesOptions : ReadingOptions {
  std::string archive;
  bool json = false;
};

constexpr const char* kExamples =
    "Examples:\n"
    "  avstand stories articles.jsonl\n"
    "  avstand stories --json articles.jsonl > stories.json\n"
    "  avstand stories --archive news.db\n"
    "\n"
    "Articles about one happening are put together, in Bokmål, Nynorsk and English: who has the "
    "same\n"
    "claim, from whom, and how many origins stand behind it. The order of the articles makes no "
    "difference.";

Result<Rendering> rendering(const StoriesOptions& options, Output& output,
                            const Directories& dirs) {
  AVSTAND_TRY(loaded, story::Lexicon::load(dirs.data));
  const auto lexicon = std::make_shared<const story::Lexicon>(std::move(loaded));
  auto articles = std::make_shared<std::vector<story::StoryArticle>>();
  return Rendering{
      .until = Stage::kLedger,
      .article =
          [articles, lexicon](const Reading& r) {
            return [articles, made = std::make_shared<story::StoryArticle>(
                                  story::extract(r.analysis, r.ledger, *lexicon))] {
              articles->push_back(std::move(*made));
            };
          },
      .finish =
          [articles, &output, json = options.json] {
            const auto stories = story::make_stories(*articles);
            output.write(json ? story::to_json(stories) + "\n" : story::to_text(stories));
          }};
}

/// Those that an archive keeps, one after the other.
int of_archive(const StoriesOptions& options, Console& console) {
  return with_stories(
      options.archive, store::Archive::Mode::kRead, console,
      [&](store::Archive&, store::StoryTables& tables, Output& output) -> Status {
        AVSTAND_TRY(stories, tables.stories());
        story::StoriesJson json;
        if (stories.empty() && !options.json)
          output.write(story::to_text(std::vector<story::Story>()));
        for (const int64_t number : stories) {
          AVSTAND_TRY(kept, story::load_story(tables, number));
          output.write(options.json ? json.add(kept.story) : story::to_text(kept.story));
        }
        if (options.json) output.write(json.end() + "\n");
        return Unit{};
      },
      options.output);
}

}  // namespace

void add_stories(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand(
      "stories", "Put articles about one happening together and count origins, not echoes");
  auto options = std::make_shared<StoriesOptions>();
  add_reading_options(*command, *options);
  command->add_option("--archive", options->archive, "The articles of this archive, not of files")
      ->type_name("FILE");
  command->add_flag("--json", options->json, "JSON (schema avstand/stories/1), not text");
  command
      ->add_option("--published", options->published,
                   "When it was published, if the input does not say")
      ->type_name("DATE");
  command->add_option("--outlet", options->outlet, "Who published it, likewise")->type_name("NAME");
  command->footer(kExamples);
  command->callback([options, &console, &exit_code] {
    if (!options->archive.empty()) {
      if (!options->files.empty())
        throw CLI::ExcludesError("--archive", "FILE (add the files to the archive first)");
      exit_code = of_archive(*options, console);
      return;
    }
    exit_code = run(*options, console, [&](Output& output, const Directories& dirs) {
      return rendering(*options, output, dirs);
    });
  });
}

}  // namespace avstand::cli
