// What words tell about events (data/lang/<code>/event_words.tsv, event_types.tsv). Immutable
// after load.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/string_map.h"
#include "document/analysis.h"
#include "text/language_code.h"

namespace avstand::event {

/// The part of a word; names as in kWordRoles.
enum class WordRole : uint8_t {
  kWill,         ///< auxiliary of what is to come: skal, will
  kMay,          ///< auxiliary, adverb or adjective of possibility: kan, may, trolig
  kMust,         ///< auxiliary: in the past it happened, in the present it is to come
  kHearsay,      ///< auxiliary that tells hearsay with a perfect infinitive: skal ha
  kHearsayWord,  ///< adverb or adjective of hearsay: angivelig, alleged
  kPerfectBe,    ///< auxiliary that makes a participle a result: er arrestert
  kHave,         ///< auxiliary of the perfect
  kPlan,         ///< verb, noun, adjective: what hangs on it is to come
  kChance,       ///< what hangs on it may come: prøve, risiko
  kFail,         ///< what hangs on it did not come: nekte, avoid
  kAccuse,       ///< what hangs on it is alleged: mistenke, accuse
  kAspect,       ///< what hangs on it has the status of the verb itself: begynne
  kOccur,        ///< a happening beside it has the status of the verb: skje, ta slutt
  kState,        ///< no event: være, know
  kSpeech,       ///< no event but a statement: si, say
  kDurative,     ///< goes on in the present tense: vare, brenne
  kCondition,    ///< hvis, if
  kNegation,
  kBy,     ///< preposition of the agent of a passive
  kWith,   ///< preposition of who an act is shared with or aimed at
  kPlace,  ///< preposition of a place
  kRelative,
  kCount,
};

class EventLexicon {
 public:
  static Result<EventLexicon> load(const std::string& data_dir);

  struct Language {
    StringMap<uint32_t> roles;                 ///< lemma -> bits by WordRole
    StringMap<std::string> verbs, happenings;  ///< lemma -> type, empty where it has none

    bool is(std::string_view lemma, WordRole role) const {
      const auto it = roles.find(lemma);
      return it != roles.end() && (it->second >> static_cast<uint32_t>(role) & 1) != 0;
    }
  };
  /// The words of a language, or null.
  const Language* find(LanguageCode code) const {
    const auto it = languages_.find(code);
    return it == languages_.end() ? nullptr : &it->second;
  }

 private:
  std::map<LanguageCode, Language> languages_;
};

}  // namespace avstand::event
