#include "entity/lexicon.h"

#include <array>

#include "text/utf8.h"

namespace avstand::entity {
namespace {

using Columns = std::vector<std::string_view>;

template <size_t N, typename Enum>
bool parse(const std::array<std::string_view, N>& names, std::string_view cell, Enum& out) {
  for (size_t i = 0; i < N; ++i) {
    if (names[i] != cell) continue;
    out = static_cast<Enum>(i);
    return true;
  }
  return false;
}

constexpr std::array<std::string_view, 4> kUses = {"", "generic", "unique", "name"};
constexpr std::array<std::string_view, 7> kPronounUses = {"person", "any",        "thing",  "group",
                                                          "both",   "possessive", "speaker"};
constexpr std::array<std::string_view, 6> kModifiers = {"",      "former", "acting",
                                                        "state", "public", "private"};
constexpr std::array<std::string_view, 5> kCaseRoles = {"", "agent", "place", "of", "to"};

/// Reads a noun file: `entry(row)` gives the entry, or nullopt with `ok` false for a bad cell.
template <typename T, typename Entry>
Status load_nouns(const std::string& path, const Columns& columns, NounTable<T>& out, Entry entry) {
  AVSTAND_TRY(table, Table::load(path, columns));
  for (const TableRow& row : table.rows()) {
    const std::string& match = row.cells[1];
    if (match != "word" && match != "suffix") return table.error(row, "match is word or suffix");
    bool ok = true;
    std::optional<T> value;
    if (row.cells[2] != "none") value = entry(row, ok);
    if (!ok) return table.error(row, "unknown word in a cell");
    out.add(lower_case(row.cells[0]), match == "suffix", std::move(value));
  }
  return Unit{};
}

PersonNoun person_entry(const TableRow& row, bool& ok) {
  PersonNoun n;
  ok = parse_role_class(row.cells[2], n.cls) &&
       (row.cells[3].empty() || parse_profile_kind(row.cells[3], n.speaks_for));
  n.gender = parse_gender(row.cells[4]);
  return n;
}

BodyNoun body_entry(const TableRow& row, bool& ok) {
  BodyNoun n;
  n.country = row.cells[2] == "country";
  ok = (n.country || parse_entity_type(row.cells[2], n.type)) &&
       parse_profile_kind(row.cells[3], n.kind) && parse(kUses, row.cells[4], n.use);
  if (n.country) n.type = EntityType::kPlace;
  return n;
}

MediaNoun media_entry(const TableRow& row, bool& ok) {
  MediaNoun n;
  ok = parse_profile_kind(row.cells[2], n.kind) && parse_control(row.cells[3], n.control);
  n.generic = row.cells[4] == "generic";
  n.collective = row.cells[4] == "collective";
  return n;
}

DocumentNoun document_entry(const TableRow& row, bool& ok) {
  DocumentNoun n;
  ok = parse_profile_kind(row.cells[2], n.kind);
  return n;
}

/// Reads a file of two columns, word and a word of `names`.
template <size_t N, typename Enum>
Status load_words(const std::string& path, const Columns& columns,
                  const std::array<std::string_view, N>& names, StringMap<Enum>& out) {
  AVSTAND_TRY(table, Table::load(path, columns));
  for (const TableRow& row : table.rows()) {
    Enum value{};
    if (!parse(names, row.cells[1], value)) return table.error(row, "unknown " + row.cells[1]);
    out.insert_or_assign(lower_case(row.cells[0]), value);
  }
  return Unit{};
}

Status load_pronouns(const std::string& path, StringMap<Pronoun>& out) {
  AVSTAND_TRY(table, Table::load(path, {"form", "person", "number", "gender", "use"}));
  for (const TableRow& row : table.rows()) {
    Pronoun p;
    if (!parse(kPronounUses, row.cells[4], p.use))
      return table.error(row, "unknown use " + row.cells[4]);
    p.gender = parse_gender(row.cells[3]);
    out.insert_or_assign(lower_case(row.cells[0]), p);
  }
  return Unit{};
}

}  // namespace

Gender parse_gender(std::string_view cell) {
  if (cell == "f") return Gender::kFemale;
  if (cell == "m") return Gender::kMale;
  return cell == "n" ? Gender::kNeuter : Gender::kUnknown;
}

Result<LanguageLexicon> LanguageLexicon::load(const LanguageFiles& files) {
  LanguageLexicon l;
  AVSTAND_CHECK(load_nouns(files.path("person_nouns.tsv"),
                           {"lemma", "match", "class", "speaks_for", "gender"}, l.persons,
                           person_entry));
  AVSTAND_CHECK(load_nouns(files.path("body_nouns.tsv"), {"lemma", "match", "type", "kind", "use"},
                           l.bodies, body_entry));
  AVSTAND_CHECK(load_nouns(files.path("media_nouns.tsv"),
                           {"lemma", "match", "kind", "control", "use"}, l.media, media_entry));
  AVSTAND_CHECK(load_nouns(files.path("document_nouns.tsv"), {"lemma", "match", "kind"},
                           l.documents, document_entry));
  AVSTAND_CHECK(
      load_words(files.path("modifiers.tsv"), {"lemma", "meaning"}, kModifiers, l.modifiers));
  AVSTAND_CHECK(load_words(files.path("cases.tsv"), {"word", "role"}, kCaseRoles, l.cases));
  AVSTAND_CHECK(load_pronouns(files.path("pronouns.tsv"), l.pronouns));
  AVSTAND_TRY(titles, Table::load(files.path("office_titles.tsv"), {"office", "title"}));
  for (const TableRow& row : titles.rows()) l.office_titles.emplace(row.cells[0], row.cells[1]);
  AVSTAND_TRY(not_names, Table::load(files.path("not_names.tsv"), {"word"}));
  for (const TableRow& row : not_names.rows()) l.not_names.insert(lower_case(row.cells[0]));
  AVSTAND_TRY(ends, Table::load(files.path("place_adjectives.tsv"), {"name_end", "adjective_end"}));
  for (const TableRow& row : ends.rows())
    l.place_adjectives.emplace_back(row.cells[0], row.cells[1]);
  AVSTAND_TRY(endings, Table::load(files.path("noun_endings.tsv"), {"ending", "lemma_end"}));
  for (const TableRow& row : endings.rows())
    l.noun_endings.emplace_back(row.cells[0], row.cells[1]);
  AVSTAND_TRY(grammar, Table::load(files.path("grammar.tsv"), {"property", "value"}));
  for (const TableRow& row : grammar.rows()) {
    if (row.cells[0] == "definiteness")
      l.marks_indefinite = row.cells[1] == "indefinite";
    else if (row.cells[0] == "name_types")
      l.name_types = row.cells[1] == "trained";
    else
      return grammar.error(row, "unknown property");
  }
  return l;
}

}  // namespace avstand::entity
