#include "entity/gazetteer.h"

#include <algorithm>

#include "base/table.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

constexpr size_t kShortName = 4;  // bytes; up to here capitals are part of the name

/// The key of a name: lower case with straight apostrophes; short names keep their capitals.
std::string key_of(std::string_view name) {
  constexpr std::string_view kCurly = "\u2019";
  const std::string folded = name.size() <= kShortName ? std::string(name) : lower_case(name);
  std::string out;
  for (size_t i = 0; i < folded.size();) {
    const bool curly = std::string_view(folded).substr(i).starts_with(kCurly);
    out += curly ? '\'' : folded[i];
    i += curly ? kCurly.size() : 1;
  }
  return out;
}

std::vector<std::string_view> alternatives(std::string_view cell) { return split(cell, '|'); }

}  // namespace

void Gazetteer::add(std::string_view name, const KnownName* known, Index& index) {
  if (name.empty()) return;
  index.emplace(key_of(name), known);  // the first file that has a name keeps it
  if (const size_t space = name.find(' '); space != std::string_view::npos)
    first_words_.insert(lower_case(name.substr(0, space)));
}

Status Gazetteer::load_countries(const std::string& path, std::string_view language) {
  AVSTAND_TRY(table, Table::load(path, {"iso", "names", "adjectives", "demonyms"}));
  for (const TableRow& row : table.rows()) {
    if (row.cells[0].size() != 2 || row.cells[1].empty())
      return table.error(row, "a country needs a code of two letters and a name");
    const std::vector<std::string_view> names = alternatives(row.cells[1]);
    country_names_[std::string(language)].emplace(row.cells[0], names[0]);
    auto it = by_iso_.find(row.cells[0]);
    if (it == by_iso_.end()) {
      KnownName known{std::string(names[0]), KnownSort::kCountry, EntityType::kPlace, {}};
      known.profile = {ProfileKind::kGovernment, row.cells[0], Control::kState,
                       "countries.tsv (CLDR 48)"};
      names_.push_back(std::make_unique<KnownName>(std::move(known)));
      it = by_iso_.emplace(row.cells[0], names_.back().get()).first;
    }
    for (const std::string_view name : names) add(name, it->second, local_[std::string(language)]);
  }
  return Unit{};
}

Status Gazetteer::load_metonyms(const std::string& path, std::string_view language) {
  AVSTAND_TRY(table, Table::load(path, {"name", "iso", "sense"}));
  for (const TableRow& row : table.rows()) {
    KnownName known{row.cells[0], KnownSort::kSeat, EntityType::kPlace, {}};
    if (!by_iso_.contains(row.cells[1])) return table.error(row, "no country " + row.cells[1]);
    if (row.cells[2] == "seat") {
      known.type = EntityType::kOrganisation;
      known.profile = {ProfileKind::kGovernment, row.cells[1], Control::kState,
                       "metonyms.tsv (2025)"};
    } else if (row.cells[2] == "capital" || row.cells[2] == "region") {
      known.sort = row.cells[2] == "capital" ? KnownSort::kCapital : KnownSort::kRegion;
      known.profile = {ProfileKind::kUnknown, row.cells[1], Control::kUnknown,
                       "metonyms.tsv (2025)"};
    } else {
      return table.error(row, "sense is seat, capital or region");
    }
    names_.push_back(std::make_unique<KnownName>(std::move(known)));
    add(row.cells[0], names_.back().get(), local_[std::string(language)]);
  }
  return Unit{};
}

/// What all files of names share: name, aliases, kind, country, control.
Status Gazetteer::add_named(const Table& table, const TableRow& row, KnownName known) {
  known.name = row.cells[0];
  known.profile.country = row.cells[3];
  if (!parse_profile_kind(row.cells[2], known.profile.kind))
    return table.error(row, "unknown kind " + row.cells[2]);
  if (!parse_control(row.cells[4], known.profile.control))
    return table.error(row, "unknown control " + row.cells[4]);
  names_.push_back(std::make_unique<KnownName>(std::move(known)));
  add(row.cells[0], names_.back().get(), shared_);
  for (const std::string_view alias : alternatives(row.cells[1]))
    add(alias, names_.back().get(), shared_);
  return Unit{};
}

Status Gazetteer::load_named(const std::string& path, KnownSort sort) {
  AVSTAND_TRY(table, Table::load(path, {"name", "aliases", "kind", "country", "control", "basis"}));
  for (const TableRow& row : table.rows()) {
    KnownName known{{}, sort, EntityType::kOrganisation, {}};
    known.profile.basis = row.cells[5];
    AVSTAND_CHECK(add_named(table, row, std::move(known)));
  }
  return Unit{};
}

