// Words known to be lemmas: they decide between rules that the network finds about equally likely.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/analysis.h"
#include "language/lemma.h"
#include "language/model_file.h"

namespace avstand::language {

/// Lemmas by language and part of speech, as hashes (docs/model-format.md, "lemma.hash"). A model
/// may have none.
struct LemmaLexicon {
  std::span<const uint32_t> hashes;  ///< ascending
  float whole = 0;                   ///< added to the score of a rule that makes a known lemma
  float ending = 0;                  ///< … a word that ends in one: most compounds are in no list

  /// Highest number that can be added.
  float reach() const { return whole > ending ? whole : ending; }
  /// What is added for a lower-case lemma. `language` is the index in Weights::languages.
  float gain(uint32_t language, Upos upos, std::string_view lemma) const;

  /// kModel error where the sections are of the wrong size or not in order.
  static Result<LemmaLexicon> read(const ModelFile& file);
};

/// Makes lemmas and keeps its memory between words. One per thread.
class Lemmatiser {
 public:
  /// The lemma of a form by the likeliest rule, known lemmas taken into account. `scores` has one
  /// number for each rule, `best` is the index of the largest. Valid until the next call.
  std::string_view lemma(const LemmaLexicon& lexicon, std::span<const LemmaRule> rules,
                         std::span<const float> scores, uint32_t best, uint32_t language, Upos upos,
                         std::string_view form);

 private:
  std::vector<char32_t> scratch_;
  std::string best_, candidate_, lower_;
};

}  // namespace avstand::language
