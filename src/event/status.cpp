#include "event/status.h"

namespace avstand::event {
namespace {

constexpr int kDeepest = 8;       // verbs that hang on verbs; beyond it a tree is not to be trusted
constexpr int kLongestPath = 12;  // words between a time and its verb

bool is_clause(Rel rel) {
  return rel == Rel::kAdvcl || rel == Rel::kAcl || rel == Rel::kCcomp || rel == Rel::kXcomp ||
         rel == Rel::kCsubj || rel == Rel::kConj || rel == Rel::kParataxis;
}

}  // namespace

StatusJudge::StatusJudge(const Article& article, const Analysis& analysis, const Tree& tree,
                         const EventLexicon& lexicon)
    : article_(article),
      analysis_(analysis),
      tree_(tree),
      lexicon_(lexicon),
      memo_(analysis.words.size(), kUnknown),
      since_(analysis.words.size()),
      ahead_(analysis.words.size()) {}

bool StatusJudge::is(WordId w, WordRole role) const {
  const EventLexicon::Language* words = words_at(w);
  return words && words->is(analysis_.lemma(w), role);
}

bool StatusJudge::is_predicate(WordId w) const {
  const Word& word = analysis_.words[w];
  if (word.upos == Upos::kVerb) return true;
  // Tagged as a noun, but with a subject and no copula it is a verb that the tagger did not know.
  return word.upos == Upos::kNoun && tree_.child(w, Rel::kNsubj) != kNoWord &&
         tree_.child(w, Rel::kCop) == kNoWord && (word.rel == Rel::kRoot || is_clause(word.rel));
}

WordId StatusJudge::governor(WordId w) const {
  for (int step = 0; w != kNoWord && step < kLongestPath; ++step) {
    const Word& word = analysis_.words[w];
    if (is_predicate(w) && word.rel != Rel::kAmod) return w;
    if (word.head == kNoWord || tree_.child(w, Rel::kCop) != kNoWord) return w;
    w = word.head;
  }
  return kNoWord;
}

bool StatusJudge::is_passive(WordId verb) const {
  if (analysis_.has(verb, "Voice=Pass")) return true;
  for (const WordId c : tree_.children(verb))
    if (analysis_.rel_subtype(c) == "pass") return true;
  // "Studien er betalt": "be" with a participle tells what was done to the subject.
  return look(verb).result;
}

bool StatusJudge::has_event_below(WordId verb) const {
  if (!is(verb, WordRole::kAspect) && !is(verb, WordRole::kPlan) && !is(verb, WordRole::kChance) &&
      !is(verb, WordRole::kFail) && !is(verb, WordRole::kWill))
    return false;
  const WordId below = tree_.child(verb, Rel::kXcomp);
  return below != kNoWord && is_predicate(below);
}

void StatusJudge::look_at_auxiliary(WordId verb, WordId aux, Clause& out) const {
  // The auxiliary tells the tense, also where the tagger took the participle for a finite verb.
  if ((out.finite == kNoWord || out.finite == verb) && analysis_.has(aux, "VerbForm=Fin")) {
    out.finite = aux;
    out.past = analysis_.has(aux, "Tense=Past");
  }
  const bool finite = aux == out.finite;
  if (is(aux, WordRole::kWill)) out.will = true;
  if (is(aux, WordRole::kMay)) out.may = true;
  if (is(aux, WordRole::kMust)) out.must = true;
  if (is(aux, WordRole::kHave)) out.perfect = true;
  if (is(aux, WordRole::kHearsay) && finite) out.hearsay = true;
  if (is(aux, WordRole::kPerfectBe) && finite && analysis_.has(verb, "VerbForm=Part"))
    out.result = true;
}

StatusJudge::Clause StatusJudge::look(WordId verb) const {
  Clause out;
  if (analysis_.has(verb, "VerbForm=Fin")) {
    out.finite = verb;
    out.past = analysis_.has(verb, "Tense=Past");
  }
  for (const WordId c : tree_.children(verb)) {
    const Rel rel = analysis_.words[c].rel;
    if (rel == Rel::kAux || rel == Rel::kCop) {
      look_at_auxiliary(verb, c, out);
    } else if (rel == Rel::kMark) {
      out.conditional |= is(c, WordRole::kCondition);
    } else if (rel == Rel::kAdvmod) {
      out.negated |= is(c, WordRole::kNegation);
      out.may |= is(c, WordRole::kMay);
      out.alleged |= is(c, WordRole::kHearsayWord);
    }
  }
  // Hearsay wants a perfect infinitive: "skal ha funnet", not "skal finne".
  out.hearsay = out.hearsay && out.perfect;
  return out;
}

bool StatusJudge::asks(WordId w) const {
  const WordRange words = analysis_.sentence(w).words;
  const WordId last = words.end - 1;
  return analysis_.form(last) == "?" || (words.size() > 1 && analysis_.form(last - 1) == "?");
}

/// Headlines and captions tell in the present tense what has happened.
bool StatusJudge::reports_now(WordId verb) const {
  const BlockKind kind = article_.blocks[analysis_.sentence(verb).block].kind;
  return kind != BlockKind::kHeadline && kind != BlockKind::kCaption;
}

EventStatus StatusJudge::finite(WordId verb, const Clause& clause) const {
  if (clause.hearsay) return EventStatus::kAlleged;
  if (clause.may) return EventStatus::kPossible;
  if (clause.will) return EventStatus::kPlanned;
  if (clause.must) return clause.past ? EventStatus::kHappened : EventStatus::kPlanned;
  if (clause.perfect && !clause.past && since_[verb]) return EventStatus::kOngoing;
  if (clause.past || clause.perfect || clause.result) return EventStatus::kHappened;
  if (ahead_[verb]) return EventStatus::kPlanned;
  if (since_[verb] || is(verb, WordRole::kDurative) || reports_now(verb))
    return EventStatus::kOngoing;
  return EventStatus::kHappened;
}

/// A verb that hangs on the words of `head`: a verb, a noun ("planer om å …"), an adjective.
EventStatus StatusJudge::below(WordId head, WordId verb, int depth) {
  const bool perfect = tree_.child(verb, Rel::kAux) != kNoWord;
  if (is(head, WordRole::kAccuse)) return EventStatus::kAlleged;
  if (is(head, WordRole::kPlan)) return EventStatus::kPlanned;
  if (is(head, WordRole::kFail)) return EventStatus::kDenied;
  if (is(head, WordRole::kChance)) return EventStatus::kPossible;
  if (is(head, WordRole::kAspect)) return judge(head, depth + 1);
  return perfect ? EventStatus::kHappened : EventStatus::kPossible;
}

EventStatus StatusJudge::hanging(WordId verb, int depth) {
  const Word& word = analysis_.words[verb];
  const bool infinitive = analysis_.has(verb, "VerbForm=Inf");
  if (word.head == kNoWord) return infinitive ? EventStatus::kPlanned : EventStatus::kHappened;
  if (is(word.head, WordRole::kAccuse) && word.rel != Rel::kConj &&
      (word.rel != Rel::kAdvcl || !infinitive))
    return EventStatus::kAlleged;
  if (word.rel == Rel::kXcomp || word.rel == Rel::kCcomp || (word.rel == Rel::kAcl && infinitive))
    return below(word.head, verb, depth);
  if (word.rel == Rel::kConj) return judge(word.head, depth + 1);
  if (word.rel == Rel::kAdvcl && infinitive) {
    const EventStatus outer = below(word.head, verb, depth);
    return outer == EventStatus::kPossible ? EventStatus::kPlanned : outer;  // a purpose
  }
  if (word.rel == Rel::kAdvcl && is_predicate(word.head)) {
    const EventStatus outer = judge(word.head, depth + 1);
    return outer == EventStatus::kOngoing && !reports_now(verb) ? EventStatus::kHappened : outer;
  }
  return infinitive ? EventStatus::kPossible : EventStatus::kHappened;
}

EventStatus StatusJudge::judge(WordId verb, int depth) {
  if (memo_[verb] != kUnknown) return static_cast<EventStatus>(memo_[verb]);
  if (depth > kDeepest) return EventStatus::kHappened;
  const Clause clause = look(verb);
  EventStatus out = clause.finite != kNoWord ? finite(verb, clause) : hanging(verb, depth);
  const bool real = out == EventStatus::kHappened || out == EventStatus::kOngoing;
  if (clause.may && real) out = EventStatus::kPossible;
  if (clause.alleged && real) out = EventStatus::kAlleged;
  if (clause.conditional || (asks(verb) && out != EventStatus::kPlanned))
    out = EventStatus::kPossible;
  // "Has not been seen since Thursday" is a state that goes on.
  if (clause.negated && !(since_[verb] && out == EventStatus::kOngoing)) out = EventStatus::kDenied;
  memo_[verb] = static_cast<uint8_t>(out);
  return out;
}

EventStatus StatusJudge::verb(WordId w) { return judge(w, 0); }

EventStatus StatusJudge::happening(WordId noun) {
  for (const WordId c : tree_.children(noun)) {
    if (analysis_.words[c].rel != Rel::kAmod) continue;
    if (is(c, WordRole::kHearsayWord)) return EventStatus::kAlleged;
    if (is(c, WordRole::kPlan)) return EventStatus::kPlanned;
    if (is(c, WordRole::kMay)) return EventStatus::kPossible;
  }
  const WordId head = analysis_.words[noun].head;
  if (head == kNoWord) return EventStatus::kHappened;
  if (!is_predicate(head)) {
    if (is(head, WordRole::kPlan)) return EventStatus::kPlanned;
    if (is(head, WordRole::kChance)) return EventStatus::kPossible;
    return EventStatus::kHappened;
  }
  const Rel rel = analysis_.words[noun].rel;
  // "Møtet ventes å starte": the happening is what the lower verb tells.
  if (rel == Rel::kNsubj && has_event_below(head)) return verb(tree_.child(head, Rel::kXcomp));
  const EventStatus outer = verb(head);
  if (rel == Rel::kObj && is(head, WordRole::kPlan)) return EventStatus::kPlanned;
  if (rel == Rel::kObj && is(head, WordRole::kChance)) return EventStatus::kPossible;
  if (rel == Rel::kObj && is(head, WordRole::kFail)) return EventStatus::kDenied;
  if (rel == Rel::kObl) return outer == EventStatus::kPlanned ? outer : EventStatus::kHappened;
  const bool own = since_[head] || is(head, WordRole::kOccur) || is(head, WordRole::kAspect) ||
                   outer == EventStatus::kPlanned || outer == EventStatus::kPossible;
  return own ? outer : EventStatus::kHappened;
}

bool StatusJudge::looks_ahead(WordId w) {
  const WordId g = governor(w);
  if (g == kNoWord) return false;
  const Clause clause = look(g);
  if (clause.finite != kNoWord)
    return !clause.past && !clause.perfect && !clause.result && reports_now(g);
  const WordId head = analysis_.words[g].head;
  if (head == kNoWord || !is_clause(analysis_.words[g].rel)) return false;
  if (is(head, WordRole::kPlan)) return true;
  if (!analysis_.has(g, "VerbForm=Inf")) return false;
  const Clause outer = look(head);
  return outer.finite != kNoWord && !outer.past && !outer.perfect;
}

}  // namespace avstand::event
