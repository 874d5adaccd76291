// The entity room's lexicons of one language: nouns for persons, bodies, media and documents,
// pronouns, modifiers, prepositions (data/lang/<code>/*.tsv). Immutable after load.
#pragma once

#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "base/table.h"
#include "entity/entities.h"
#include "text/supported_languages.h"

namespace avstand::entity {

enum class Gender : uint8_t { kUnknown, kFemale, kMale, kNeuter };

/// "f", "m", "n"; empty, "c" and anything else is unknown.
Gender parse_gender(std::string_view cell);

/// Entries found by whole lemma or by the longest suffix that a lemma ends in. A null entry (class
/// "none" in the file) takes words out of a shorter suffix. Look-up O(length of the lemma).
template <typename T>
class NounTable {
 public:
  void add(std::string_view lemma, bool suffix, std::optional<T> entry) {
    (suffix ? suffixes_ : words_).insert_or_assign(std::string(lemma), std::move(entry));
    if (suffix && lemma.size() >= kShortestSuffix) ends_.set(end_of(lemma));
  }
  /// Whether the lemma stands in the file itself, not only as the end of a compound.
  bool has_word(std::string_view lemma) const {
    return words_.contains(lemma) || suffixes_.contains(lemma);
  }
  const T* find(std::string_view lemma) const {
    if (const auto it = words_.find(lemma); it != words_.end()) return get(it->second);
    if (lemma.size() < kShortestSuffix || !ends_.test(end_of(lemma))) return nullptr;
    for (size_t from = 0; from + kShortestSuffix <= lemma.size(); ++from)
      if (const auto it = suffixes_.find(lemma.substr(from)); it != suffixes_.end())
        return get(it->second);
    return nullptr;
  }

 private:
  static constexpr size_t kShortestSuffix = 3, kEnds = 4096;
  static const T* get(const std::optional<T>& entry) { return entry ? &*entry : nullptr; }
  /// A number for the last three bytes; most words end like no suffix and need no further look.
  static size_t end_of(std::string_view lemma) {
    size_t out = 0;
    for (const char c : lemma.substr(lemma.size() - kShortestSuffix))
      out = out * 31 + static_cast<unsigned char>(c);
    return out % kEnds;
  }
  StringMap<std::optional<T>> words_, suffixes_;
  std::bitset<kEnds> ends_;  ///< what suffixes end in
};

struct PersonNoun {
  RoleClass cls = RoleClass::kPerson;
  ProfileKind speaks_for = ProfileKind::kUnknown;
  Gender gender = Gender::kUnknown;
};

/// How the definite form of a noun for a body or place is meant.
enum class NounUse : uint8_t { kNone, kGeneric, kUnique, kName };

struct BodyNoun {
  EntityType type = EntityType::kOrganisation;
  bool country = false;
  ProfileKind kind = ProfileKind::kUnknown;
  NounUse use = NounUse::kNone;
};

struct MediaNoun {
  ProfileKind kind = ProfileKind::kUnknown;
  Control control = Control::kUnknown;
  bool generic = false;
  bool collective = false;  ///< all media, none of them
};

struct DocumentNoun {
  ProfileKind kind = ProfileKind::kDocument;
};

enum class PronounUse : uint8_t { kPerson, kAny, kThing, kGroup, kBoth, kPossessive, kSpeaker };

struct Pronoun {
  PronounUse use = PronounUse::kPerson;
  Gender gender = Gender::kUnknown;
};

enum class Modifier : uint8_t { kNone, kFormer, kActing, kState, kPublic, kPrivate };
enum class CaseRole : uint8_t { kNone, kAgent, kPlace, kOf, kTo };

/// All lexicons of one language.
struct LanguageLexicon {
  NounTable<PersonNoun> persons;
  NounTable<BodyNoun> bodies;
  NounTable<MediaNoun> media;
  NounTable<DocumentNoun> documents;
  StringMap<Pronoun> pronouns;
  StringMap<Modifier> modifiers;
  StringMap<CaseRole> cases;
  StringSet not_names;
  StringMap<std::string> office_titles;  ///< office of our data -> what it is called
  std::vector<std::pair<std::string, std::string>>
      place_adjectives;                                           ///< end of name -> of adjective
  std::vector<std::pair<std::string, std::string>> noun_endings;  ///< ending -> end of the lemma
  StringMap<std::string> adjectives;  ///< country adjective, lower case -> ISO code
  StringMap<std::string> demonyms;    ///< noun for a national, lower case -> ISO code

  bool name_types = true;         ///< the types of the name model are learnt from annotated text
  bool marks_indefinite = false;  ///< the treebank has Definite=Ind only, and leaves =Def out

  Modifier modifier(std::string_view lemma) const {
    const auto it = modifiers.find(lemma);
    return it == modifiers.end() ? Modifier::kNone : it->second;
  }
  CaseRole case_role(std::string_view word) const {
    const auto it = cases.find(word);
    return it == cases.end() ? CaseRole::kNone : it->second;
  }

  /// Reads data/lang/<code>/; every file but countries.tsv (the gazetteer's) belongs to it.
  static Result<LanguageLexicon> load(const LanguageFiles& files);
};

}  // namespace avstand::entity
