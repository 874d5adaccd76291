// What the role model sees in one sentence: for people who ask why an attribution was made.
#pragma once

#include <optional>
#include <vector>

#include "attribution/attribute.h"

namespace avstand {

/// A word of the cue's sentence as the model judges it.
struct WordRole {
  WordId word = kNoWord;
  float cue_probability = 0;    ///< of its being the head of a cue
  std::string_view label = "";  ///< "source", "cue", "content" by the cue asked about, or ""
};

/// The sentence of a cue.
struct CueExplanation {
  float threshold = 0;  ///< a word is a cue from this probability on
  std::vector<WordRole> words;
};

/// Runs the role model over the sentence of `cue` again. Nothing where no model reads its language.
std::optional<CueExplanation> explain_cue(const Analysis& analysis, const Tree& tree,
                                          const CueLexicon& lexicon, WordId cue);

}  // namespace avstand
