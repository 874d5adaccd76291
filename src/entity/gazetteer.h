// Names that we know: countries, seats of government and capitals, media, bodies; first names with
// their gender; words that tell what a name names. Immutable after load.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/table.h"
#include "entity/entities.h"
#include "entity/lexicon.h"

namespace avstand::entity {

/// What sort of knowledge a name comes from.
enum class KnownSort : uint8_t { kCountry, kSeat, kCapital, kRegion, kMedium, kBody };

/// One thing that we know by name. Two names with the same `KnownName` mean the same.
struct KnownName {
  std::string name;  ///< the usual one
  KnownSort sort = KnownSort::kBody;
  EntityType type = EntityType::kOrganisation;
  Profile profile;
};

/// What a word inside a name tells (data/knowledge/name_hints.tsv).
struct NameHint {
  EntityType type = EntityType::kOrganisation;
  ProfileKind kind = ProfileKind::kUnknown;
};

class Gazetteer {
 public:
  /// Reads data/knowledge/ and what the languages' files have of countries and seats.
  static Result<Gazetteer> load(const std::string& data_dir,
                                const std::vector<SupportedLanguage>& languages);

  /// The thing that bears the name, or null. Case counts for names of up to four letters (IS, HUR).
  const KnownName* find(std::string_view name) const;
  /// The same, for a text in this language: its names for countries and towns go first.
  const KnownName* find(std::string_view name, std::string_view language) const;
  /// The country with the code, or null.
  const KnownName* country(std::string_view iso) const;
  /// Its usual name in a language; any language's where that one has none.
  std::string_view country_name(std::string_view iso, std::string_view language) const;
  /// Whether some known name of several words begins with this word; most words fail here.
  bool begins_name(std::string_view word) const { return first_words_.contains(word); }

  Gender given_name(std::string_view word, bool& known) const;
  /// What the words of a name tell, or null: exact words first or last, or how the last one ends.
  const NameHint* hint(const std::vector<std::string>& words) const;

  /// The most words that a known name has.
  static constexpr size_t kMaxWords = 7;

 private:
  using Index = StringMap<const KnownName*>;

  Status load_countries(const std::string& path, std::string_view language);
  Status load_metonyms(const std::string& path, std::string_view language);
  Status load_named(const std::string& path, KnownSort sort);
  Status load_profiled(const std::string& path, KnownSort sort);
  Status add_named(const Table& table, const TableRow& row, KnownName known);
  Status load_given_names(const std::string& path);
  Status load_hints(const std::string& path);
  void add(std::string_view name, const KnownName* known, Index& index);

  std::vector<std::unique_ptr<KnownName>> names_;
  StringMap<const KnownName*> by_iso_;
  std::map<std::string, Index, std::less<>> local_;  // per language: countries and towns
  std::map<std::string, StringMap<std::string>, std::less<>> country_names_;  // language, code
  Index shared_;                                                              // media and bodies
  StringSet first_words_;
  StringMap<Gender> given_names_;
  StringMap<NameHint> first_, last_, any_, suffix_;
};

}  // namespace avstand::entity
