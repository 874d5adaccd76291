#include "attribution/asides.h"

#include <algorithm>

namespace avstand {
namespace {

/// Set by hand: in the training texts the network finds all that this rule would.
constexpr float kAsideProbability = 0.6F;

/// The word that opens the aside, with what it says together with its verb: "som", "etter det".
/// Empty where the clause is no aside.
std::vector<WordId> opening(const FrameContext& c, WordId verb) {
  const Analysis& a = c.analysis;
  for (const WordId child : c.tree.children(verb)) {
    if (child > verb) break;
    if (a.words[child].rel == Rel::kMark && c.lexicon.is(a.lemma(child), CueRole::kAside))
      return {child};
    // "etter det X erfarer": the pronoun stands for what X knows.
    const WordId from = c.tree.child(child, Rel::kCase);
    if (a.words[child].upos == Upos::kPron && from != kNoWord &&
        c.lexicon.is(a.lemma(from), CueRole::kFromWhat))
      return {from, child};
  }
  return {};
}

/// The verb has what it says in the clause itself.
bool says_more(const FrameContext& c, WordId verb, const std::vector<WordId>& opened) {
  for (const WordId child : c.tree.children(verb)) {
    const Rel rel = c.analysis.words[child].rel;
    const bool says = rel == Rel::kObj || rel == Rel::kCcomp || rel == Rel::kXcomp;
    if (says && std::find(opened.begin(), opened.end(), child) == opened.end()) return true;
  }
  return false;
}

/// What the aside hangs on, but for what belongs to the aside.
Ranges main_clause(const FrameContext& c, WordId verb, WordId head) {
  std::vector<WordId> words = c.tree.subtree(head);
  const std::vector<WordId> aside = c.tree.subtree(verb);
  std::erase_if(words,
                [&](WordId w) { return std::find(aside.begin(), aside.end(), w) != aside.end(); });
  return trim_content(c.analysis, to_ranges(c.analysis, words), false);
}

bool aside(const FrameContext& c, const EntityLayer& entities, WordId verb, Candidate& out) {
  const Analysis& a = c.analysis;
  const WordId head = a.words[verb].head;
  if (a.words[verb].upos != Upos::kVerb || a.words[verb].rel != Rel::kAdvcl || head == kNoWord ||
      is_passive(c, verb) || c.lexicon.find(Upos::kVerb, a.lemma(verb)) == nullptr)
    return false;
  const std::vector<WordId> opened = opening(c, verb);
  const WordId subject = find_subject(c, verb);
  if (opened.empty() || subject == kNoWord || says_more(c, verb, opened)) return false;
  if (entities.by_head(subject) == nullptr) return false;
  out.cue = verb;
  std::vector<WordId> cue = to_words(cue_phrase(c, verb));
  if (opened.size() > 1) cue.insert(cue.begin(), opened.begin(), opened.end());
  std::sort(cue.begin(), cue.end());
  out.cue_words = to_ranges(a, cue);
  if (!set_parts(c, subject, main_clause(c, verb, head), out)) return false;
  out.frame = opened.size() > 1 ? Frame::kAccording : Frame::kParenthetical;
  out.probability = kAsideProbability;
  return true;
}

}  // namespace

void add_asides(const FrameContext& c, const EntityLayer& entities,
                std::vector<Candidate>& accepted) {
  add_by_word(
      c, {&Candidate::cue_words},
      [&](WordId w, Candidate& out) { return aside(c, entities, w, out); }, accepted);
}

}  // namespace avstand
