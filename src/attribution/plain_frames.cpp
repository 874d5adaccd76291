#include "attribution/plain_frames.h"

#include <algorithm>

#include "attribution/labels.h"

namespace avstand {
namespace {

/// Set by hand: the model leaves few of them (training texts hold hardly any that it has not
/// learnt).
constexpr float kPlainProbability = 0.5F;

bool can_speak(const EntityLayer& entities, WordId doer) {
  const Mention* m = entities.by_head(doer);
  if (m == nullptr || m->entity == kNoEntity) return false;
  const Entity& e = entities.entities[m->entity];
  return e.type == EntityType::kPerson || e.type == EntityType::kOrganisation ||
         e.type == EntityType::kGroup || e.profile.kind == ProfileKind::kGovernment;
}

/// Acts that are hardly ever done without saying something.
bool is_plain(Act act) {
  return act == Act::kDeny || act == Act::kConfirm || act == Act::kConcede || act == Act::kPromise;
}

/// "Should have confirmed": what ought to be or may be said is not said.
bool is_modal(const FrameContext& c, WordId verb) {
  const Analysis& a = c.analysis;
  for (const WordId w : c.tree.children(verb))
    if (a.words[w].rel == Rel::kAux && c.lexicon.is(a.lemma(w), CueRole::kModal)) return true;
  return a.words[verb].rel == Rel::kXcomp;
}

/// What is denied or admitted: objects and clauses; in the passive the subject too.
Ranges said(const FrameContext& c, WordId verb, WordId doer) {
  const Analysis& a = c.analysis;
  std::vector<WordId> words;
  bool complement = false;
  for (const WordId child : c.tree.children(verb)) {
    const Rel rel = a.words[child].rel;
    if (child == doer) continue;
    const bool passive_subject = rel == Rel::kNsubj || rel == Rel::kExpl;
    const bool object = rel == Rel::kObj || rel == Rel::kCcomp || rel == Rel::kXcomp ||
                        passive_subject ||
                        (rel == Rel::kAdvcl && c.tree.child(child, Rel::kCase) != kNoWord);
    if (!object) continue;
    complement = true;
    for (const WordId w : c.tree.subtree(child)) words.push_back(w);
  }
  if (!complement) return {};
  std::sort(words.begin(), words.end());
  return trim_content(a, to_ranges(a, words), false);
}

/// "Prices rise, a report says": what is said stands before the comma, who says it beside the verb.
bool parenthetical(const FrameContext& c, WordId verb, Candidate& out) {
  const Analysis& a = c.analysis;
  const CueEntry* entry = c.lexicon.find(Upos::kVerb, a.lemma(verb));
  if (a.words[verb].upos != Upos::kVerb || entry == nullptr || is_passive(c, verb)) return false;
  if (entry->act != Act::kSay && entry->act != Act::kClaim && entry->act != Act::kWarn)
    return false;
  const WordId said = c.tree.child(verb, Rel::kCcomp);
  const WordId subject = c.tree.child(verb, Rel::kNsubj);
  if (said == kNoWord || subject == kNoWord || said > verb || subject < said) return false;
  if (a.words[subject].upos == Upos::kPron) return false;
  const Ranges source = source_phrase(c, subject);
  const WordId inquit = std::min(source.front().begin, verb);
  if (inquit <= a.sentence(verb).words.begin + 1 || a.form(inquit - 1) != ",") return false;
  out.cue = verb;
  out.cue_words = cue_phrase(c, verb);
  out.source_head = subject;
  out.source = subtract(source, out.cue_words);
  out.content = trim_content(a, {{a.sentence(verb).words.begin, inquit}}, false);
  if (out.content.empty()) return false;
  out.content_head = said;
  out.content_first = true;
  out.frame = frame_of(c, out);
  out.probability = kPlainProbability;
  return true;
}

bool plain(const FrameContext& c, const EntityLayer& entities, WordId verb, Candidate& out) {
  const Analysis& a = c.analysis;
  if (a.words[verb].upos != Upos::kVerb) return false;
  const CueEntry* entry = c.lexicon.find(Upos::kVerb, a.lemma(verb));
  if (entry == nullptr || !is_plain(entry->act)) return false;
  // "AFP has not been able to confirm C" tells that nobody checked.
  const bool unconfirmed =
      is_neither(c, verb) || (entry->act == Act::kConfirm && is_negated(c, verb));
  if (unconfirmed || is_modal(c, verb)) return false;
  const bool passive = is_passive(c, verb);
  const WordId doer = passive ? find_agent(c, verb) : find_subject(c, verb);
  if (doer == kNoWord || !can_speak(entities, doer)) return false;
  out.cue = verb;
  out.cue_words = cue_phrase(c, verb);
  if (!set_parts(c, doer, said(c, verb, doer), out)) return false;
  out.frame = frame_of(c, out);
  out.probability = kPlainProbability;
  return true;
}

}  // namespace

void add_plain_frames(const FrameContext& c, const EntityLayer& entities,
                      std::vector<Candidate>& accepted) {
  add_by_word(
      c, {&Candidate::cue_words},
      [&](WordId w, Candidate& out) {
        return parenthetical(c, w, out) || plain(c, entities, w, out);
      },
      accepted);
}

}  // namespace avstand
