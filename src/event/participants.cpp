// Who takes part in an event: subjects act, objects and the subjects of passives are acted upon,
// obliques give agent, company and place. Entities by the mention that the argument heads.
#include <algorithm>

#include "event/finder.h"

namespace avstand::event {
namespace {

constexpr int kLongestChain = 6;  // verbs that share a subject by coordination and control

void add(std::vector<EntityId>& list, EntityId id) {
  if (id != kNoEntity && std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

/// The entities of an argument and of what is coordinated with it.
void add_argument(const Finder& f, WordId head, std::vector<EntityId>& list) {
  if (const Mention* m = f.entities.by_head(head)) add(list, m->entity);
  for (const WordId c : f.tree.children(head))
    if (f.analysis.words[c].rel == Rel::kConj)
      if (const Mention* m = f.entities.by_head(c)) add(list, m->entity);
}

/// What a relative pronoun stands for, the word itself otherwise.
WordId meant(const Finder& f, WordId argument, WordId verb) {
  const Word& v = f.analysis.words[verb];
  const bool relative = argument == kNoWord || f.judge.is(argument, WordRole::kRelative) ||
                        f.analysis.has(argument, "PronType=Rel");
  return v.rel == Rel::kAcl && v.head != kNoWord && relative ? v.head : argument;
}

/// The subject of a verb, or of the verb that it is coordinated with or hangs on.
WordId subject(const Finder& f, WordId verb) {
  for (int step = 0; step < kLongestChain && verb != kNoWord; ++step) {
    const WordId own = f.tree.child(verb, Rel::kNsubj);
    if (own != kNoWord) return meant(f, own, verb);
    const Word& word = f.analysis.words[verb];
    if (word.rel == Rel::kAcl) return word.head;
    const bool shares = word.rel == Rel::kConj || word.rel == Rel::kXcomp ||
                        (word.rel == Rel::kAdvcl && !f.analysis.has(verb, "VerbForm=Fin"));
    if (!shares) return kNoWord;
    verb = word.head;
  }
  return kNoWord;
}

bool has_case(const Finder& f, WordId oblique, WordRole role) {
  for (const WordId c : f.tree.children(oblique))
    if (f.analysis.words[c].rel == Rel::kCase && f.judge.is(c, role)) return true;
  return false;
}

void set_place(const Finder& f, WordId oblique, Event& event) {
  const Mention* m = f.entities.by_head(oblique);
  if (event.place != kNoEntity || !m || !has_case(f, oblique, WordRole::kPlace)) return;
  if (m->entity < f.entities.entities.size() &&
      f.entities.entities[m->entity].type == EntityType::kPlace)
    event.place = m->entity;
}

void add_oblique(const Finder& f, WordId oblique, bool passive, Event& event) {
  if (f.analysis.rel_subtype(oblique) == "agent" ||
      (passive && has_case(f, oblique, WordRole::kBy)))
    add_argument(f, oblique, event.actors);
  else if (has_case(f, oblique, WordRole::kWith))
    add_argument(f, oblique, event.targets);
  else
    set_place(f, oblique, event);
}

/// "rakettangrep fra Tervania", "the attack by rebels on the town".
void add_noun_participants(const Finder& f, Event& event) {
  for (const WordId c : f.tree.children(event.head)) {
    if (f.analysis.words[c].rel != Rel::kNmod) continue;
    if (has_case(f, c, WordRole::kBy) && f.analysis.words[event.head].upos == Upos::kNoun &&
        f.analysis.rel_subtype(c) == "agent")
      add_argument(f, c, event.actors);
    else if (has_case(f, c, WordRole::kWith))
      add_argument(f, c, event.targets);
    else
      set_place(f, c, event);
  }
}

}  // namespace

/// Fills actors, targets and place.
void add_participants(Finder& f, Event& event) {
  if (!f.judge.is_predicate(event.head)) return add_noun_participants(f, event);
  const bool passive = f.judge.is_passive(event.head);
  const WordId who = subject(f, event.head);
  // A participle after its noun ("341 filer lekket") tells what was done to it.
  const bool done_to = passive || (f.analysis.words[event.head].rel == Rel::kAcl &&
                                   f.tree.child(event.head, Rel::kNsubj) == kNoWord &&
                                   f.analysis.has(event.head, "VerbForm=Part") &&
                                   f.tree.child(event.head, Rel::kAux) == kNoWord);
  if (who != kNoWord) add_argument(f, who, done_to ? event.targets : event.actors);
  for (const WordId c : f.tree.children(event.head)) {
    const Rel rel = f.analysis.words[c].rel;
    if (rel == Rel::kObj || rel == Rel::kIobj)
      add_argument(f, meant(f, c, event.head), event.targets);
    else if (rel == Rel::kObl)
      add_oblique(f, c, done_to, event);
  }
}

}  // namespace avstand::event
