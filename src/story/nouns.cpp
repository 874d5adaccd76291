#include "story/nouns.h"

#include <algorithm>
#include <vector>

#include "base/table.h"

namespace avstand::story {
namespace {

constexpr size_t kShortestEnd = 3;  // bytes of a word that a compound may end in

/// Classes of person_nouns.tsv whose holders speak for the body that they are of.
bool speaks(std::string_view cls) {
  constexpr std::string_view kSpeaking[] = {"minister", "office", "spokesperson", "post",
                                            "military", "expert", "politician"};
  return std::find(std::begin(kSpeaking), std::end(kSpeaking), cls) != std::end(kSpeaking);
}

struct File {
  const char* name;
  std::vector<std::string_view> columns;
  NounClass cls;
  size_t kind;  // column of the kind
};

}  // namespace

Status Nouns::load(std::string_view language, const LanguageFiles& files) {
  const File of_sources[] = {
      {"person_nouns.tsv",
       {"lemma", "match", "class", "speaks_for", "gender"},
       NounClass::kPerson,
       3},
      {"document_nouns.tsv", {"lemma", "match", "kind"}, NounClass::kDocument, 2},
      {"media_nouns.tsv", {"lemma", "match", "kind", "control", "use"}, NounClass::kMedium, 2},
      {"body_nouns.tsv", {"lemma", "match", "type", "kind", "use"}, NounClass::kBody, 3},
  };
  Entries& entries = languages_[std::string(language)];
  for (const File& file : of_sources) {
    AVSTAND_TRY(table, Table::load(files.path(file.name), file.columns));
    for (const TableRow& row : table.rows()) {
      Noun noun{file.cls, row.cells[file.kind], row.cells[0]};
      const std::string& sort = row.cells[2];
      if (sort == "none" || sort == "place" || sort == "country") noun = {};
      if (file.cls == NounClass::kPerson && speaks(sort)) noun.cls = NounClass::kSpeaker;
      if (file.cls == NounClass::kPerson && sort == "anonymous") noun.cls = NounClass::kAnonymous;
      (row.cells[1] == "suffix" ? entries.suffixes : entries.words)
          .insert_or_assign(row.cells[0], std::move(noun));
    }
  }
  AVSTAND_TRY(modifiers, Table::load(files.path("modifiers.tsv"), {"lemma", "meaning"}));
  for (const TableRow& row : modifiers.rows())
    if (row.cells[1] == "state") entries.of_state.insert(row.cells[0]);
  AVSTAND_TRY(endings, Table::load(files.path("noun_endings.tsv"), {"ending", "lemma_end"}));
  for (const TableRow& row : endings.rows())
    entries.endings.emplace_back(row.cells[0], row.cells[1] == "-" ? "" : row.cells[1]);
  return Unit{};
}

Noun Nouns::find(std::string_view language, std::string_view lemma) const {
  const auto known = languages_.find(language);
  if (known == languages_.end()) return {};
  const Entries& entries = known->second;
  for (const auto* table : {&entries.words, &entries.suffixes})
    if (const auto it = table->find(lemma); it != table->end()) {
      Noun found = it->second;
      found.whole = true;
      return found;
    }
  if (const size_t space = lemma.rfind(' '); space != std::string_view::npos)
    return find(language, lemma.substr(space + 1));
  for (size_t at = 0; at + kShortestEnd <= lemma.size(); ++at)
    if (const auto it = entries.suffixes.find(lemma.substr(at)); it != entries.suffixes.end())
      return it->second;
  return {};
}

bool Nouns::is_of_state(std::string_view language, std::string_view lemma) const {
  const auto known = languages_.find(language);
  return known != languages_.end() && known->second.of_state.contains(lemma);
}

Noun Nouns::find(std::string_view language, std::string_view lemma, std::string_view form) const {
  Noun found = find(language, lemma);
  const auto known = languages_.find(language);
  if (found.cls != NounClass::kNone || known == languages_.end()) return found;
  found = find(language, form);
  for (const auto& [ending, lemma_end] : known->second.endings) {
    if (found.cls != NounClass::kNone) break;
    if (form.size() <= ending.size() + kShortestEnd || !form.ends_with(ending)) continue;
    found = find(language, std::string(form.substr(0, form.size() - ending.size())) + lemma_end);
  }
  return found;
}

}  // namespace avstand::story
