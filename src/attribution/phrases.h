// Phrases out of trees: which words make up a source, a cue, a content.
#pragma once

#include <vector>

#include "attribution/cue_lexicon.h"
#include "document/analysis.h"

namespace avstand {

using Ranges = std::vector<WordRange>;

/// What everything about a cue needs to look at.
struct FrameContext {
  const Analysis& analysis;
  const Tree& tree;
  const CueLexicon::Language& lexicon;

  /// Whether the sentence is in the lexicon's language and has a tree.
  bool reads(uint32_t sentence) const {
    const SentenceInfo& s = analysis.sentences[sentence];
    return s.parsed && s.language == lexicon.code;
  }
};

/// Sorted words as ranges; gaps of punctuation alone are closed.
Ranges to_ranges(const Analysis& analysis, const std::vector<WordId>& sorted_words);
/// The words of ranges, in order.
std::vector<WordId> to_words(const Ranges& ranges);
/// Cuts white-space-like punctuation off the outer ends: commas, colons, final stops of a clause.
/// Quotation marks and an opening dash stay. `keep_stop`: a whole sentence keeps its full stop.
Ranges trim_content(const Analysis& analysis, const Ranges& ranges, bool keep_stop);
/// `from` without the words of `cut`.
Ranges subtract(const Ranges& from, const Ranges& cut);
/// The words of both, as ranges.
Ranges unite(const Analysis& analysis, const Ranges& a, const Ranges& b);
bool contains(const Ranges& ranges, WordId w);
bool overlaps(const Ranges& a, const Ranges& b);
uint32_t count_words(const Ranges& ranges);

/// The noun phrase of a source headed by `head`: determiners, titles, appositions, prepositional
/// phrases; without a relative clause, case marking and outer punctuation.
Ranges source_phrase(const FrameContext& c, WordId head);

/// The relative clause of a noun, or the participle that stands for one; no words where it has
/// none.
struct RelativeClause {
  Ranges words;
  bool restrictive = false;  ///< no comma parts it from its noun: it belongs to the phrase
};
RelativeClause relative_clause(const FrameContext& c, WordId noun);

/// The cue of a verb: itself, auxiliaries, negation and particles; each a range of its own where
/// other words stand between.
Ranges cue_phrase(const FrameContext& c, WordId head);

/// Whom a predicate's subject means: its own nsubj, that of the clause it is coordinated with or
/// controlled by, the antecedent of a relative pronoun. kNoWord if there is none or it is
/// expletive.
WordId find_subject(const FrameContext& c, WordId predicate);
/// The agent of a passive, or kNoWord.
WordId find_agent(const FrameContext& c, WordId predicate);
bool is_passive(const FrameContext& c, WordId predicate);
/// Whether it is coordinated under a "neither": "vil verken bekrefte eller avkrefte".
bool is_neither(const FrameContext& c, WordId predicate);
bool is_negated(const FrameContext& c, WordId predicate);
/// Whether two words that report nothing together are among the cue's, or one of them hangs on its
/// verb: "svarer til en årslønn", "tar stolt imot prisen", "krevde to liv", "fikk konstatert
/// kreft".
bool is_idiom(const FrameContext& c, WordId cue, const Ranges& cue_words);

}  // namespace avstand
