// Cue lexicons: which words signal an attribution, with which act and stance.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/attribute.h"
#include "attribution/attributions.h"
#include "attribution/role_weights.h"
#include "base/string_map.h"

namespace avstand {

/// One cue word as data/lang/<code>/cues.tsv gives it.
struct CueEntry {
  Act act = Act::kSay;
  Commitment commitment = Commitment::kNeutral;
  bool quoted_subject = false;  ///< passive whose subject is the source ("er sitert på")
  bool citing = false;          ///< its object is the source of what its clause hangs on
  bool citing_to = false;       ///< the same with the noun of its preposition ("refers to S")
};

/// What a function word does (data/lang/<code>/cue_words.tsv).
enum class CueRole : uint8_t {
  kAccording,   ///< adposition whose object is the source: ifølge, according to
  kAgent,       ///< adposition of a passive's agent: av, by
  kHearsay,     ///< modal that marks hearsay with a perfect: skal ha
  kAdverb,      ///< adverb of hearsay: angivelig, allegedly
  kRelative,    ///< relative pronoun: som, who
  kNegation,    ///< ikke, not
  kFirst,       ///< first-person pronoun: jeg, vi, I, we
  kGeneric,     ///< subject that is nobody: man, ein, one
  kSecond,      ///< second-person pronoun: du, dere, you
  kNaming,      ///< names, labels or inscribes the quoted words by it: kalle, stemple, ordet, term
  kShowing,     ///< what a picture or a paper does: vise, tyde, show
  kModal,       ///< what its verb says may be or ought to be: kunne, burde, must
  kNeither,     ///< negates all that is coordinated behind it: verken, neither
  kAnaphor,     ///< pronoun for what was told before: det, dette, slik
  kAside,       ///< conjunction of a clause set beside what is told: som, as
  kFromWhat,    ///< adposition before "what S knows": etter det, from what
  kNobody,      ///< subject that negates its verb: ingen, nobody
  kOtherSense,  ///< cue that reports nothing: two lemmas (svare til), or one before a name (hete)
  kReceiving,   ///< verb whose subject is told or judged, not heard: få beskjed om, face criticism
};

struct CueLexicon::Language {
  LanguageCode code;
  StringMap<CueEntry> verbs, nouns, adjectives;
  std::multimap<std::string, CueRole, std::less<>> words;
  /// Languages of one model share them; null: a language that builds on another and has no role
  /// model, whose sentences are parsed and tell of no statement.
  std::shared_ptr<const RoleWeights> roles;

  bool is(std::string_view word, CueRole role) const;
  const CueEntry* find(Upos upos, std::string_view lemma) const;
};

}  // namespace avstand
