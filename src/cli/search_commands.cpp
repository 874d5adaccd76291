// avstand search, source: questions to an archive.
#include <fmt/format.h>

#include "cli/archive_options.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/characters.h"
#include "reader/locate.h"
#include "reader/word_forms.h"
#include "store/archive_json.h"

namespace avstand::cli {
namespace {

using ledger::on_one_line;
using Mode = store::Archive::Mode;

struct SearchOptions {
  std::string archive;
  std::vector<std::string> words;
  store::Wanted wanted;
  bool json = false;
  Directories dirs;
};

struct SourceOptions {
  std::string archive, name;
  uint32_t limit = 20;
  bool json = false;
};

Result<std::vector<std::vector<std::string>>> forms(const SearchOptions& options) {
  if (options.words.empty()) return std::vector<std::vector<std::string>>();  // needs no models
  AVSTAND_TRY(dirs, locate(options.dirs));
  AVSTAND_TRY(word_forms, WordForms::load(dirs.data));
  AVSTAND_TRY(reader, Reader::open({dirs.data, dirs.models}));
  return word_forms.of(options.words, *reader, *reader->make_workspace());
}

int search(SearchOptions& options, Console& console) {
  return with_archive(options.archive, Mode::kRead, console,
                      [&](store::Archive& archive, Output& output) -> Status {
                        AVSTAND_TRY(words, forms(options));
                        options.wanted.words = std::move(words);
                        AVSTAND_TRY(hits, archive.search(options.wanted));
                        for (const store::Hit& hit : hits) {
                          if (options.json) {
                            output.write(store::to_json(hit) + "\n");
                          } else {
                            output.write(line_of(hit.article) + "\n        " +
                                         on_one_line(store::bracketed(hit)) + "\n");
                          }
                        }
                        if (hits.empty() && !options.json) output.write("nothing\n");
                        return Unit{};
                      });
}

std::string text_of(const store::OriginReport& r) {
  std::string out = fmt::format(
      "{}: origin of {} statements in {} articles of {} outlets; {} checked or confirmed, {} "
      "doubtful; passed on {} of others\n",
      on_one_line(r.name), r.statements, r.articles, r.outlets, r.checked, r.doubtful, r.as_relay);
  for (const auto& [name, count] : r.relays)
    out += fmt::format("  through {}: {}\n", on_one_line(name), count);
  for (const auto& s : r.latest)
    out += fmt::format("{}\n        {} {}: {}{}\n", line_of(s.article), s.statement,
                       on_one_line(s.chain), on_one_line(s.content),
                       s.verification == "none" ? "" : " [" + s.verification + "]");
  return out;
}

int source(const SourceOptions& options, Console& console) {
  return with_archive(
      options.archive, Mode::kRead, console,
      [&](store::Archive& archive, Output& output) -> Status {
        AVSTAND_TRY(report, archive.source(options.name, options.limit));
        output.write(options.json ? store::to_json(report) + "\n" : text_of(report));
        return Unit{};
      });
}

}  // namespace

void add_search(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand("search", "Find articles of an archive by words, in any form");
  auto options = std::make_shared<SearchOptions>();
  store::Wanted& wanted = options->wanted;
  add_archive_option(*command, options->archive);
  command->add_option("WORD", options->words,
                      "Words, all of which must be there; quoted: a phrase");
  command->add_option("--language", wanted.language, "Only in this language")->type_name("CODE");
  command->add_option("--outlet", wanted.outlet, "Only of this outlet")->type_name("NAME");
  command->add_option("--origin", wanted.origin, "Only with a statement that goes back to this one")
      ->type_name("NAME");
  command->add_option("--from", wanted.from, "Published on this day or later")->type_name("DATE");
  command->add_option("--to", wanted.to, "Published on this day, month or year, or earlier")
      ->type_name("DATE");
  command->add_option("--limit", wanted.limit, "How many at most")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "JSON Lines, not text");
  add_directory_options(*command, options->dirs);
  command->footer(
      "Examples:\n"
      "  avstand search --archive news.db bro stenge\n"
      "  avstand search --archive news.db --origin KCNA --from 2026-07 --to 2026-07");
  command->callback([options, &console, &exit_code] { exit_code = search(*options, console); });
}

void add_source(CLI::App& app, Console& console, int& exit_code) {
  auto* command = app.add_subcommand(
      "source", "What somebody is the origin of in an archive, who passed it on, what was checked");
  auto options = std::make_shared<SourceOptions>();
  add_archive_option(*command, options->archive);
  command->add_option("NAME", options->name, "As the articles name it")->required();
  command->add_option("--limit", options->limit, "How many statements are shown, newest first")
      ->type_name("N")
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "JSON, not text");
  command->footer("Examples:\n  avstand source --archive news.db KCNA");
  command->callback([options, &console, &exit_code] { exit_code = source(*options, console); });
}

}  // namespace avstand::cli
