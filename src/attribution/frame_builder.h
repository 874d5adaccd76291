// Parts that all frames share: a candidate's cue, whom it has as source, what is its content.
#pragma once

#include <vector>

#include "attribution/candidates.h"

namespace avstand {

/// Builds candidates over one article and hands them on. The finders of frames derive from it for
/// its parts alone; nothing is virtual.
class FrameBuilder {
 public:
  FrameBuilder(const FrameContext& context, std::vector<Candidate>& out)
      : c_(context), a_(context.analysis), tree_(context.tree), out_(out) {}

 protected:
  /// A candidate whose cue is the phrase of the word.
  Candidate make(Frame frame, WordId cue) const;
  void add_to_cue(Candidate& cand, const std::vector<WordId>& more) const;
  /// The subject of the predicate, the agent of a passive, or where a text stands.
  void set_source(Candidate& cand, WordId predicate) const;
  void set_source_head(Candidate& cand, WordId head) const;
  /// The subtree of `head` without `cut` and without the source.
  void set_content(Candidate& cand, WordId head, const Ranges& cut) const;
  /// Hands the candidate on, unless it has no content or its content holds the cue.
  void push(Candidate cand);

  const FrameContext& c_;
  const Analysis& a_;
  const Tree& tree_;
  std::vector<Candidate>& out_;

 private:
  void add_relative(Candidate& cand, WordId pronoun) const;
  bool named_subject(WordId subject) const;
  WordId location(WordId predicate) const;
};

}  // namespace avstand
