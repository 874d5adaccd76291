// What a stretch of text tells in the first place: its main predicates, and when and whether they
// hold. What stands in subordinate clauses and in the words for who says it does not count.
#pragma once

#include <vector>

#include "story/scene.h"

namespace avstand::story {

class Predicates {
 public:
  /// `frames`: words that only tell who says it.
  Predicates(const Scene& scene, const Draft& draft, const std::vector<Span>& frames);

  /// A finite verb of a main predicate is in the past.
  bool past() const { return past_; }
  /// A main predicate is itself a word of what is to come: "are scheduled to visit".
  bool planned() const { return planned_; }
  /// "skal (alt) ha undertegnet": an auxiliary with a perfect infinitive tells what others say.
  bool hearsay() const { return hearsay_; }
  /// The first main predicate, its subject or its object is denied: "has not", "no journals were".
  bool denied() const { return denied_; }

 private:
  bool kept(WordId w) const;
  void look_at(WordId predicate);
  bool is_negated(WordId predicate) const;

  const Scene& scene_;
  WordRange range_;
  std::vector<bool> kept_;  // by word of the range
  bool past_ = false, planned_ = false, hearsay_ = false, denied_ = false;
};

}  // namespace avstand::story
