#include "event/event_lexicon.h"

#include <algorithm>
#include <array>

#include "base/table.h"
#include "text/supported_languages.h"

namespace avstand::event {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(WordRole::kCount)> kWordRoles = {
    "will",  "may",   "must",   "hearsay",  "hearsay_word", "perfect_be",
    "have",  "plan",  "chance", "fail",     "accuse",       "aspect",
    "occur", "state", "speech", "durative", "condition",    "negation",
    "by",    "with",  "place",  "relative"};

constexpr std::array<std::string_view, 16> kTypes = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "REJECT", "ACCUSE",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};

template <size_t N>
bool known(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Status load_words(const std::string& path, EventLexicon::Language& out) {
  AVSTAND_TRY(table, Table::load(path, {"lemma", "role"}));
  for (const TableRow& row : table.rows()) {
    if (!known(kWordRoles, row.cells[1])) return table.error(row, "no such role: " + row.cells[1]);
    const auto role = std::find(kWordRoles.begin(), kWordRoles.end(), row.cells[1]);
    out.roles[row.cells[0]] |= 1U << (role - kWordRoles.begin());
  }
  return Unit{};
}

Status load_types(const std::string& path, EventLexicon::Language& out) {
  AVSTAND_TRY(table, Table::load(path, {"lemma", "pos", "type"}));
  for (const TableRow& row : table.rows()) {
    Upos pos = Upos::kX;
    if (!parse_upos(row.cells[1], pos) || (pos != Upos::kVerb && pos != Upos::kNoun))
      return table.error(row, "pos must be VERB or NOUN");
    if (!row.cells[2].empty() && !known(kTypes, row.cells[2]))
      return table.error(row, "no such type: " + row.cells[2]);
    auto& words = pos == Upos::kVerb ? out.verbs : out.happenings;
    if (!words.emplace(row.cells[0], row.cells[2]).second)
      return table.error(row, "twice: " + row.cells[0]);
  }
  return Unit{};
}

}  // namespace

Result<EventLexicon> EventLexicon::load(const std::string& data_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  EventLexicon lexicon;
  for (const SupportedLanguage& supported : languages) {
    const LanguageFiles files = supported.files(data_dir);
    EventLexicon::Language& language = lexicon.languages_[supported.code];
    AVSTAND_CHECK(load_words(files.path("event_words.tsv"), language));
    AVSTAND_CHECK(load_types(files.path("event_types.tsv"), language));
  }
  return lexicon;
}

}  // namespace avstand::event
