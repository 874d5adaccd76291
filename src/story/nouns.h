// What the nouns that sources are called by mean: bodies, media, documents, people
// (data/lang/<code>/*_nouns.tsv). Immutable after load.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "text/supported_languages.h"

namespace avstand::story {

enum class NounClass : uint8_t {
  kNone,
  kBody,       ///< an authority, company, union, …
  kMedium,     ///< a paper, broadcaster, agency
  kDocument,   ///< a report, register, log, picture
  kSpeaker,    ///< a person who as such speaks for a body: spokesperson, researcher, officer
  kAnonymous,  ///< a person who is kept unnamed: "kilde", "official"
  kPerson,     ///< any other person or group of persons
};

struct Noun {
  NounClass cls = NounClass::kNone;
  std::string kind;    ///< ledger's profile.kind; of a speaker: of the body spoken for
  std::string lemma;   ///< the entry: the word itself, or what the compound ends in
  bool whole = false;  ///< found as it is, not as the end of a compound
};

class Nouns {
 public:
  /// Reads the lexicons of one language.
  Status load(std::string_view language, const LanguageFiles& files);
  /// By whole lemma or title, else by its last word, else by the longest known end of it; kNone
  /// where it is none of these.
  Noun find(std::string_view language, std::string_view lemma) const;
  /// By lemma, else by what the form may be an inflected form of.
  Noun find(std::string_view language, std::string_view lemma, std::string_view form) const;
  /// "statlig", "state-run": the adjective says that a state controls it.
  bool is_of_state(std::string_view language, std::string_view lemma) const;

 private:
  struct Entries {
    StringMap<Noun> words, suffixes;
    StringSet of_state;
    std::vector<std::pair<std::string, std::string>> endings;  ///< of a form -> of the lemma
  };
  std::map<std::string, Entries, std::less<>> languages_;
};

}  // namespace avstand::story
