// avstand search, source: questions to an archive.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/table.h"
#include "cli/archive_options.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "ledger/characters.h"
#include "reader/locate.h"
#include "reader/reader.h"
#include "text/supported_languages.h"
#include "text/utf8.h"

namespace avstand::cli {
namespace {

using Json = nlohmann::ordered_json;
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

using Endings = std::vector<std::pair<std::string, std::string>>;  // ending -> replacement

constexpr size_t kShortestStem = 2;  // bytes that an ending leaves: "bro" of "broene"

Result<Endings> load_endings(const std::string& data_dir,
                             const std::vector<SupportedLanguage>& languages) {
  Endings out;
  for (const SupportedLanguage& language : languages) {
    AVSTAND_TRY(table, Table::load(fmt::format("{}/lang/{}/query_endings.tsv", data_dir,
                                               language.code.view()),
                                   {"ending", "replacement"}));
    for (const TableRow& row : table.rows()) out.emplace_back(row.cells[0], row.cells[1]);
  }
  return out;
}

void add_form(std::vector<std::string>& all, std::string form) {
  if (!form.empty() && std::find(all.begin(), all.end(), form) == all.end())
    all.push_back(std::move(form));
}

/// Each word with its lemma in every language, "bekreftet" finds "bekrefter", and with what it may
/// be without its ending.
Result<std::vector<std::vector<std::string>>> forms(const SearchOptions& options) {
  std::vector<std::vector<std::string>> out;
  if (options.words.empty()) return out;  // filters alone need no models
  AVSTAND_TRY(dirs, locate(options.dirs));
  AVSTAND_TRY(languages, supported_languages(dirs.data));
  AVSTAND_TRY(endings, load_endings(dirs.data, languages));
  AVSTAND_TRY(reader, Reader::open({dirs.data, dirs.models}));
  const auto workspace = reader->make_workspace();
  for (const std::string& word : options.words) {
    if (first_invalid_utf8(word))
      return Error{.code = ErrorCode::kUsage, .message = "a word to search for is not UTF-8"};
    std::vector<std::string>& all = out.emplace_back(1, lower_case(word));
    for (const SupportedLanguage& language : languages) {
      Article article;
      article.text = word;
      article.language = language.code;
      article.language_given = true;
      const auto reading = reader->read(std::move(article), *workspace, Stage::kParse);
      const Analysis& analysis = reading->analysis;
      std::string lemmas;
      for (WordId w = 0; w < analysis.words.size(); ++w)
        lemmas += (w == 0 ? "" : " ") + lower_case(analysis.lemma(w));
      add_form(all, std::move(lemmas));
    }
    const std::string given = all.front();
    for (const auto& [ending, replacement] : endings)
      if (given.ends_with(ending) && given.size() >= ending.size() + kShortestStem)
        add_form(all, given.substr(0, given.size() - ending.size()) + replacement);
  }
  return out;
}

Json json_of(const store::Listed& a) {
  Json out;
  out["id"] = a.id;
  out["key"] = a.key;
  out["document"] = a.document;
  out["title"] = a.title;
  out["outlet"] = a.outlet;
  out["published"] = a.published;
  out["language"] = a.language;
  out["versions"] = a.versions;
  out["statements"] = a.statements;
  return out;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

int search(SearchOptions& options, Console& console) {
  return with_archive(
      options.archive, Mode::kRead, console,
      [&](store::Archive& archive, Output& output) -> Status {
        AVSTAND_TRY(words, forms(options));
        options.wanted.words = std::move(words);
        AVSTAND_TRY(hits, archive.search(options.wanted));
        for (const store::Hit& hit : hits) {
          if (options.json) {
            Json line = json_of(hit.article);
            line["snippet"] = hit.snippet;
            output.write(dumped(line));
          } else {
            output.write(line_of(hit.article) + "\n        " + on_one_line(hit.snippet) + "\n");
          }
        }
        if (hits.empty() && !options.json) output.write("nothing\n");
        return Unit{};
      });
}

Json json_of(const store::OriginReport& report) {
  Json out;
  out["name"] = report.name;
  out["statements"] = report.statements;
  out["articles"] = report.articles;
  out["outlets"] = report.outlets;
  out["checked"] = report.checked;
  out["doubtful"] = report.doubtful;
  out["as_relay"] = report.as_relay;
  out["relays"] = Json::array();
  for (const auto& [name, count] : report.relays)
    out["relays"].push_back(Json{{"name", name}, {"statements", count}});
  out["latest"] = Json::array();
  for (const auto& s : report.latest) {
    Json one = json_of(s.article);
    one["statement"] = s.statement;
    one["content"] = s.content;
    one["chain"] = s.chain;
    one["verification"] = s.verification;
    out["latest"].push_back(std::move(one));
  }
  return out;
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
  return with_archive(options.archive, Mode::kRead, console,
                      [&](store::Archive& archive, Output& output) -> Status {
                        AVSTAND_TRY(report, archive.source(options.name, options.limit));
                        output.write(options.json ? dumped(json_of(report)) : text_of(report));
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
