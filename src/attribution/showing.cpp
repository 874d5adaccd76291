#include "attribution/showing.h"

#include <algorithm>

namespace avstand {
namespace {

/// (right + 1) / (found + 2) on training texts, which are few: 1 of 1 in Norwegian, 5 of 16 in 400
/// English ones, which leave most pictures unmarked.
constexpr float kShowingProbability = 0.37F;

bool is_evidence(const EntityLayer& entities, WordId subject) {
  const Mention* m = entities.by_head(subject);
  if (m == nullptr || m->entity == kNoEntity) return false;
  const ProfileKind kind = entities.entities[m->entity].profile.kind;
  return kind == ProfileKind::kDocument || kind == ProfileKind::kSensor;
}

/// What is shown: complements and objects behind the verb, with what follows of its clause.
Ranges shown(const FrameContext& c, WordId subject, WordId verb) {
  const Analysis& a = c.analysis;
  std::vector<WordId> words;
  bool complement = false;
  for (const WordId child : c.tree.children(verb)) {
    if (child < verb) continue;
    const Rel rel = a.words[child].rel;
    // "Bildene, som …, viser to unger": a second subject behind the verb is its object.
    const bool object = rel == Rel::kObj || rel == Rel::kCcomp || rel == Rel::kXcomp ||
                        (rel == Rel::kNsubj && subject < verb);
    const bool around = rel == Rel::kObl || rel == Rel::kAdvmod || rel == Rel::kAdvcl;
    if (!object && !around) continue;
    // "tyder på at …": the treebanks hang the clause on its preposition.
    const bool of_preposition = rel == Rel::kAdvcl && c.tree.child(child, Rel::kCase) != kNoWord;
    complement = complement || object || rel == Rel::kObl || of_preposition;
    for (const WordId w : c.tree.subtree(child))
      if (w > verb) words.push_back(w);
  }
  if (!complement) return {};
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return trim_content(a, to_ranges(a, words), false);
}

/// "Appears" of "appears to show"; kNoWord where nothing governs the verb so.
WordId seeming(const FrameContext& c, WordId verb) {
  const Word& word = c.analysis.words[verb];
  const bool governed = word.rel == Rel::kXcomp && word.head != kNoWord && word.head < verb;
  return governed && c.analysis.words[word.head].upos == Upos::kVerb ? word.head : kNoWord;
}

/// "Video appears to show C": taken for the appearing of all that.
bool only_seems(const FrameContext& c, const EntityLayer& entities, const Candidate& x) {
  if (x.cue == kNoWord || !x.source.empty()) return false;
  for (const WordId child : c.tree.children(x.cue))
    if (seeming(c, child) == x.cue && c.lexicon.is(c.analysis.lemma(child), CueRole::kShowing)) {
      const WordId subject = find_subject(c, child);
      return subject != kNoWord && is_evidence(entities, subject);
    }
  return false;
}

/// Whether the attribution has turned about what shows and what is shown.
bool turned_about(const FrameContext& c, const EntityLayer& entities, const Candidate& x) {
  if (x.cue == kNoWord || !c.lexicon.is(c.analysis.lemma(x.cue), CueRole::kShowing)) return false;
  const WordId subject = find_subject(c, x.cue);
  return subject != kNoWord && subject < x.cue && contains(x.content, subject) &&
         is_evidence(entities, subject) && !contains(x.source, subject);
}

bool showing(const FrameContext& c, const EntityLayer& entities, WordId verb, Candidate& out) {
  const Analysis& a = c.analysis;
  if (a.words[verb].upos != Upos::kVerb || !c.lexicon.is(a.lemma(verb), CueRole::kShowing) ||
      is_passive(c, verb))
    return false;
  const WordId subject = find_subject(c, verb);
  if (subject == kNoWord || !is_evidence(entities, subject)) return false;
  out.cue = verb;
  std::vector<WordId> cue = to_words(cue_phrase(c, verb));
  if (const WordId seems = seeming(c, verb); seems != kNoWord) {
    const WordId mark = c.tree.child(verb, Rel::kMark);
    for (const WordId w : {seems, mark})
      if (w != kNoWord && std::find(cue.begin(), cue.end(), w) == cue.end()) cue.push_back(w);
    std::sort(cue.begin(), cue.end());
  }
  const bool with_preposition = verb + 1 < a.words.size() && a.words[verb + 1].rel == Rel::kCase;
  if (with_preposition && std::find(cue.begin(), cue.end(), verb + 1) == cue.end()) {
    cue.push_back(verb + 1);  // "tyder på"
    std::sort(cue.begin(), cue.end());
  }
  out.cue_words = to_ranges(a, cue);
  if (!set_parts(c, subject, shown(c, subject, verb), out)) return false;
  if (const RelativeClause clause = relative_clause(c, subject); clause.restrictive)
    out.source = unite(a, out.source, clause.words);
  out.frame = frame_of(c, out);
  out.probability = kShowingProbability;
  return true;
}

}  // namespace

void add_showing(const FrameContext& c, const EntityLayer& entities,
                 std::vector<Candidate>& accepted) {
  std::erase_if(accepted, [&](const Candidate& x) {
    return turned_about(c, entities, x) || only_seems(c, entities, x);
  });
  add_by_word(
      c, {&Candidate::cue_words},
      [&](WordId w, Candidate& out) { return showing(c, entities, w, out); }, accepted);
}

}  // namespace avstand
