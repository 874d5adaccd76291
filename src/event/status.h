// The status of what a verb or a happening tells, by its own words: tense, mood, modality, negation
// and what it hangs on. Who says it is not looked at here.
#pragma once

#include <vector>

#include "document/analysis.h"
#include "document/article.h"
#include "event/event_lexicon.h"
#include "event/events.h"

namespace avstand::event {

/// What judging needs. Lives for one article; one thread. Cost: constant a word, memory one byte a
/// word.
class StatusJudge {
 public:
  StatusJudge(const Article& article, const Analysis& analysis, const Tree& tree,
              const EventLexicon& lexicon);

  /// Words of the sentence's language; null: not analysed.
  const EventLexicon::Language* words_at(WordId w) const {
    return lexicon_.find(analysis_.sentence(w).language);
  }
  bool is(WordId w, WordRole role) const;
  /// Status of a verb (or what stands for one), or of a happening's noun.
  EventStatus verb(WordId w);
  EventStatus happening(WordId noun);
  /// Whether the clause of w tells what is to come: its times lie after publication.
  bool looks_ahead(WordId w);
  /// The verb (or clause head) that w hangs on, itself if it is one; kNoWord if none.
  WordId governor(WordId w) const;
  /// Whether the verb is one that only tells how another one goes: "begynte å brenne".
  bool has_event_below(WordId verb) const;
  bool is_passive(WordId verb) const;
  bool is_predicate(WordId w) const;

  /// Times of a verb, told by what found them: since when, or later than publication.
  void mark_since(WordId verb) { since_[verb] = true; }
  void mark_ahead(WordId verb) { ahead_[verb] = true; }

 private:
  /// What stands around a verb.
  struct Clause {
    WordId finite = kNoWord;
    bool will = false, may = false, must = false, hearsay = false, perfect = false, past = false;
    bool result = false, negated = false, alleged = false, conditional = false;
  };
  Clause look(WordId verb) const;
  void look_at_auxiliary(WordId verb, WordId aux, Clause& out) const;
  EventStatus judge(WordId verb, int depth);
  EventStatus finite(WordId verb, const Clause& clause) const;
  EventStatus hanging(WordId verb, int depth);
  EventStatus below(WordId head, WordId verb, int depth);
  bool reports_now(WordId verb) const;
  bool asks(WordId w) const;

  static constexpr uint8_t kUnknown = 255;
  const Article& article_;
  const Analysis& analysis_;
  const Tree& tree_;
  const EventLexicon& lexicon_;
  std::vector<uint8_t> memo_;
  std::vector<bool> since_, ahead_;
};

}  // namespace avstand::event
