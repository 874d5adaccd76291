// An attribution in the making: its spans, and the words that carry them.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string_view>

#include "attribution/phrases.h"

namespace avstand {

/// How the cue says it, as named in why[].rule. Letters: S source, V verb, C content, N noun.
enum class Frame : uint8_t {
  kVerbClause,     ///< S V that C; S V: C
  kVerbPhrase,     ///< S V C with a noun phrase
  kVerbOblique,    ///< S V P C: warn of, point to
  kParenthetical,  ///< C, V S
  kAccording,      ///< according to S, C
  kNounClause,     ///< S' N that C
  kNounPhrase,     ///< S' N of C
  kAdjective,      ///< S is A that C
  kHearsay,        ///< C shall have V-ed
  kAdverb,         ///< C allegedly C
  kOther,          ///< by another word
  kCiting,         ///< R V C, citing S
  kColon,          ///< S V: and C in the following sentences
  kBareQuote,      ///< direct speech without a cue
  kAnaphora,       ///< C. That V S.
};

std::string_view to_string(Frame v);

struct Candidate {
  Frame frame = Frame::kVerbClause;
  WordId cue = kNoWord;  ///< head word of the cue
  WordId source_head = kNoWord;
  WordId content_head = kNoWord;
  WordId outer_cue = kNoWord;  ///< cue of the attribution that a citation stands in
  Ranges source, cue_words, content;
  bool content_first = false;  ///< content stands before the cue, which is no mark inside it
  bool direct = false;         ///< content is (part of) marked direct speech
  float probability = 0;
};

/// Which frame the cue, its tag, and its way to the content make.
Frame frame_of(const FrameContext& c, const Candidate& cand);

/// Appends what `find` makes of the words, in sentences of the language, that stand in none of the
/// `taken` parts of an accepted candidate; all stay in the order of their cues.
void add_by_word(const FrameContext& c, std::initializer_list<Ranges Candidate::*> taken,
                 const std::function<bool(WordId, Candidate&)>& find,
                 std::vector<Candidate>& accepted);

/// Makes the verb the cue, and the phrase of the doer the source; kNoWord: nobody is named.
void set_cue(const FrameContext& c, WordId verb, WordId doer, Candidate& out);

/// Gives a candidate with a cue its source, the phrase of the doer, and of what is told what is
/// neither cue nor source; false where nothing is told.
bool set_parts(const FrameContext& c, WordId doer, const Ranges& told, Candidate& out);

/// The word of the ranges whose head stands outside them: a nominal before other words. kNoWord
/// where there are none.
WordId head_of(const Analysis& analysis, const Ranges& ranges);

}  // namespace avstand
