// Frames over trees: every place that could be an attribution. Generous on purpose; a small model
// trained on annotated news decides which of them are (frame_model.h).
#pragma once

#include <string>
#include <vector>

#include "attribution/attributions.h"
#include "attribution/phrases.h"
#include "attribution/quotation.h"

namespace avstand {

/// The frames, named as in why[].rule. Letters: S source, V verb, C content, N noun, P adposition.
enum class Frame : uint8_t {
  kVerbClause,     ///< S V that C; C, V S; S V: C
  kVerbPhrase,     ///< S V C with a noun phrase
  kVerbObliqueC,   ///< S V P C: warn of, point to
  kParenthetical,  ///< C, S V, C without a complement in the tree
  kAsClause,       ///< as S V, C
  kAccording,      ///< according to S, C
  kNounClause,     ///< S' N that C
  kNounPhrase,     ///< S' N of C
  kAdjective,      ///< S is A that C
  kRaising,        ///< C is V-ed to C
  kHearsay,        ///< C shall have V-ed
  kAdverb,         ///< C allegedly C
  kRelative,       ///< C that S V
  kNaming,         ///< S calls C C
  kCiting,         ///< R V C, citing S
  kAccordingAll,   ///< according to S, over the whole sentence
  kSurfaceRight,   ///< S V C to the end of the sentence, by order and punctuation
  kSurfaceLeft,    ///< C, S V from its beginning, likewise
  kSurfaceAround,  ///< C, S V, C and C V S C, likewise
  kShort,          ///< a clause or phrase without what a comma sets off behind it
  kColon,          ///< S V: and C in the following sentences
  kBareQuote,      ///< direct speech without a cue
};

std::string_view to_string(Frame v);

/// Where a candidate's source was looked for.
enum class SourceBy : uint8_t {
  kFrame,     ///< the subject, agent or possessor that the frame gives
  kNobody,    ///< none is expressed, though the frame gives one
  kGovernor,  ///< the subject of what the cue's clause hangs on
  kIt,        ///< a subject that mostly means nobody: "it says"
  kObject,    ///< the object: "it surprises S that C", or a subject that the tree takes for one
};

/// A candidate: spans, and what the model looks at.
struct Candidate {
  Frame frame = Frame::kVerbClause;
  WordId cue = kNoWord;  ///< head word of the cue
  WordId source_head = kNoWord;
  WordId content_head = kNoWord;
  WordId outer_cue = kNoWord;  ///< cue of the attribution that this one is nested in by its frame
  Ranges source, cue_words, content;
  SourceBy source_by = SourceBy::kFrame;
  bool content_first = false;  ///< content stands before the cue
  bool direct = false;         ///< content is (part of) marked direct speech
  float probability = 0;
};

/// All candidates of one sentence, appended to `out`.
void find_candidates(const FrameContext& context, uint32_t sentence, std::vector<Candidate>& out);

}  // namespace avstand