/// The same with who pays, who owns and who edits told apart.
Status Gazetteer::load_profiled(const std::string& path, KnownSort sort) {
  AVSTAND_TRY(table, Table::load(path, {"name", "aliases", "kind", "country", "control", "owner",
                                        "funding", "ownership", "editorial", "basis"}));
  for (const TableRow& row : table.rows()) {
    KnownName known{{}, sort, EntityType::kOrganisation, {}};
    ControlParts& parts = known.profile.parts;
    if (!parse_control(row.cells[6], parts.funding) ||
        !parse_control(row.cells[7], parts.ownership) ||
        !parse_control(row.cells[8], parts.editorial))
      return table.error(row, "funding, ownership and editorial have the labels of control");
    known.profile.owner = row.cells[5];
    known.profile.basis = row.cells[9];
    AVSTAND_CHECK(add_named(table, row, std::move(known)));
  }
  return Unit{};
}

Status Gazetteer::load_given_names(const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"name", "gender"}));
  for (const TableRow& row : table.rows())
    given_names_.emplace(row.cells[0], parse_gender(row.cells[1]));
  return Unit{};
}

Status Gazetteer::load_hints(const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"word", "position", "type", "kind"}));
  for (const TableRow& row : table.rows()) {
    NameHint hint;
    if (!parse_entity_type(row.cells[2], hint.type) || !parse_profile_kind(row.cells[3], hint.kind))
      return table.error(row, "unknown type or kind");
    const std::string& where = row.cells[1];
    StringMap<NameHint>* into = where == "first"    ? &first_
                                : where == "last"   ? &last_
                                : where == "any"    ? &any_
                                : where == "suffix" ? &suffix_
                                                    : nullptr;
    if (!into) return table.error(row, "position is first, last, any or suffix");
    into->emplace(lower_case(row.cells[0]), hint);
  }
  return Unit{};
}

Result<Gazetteer> Gazetteer::load(const std::string& data_dir,
                                  const std::vector<SupportedLanguage>& languages) {
  Gazetteer g;
  for (const SupportedLanguage& language : languages)
    AVSTAND_CHECK(
        g.load_countries(language.files(data_dir).path("countries.tsv"), language.code.view()));
  for (const SupportedLanguage& language : languages)
    AVSTAND_CHECK(
        g.load_metonyms(language.files(data_dir).path("metonyms.tsv"), language.code.view()));
  const std::string folder = data_dir + "/knowledge/";
  AVSTAND_CHECK(g.load_profiled(folder + "media.tsv", KnownSort::kMedium));
  AVSTAND_CHECK(g.load_named(folder + "bodies.tsv", KnownSort::kBody));
  AVSTAND_CHECK(g.load_profiled(folder + "state_media.tsv", KnownSort::kMedium));
  AVSTAND_CHECK(g.load_named(folder + "outlets.tsv", KnownSort::kMedium));
  AVSTAND_CHECK(g.load_given_names(folder + "given_names.tsv"));
  AVSTAND_CHECK(g.load_hints(folder + "name_hints.tsv"));
  return g;
}

const KnownName* Gazetteer::find(std::string_view name) const {
  const std::string key = key_of(name);
  if (const auto it = shared_.find(key); it != shared_.end()) return it->second;
  for (const auto& [code, index] : local_)
    if (const auto it = index.find(key); it != index.end()) return it->second;
  return nullptr;
}

const KnownName* Gazetteer::find(std::string_view name, std::string_view language) const {
  if (const auto local = local_.find(language); local != local_.end()) {
    const auto it = local->second.find(key_of(name));
    if (it != local->second.end()) return it->second;
  }
  return find(name);
}

const KnownName* Gazetteer::country(std::string_view iso) const {
  const auto it = by_iso_.find(iso);
  return it == by_iso_.end() ? nullptr : it->second;
}

std::string_view Gazetteer::country_name(std::string_view iso, std::string_view language) const {
  if (const auto names = country_names_.find(language); names != country_names_.end())
    if (const auto it = names->second.find(iso); it != names->second.end()) return it->second;
  const KnownName* known = country(iso);
  return known ? std::string_view(known->name) : std::string_view();
}

Gender Gazetteer::given_name(std::string_view word, bool& known) const {
  const auto it = given_names_.find(word);
  known = it != given_names_.end();
  return known ? it->second : Gender::kUnknown;
}

const NameHint* Gazetteer::hint(const std::vector<std::string>& words) const {
  if (words.empty()) return nullptr;
  const auto in = [](const StringMap<NameHint>& map, std::string_view word) {
    const auto it = map.find(word);
    return it == map.end() ? nullptr : &it->second;
  };
  if (words.size() > 1) {
    if (const NameHint* h = in(last_, words.back())) return h;
    if (const NameHint* h = in(first_, words.front())) return h;
    for (const std::string& word : words)
      if (const NameHint* h = in(any_, word)) return h;
  }
  const std::string_view last = words.back();
  for (size_t from = words.size() > 1 ? 0 : 1; from + 3 < last.size(); ++from)
    if (const NameHint* h = in(suffix_, last.substr(from))) return h;
  return nullptr;
}

}  // namespace avstand::entity
