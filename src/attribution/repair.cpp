#include "attribution/repair.h"

#include <algorithm>
#include <span>

#include "attribution/quotation.h"
#include "text/utf8.h"

namespace avstand {
namespace {

/// By an auxiliary or an ending: parsers take "the minister, Ada Lorin, accused" for a participle.
bool is_surely_passive(const FrameContext& c, WordId verb) {
  const Analysis& a = c.analysis;
  if (a.has(verb, "Voice=Pass") && a.has(verb, "VerbForm=Fin")) return true;
  for (const WordId w : c.tree.children(verb))
    if ((a.words[w].rel == Rel::kAux && a.rel_subtype(w) == "pass") ||
        (a.words[w].upos == Upos::kAux && a.has(verb, "Voice=Pass")))
      return true;
  return false;
}

/// "Should have admitted C": what nobody did.
bool is_undone(const FrameContext& c, WordId verb) {
  bool modal = false, perfect = false;
  for (const WordId w : c.tree.children(verb)) {
    if (c.analysis.words[w].rel != Rel::kAux) continue;
    modal = modal || c.lexicon.is(c.analysis.lemma(w), CueRole::kModal);
    perfect = perfect || c.analysis.has(w, "VerbForm=Inf");
  }
  return modal && perfect;
}

/// "S ble overrasket over C": the lexicon has both the verb and its participle for what somebody
/// feels; "S er ventet" is no feeling of S.
bool is_feeling(const FrameContext& c, const CueEntry& verb, WordId participle) {
  const CueEntry* felt = c.lexicon.find(Upos::kAdj, lower_case(c.analysis.form(participle)));
  return verb.act == Act::kBelieve && felt != nullptr && felt->act == Act::kBelieve;
}

/// "S was told that C": the subject of a passive hears it. A verb that quotes its passive's subject
/// ("is quoted as saying") is left alone, as is one whose subject feels it.
void drop_told(const FrameContext& c, Candidate& x) {
  const Analysis& a = c.analysis;
  if (x.source_head == kNoWord || a.words[x.cue].upos != Upos::kVerb ||
      !is_surely_passive(c, x.cue))
    return;
  const CueEntry* entry = c.lexicon.find(Upos::kVerb, a.lemma(x.cue));
  if (entry == nullptr || entry->quoted_subject || is_feeling(c, *entry, x.cue)) return;
  const Word& head = a.words[x.source_head];
  if (head.head != x.cue || head.rel != Rel::kNsubj) return;
  x.source.clear();
  x.source_head = kNoWord;
}

/// The verb by which somebody gets to hear something and says nothing: "S has faced criticism for
/// C", "S fikk beskjed om C". kNoWord where the cue is none of that kind.
WordId receiving_verb(const FrameContext& c, const Candidate& x) {
  const Analysis& a = c.analysis;
  WordId verb = kNoWord;
  bool told = false;
  for (const WordId w : to_words(x.cue_words)) {
    const CueEntry* entry = c.lexicon.find(Upos::kNoun, a.lemma(w));
    const bool noun = a.words[w].upos == Upos::kNoun && entry != nullptr;
    told = told || (noun && entry->act != Act::kBelieve && entry->act != Act::kPerceive);
    if (a.words[w].upos == Upos::kVerb && c.lexicon.is(a.lemma(w), CueRole::kReceiving)) verb = w;
  }
  // "Vi har ikke fått ett ord om C" is what we say.
  return told && verb != kNoWord && !is_negated(c, verb) ? verb : kNoWord;
}

void drop_receiver(const FrameContext& c, Candidate& x) {
  const WordId verb = receiving_verb(c, x);
  if (verb == kNoWord || x.source_head == kNoWord || find_subject(c, verb) != x.source_head) return;
  x.source.clear();
  x.source_head = kNoWord;
}

/// "Even S, long an ally, said C and warned C": a verb beside another cue has its source, where the
/// tree knows of none.
void share_source(const FrameContext& c, const Candidate& before, Candidate& x) {
  const Analysis& a = c.analysis;
  const bool beside = a.words[x.cue].upos == Upos::kVerb && a.words[x.cue].rel == Rel::kConj &&
                      before.cue < x.cue && a.words[before.cue].upos == Upos::kVerb;
  if (!beside || !x.source.empty() || before.source.empty() || is_passive(c, x.cue)) return;
  if (contains(before.content, x.cue) || before.content_first || x.content.front().begin < x.cue)
    return;
  x.source = before.source;
  x.source_head = before.source_head;
}

/// "En britisk gruppe": a word that the label of the cue tore off its determiners is the source's.
void complete_phrase(const FrameContext& c, Candidate& x) {
  const Analysis& a = c.analysis;
  if (x.source_head == kNoWord) return;
  const WordId noun = a.words[x.source_head].head;
  const Rel rel = a.words[x.source_head].rel;
  const bool torn = rel == Rel::kDet || rel == Rel::kAmod || rel == Rel::kNummod;
  if (!torn || noun == kNoWord || noun == x.cue || !contains(x.cue_words, noun)) return;
  x.cue_words = subtract(x.cue_words, {{noun, noun + 1}});
  x.source = unite(a, x.source, {{noun, noun + 1}});
  x.source_head = noun;
}

/// "FLT skriv at C": a name that begins the sentence, right before the verb, however it was tagged.
void take_name_before(const FrameContext& c, const EntityLayer& entities, Candidate& x) {
  const Analysis& a = c.analysis;
  if (!x.source.empty() || a.words[x.cue].upos != Upos::kVerb || is_passive(c, x.cue)) return;
  if (receiving_verb(c, x) != kNoWord) return;
  const WordRange before{a.sentence(x.cue).words.begin, x.cue_words.front().begin};
  if (before.empty() || x.content.front().begin < before.end) return;
  const Mention* m = entities.principal(a, before);
  if (m == nullptr || m->words != before || m->form != MentionForm::kName) return;
  const EntityType type = entities.entities[m->entity].type;
  if (type != EntityType::kPerson && type != EntityType::kOrganisation) return;
  x.source = {before};
  x.source_head = m->head;
}

/// "Said Ellis: “C”": the name right behind a verb that begins the sentence, before its colon.
void take_name_behind(const FrameContext& c, const EntityLayer& entities, Candidate& x) {
  const Analysis& a = c.analysis;
  const WordRange sentence = a.sentence(x.cue).words;
  if (!x.source.empty() || x.cue != sentence.begin || a.words[x.cue].upos != Upos::kVerb) return;
  WordId colon = x.cue + 1;
  while (colon < sentence.end && a.form(colon) != ":") ++colon;
  const WordRange name{x.cue + 1, colon};
  if (name.empty() || colon == sentence.end || overlaps(x.content, {name})) return;
  const Mention* m = entities.principal(a, name);
  if (m == nullptr || m->words != name || m->form != MentionForm::kName) return;
  x.source = {name};
  x.source_head = m->head;
}

/// "Hevder konsernet skjulte utslipp": behind a verb that begins a heading stands the subject of
/// what is said; who says it is not told.
void leave_inner_subject(const FrameContext& c, Candidate& x) {
  const Analysis& a = c.analysis;
  const SentenceInfo& sentence = a.sentence(x.cue);
  if (x.cue != sentence.words.begin || !is_heading(a, sentence)) return;
  if (x.source.size() != 1 || x.content.empty() || x.source_head == kNoWord) return;
  const WordId first = x.content.front().begin;
  if (x.source.front().end != first || !a.has(first, "VerbForm=Fin")) return;
  x.content = unite(a, x.content, x.source);
  x.source.clear();
  x.source_head = kNoWord;
}

/// "C, but C, S said": a clause that was labelled source, before the subject of the cue, is
/// content.
void leave_clause(const FrameContext& c, Candidate& x) {
  const Analysis& a = c.analysis;
  if (x.source.size() != 1 || x.content.empty()) return;
  const WordId subject = find_subject(c, x.cue);
  if (subject == kNoWord || !contains(x.source, subject)) return;
  const Ranges phrase = source_phrase(c, subject);
  const WordRange before{x.source.front().begin, phrase.front().begin};
  const bool clause = std::any_of(a.words.begin() + before.begin,
                                  a.words.begin() + std::max(before.begin, before.end),
                                  [](const Word& w) { return w.upos == Upos::kVerb; });
  if (before.begin >= before.end || !clause || x.content.back().end > before.begin) return;
  x.content = trim_content(a, {{x.content.front().begin, before.end}}, false);
  x.source = phrase;
  x.source_head = subject;
}

bool says_something(const Analysis& a, const Ranges& ranges) {
  const std::vector<WordId> words = to_words(ranges);
  return std::any_of(words.begin(), words.end(), [&](WordId w) {
    const Upos upos = a.words[w].upos;
    return upos == Upos::kVerb || upos == Upos::kNoun || upos == Upos::kPropn;
  });
}

/// "Ifølge tiltalen, som NTB har sett, C": the clause tells of the source, and is none of C.
void leave_relative_clause(const FrameContext& c, Candidate& x) {
  const Analysis& a = c.analysis;
  if (x.source_head == kNoWord) return;
  const RelativeClause clause = relative_clause(c, x.source_head);
  if (clause.words.empty() || overlaps(clause.words, x.cue_words) || contains(clause.words, x.cue))
    return;
  const Ranges rest = trim_content(a, subtract(x.content, clause.words), false);
  if (rest == x.content || !says_something(a, rest)) return;
  x.content = rest;
  x.source = clause.restrictive ? unite(a, x.source, clause.words)
                                : trim_content(a, subtract(x.source, clause.words), false);
}

/// What says whose the content is that the cue stands in, and what is told of them, is no part of
/// what the cue introduces.
void leave_outer_source(const FrameContext& c, const Candidate& outer, Candidate& x) {
  if (outer.source_head == kNoWord || !contains(outer.content, x.cue)) return;
  if (contains(x.content, outer.cue)) return;  // which one is outer is settled later
  Ranges rest = subtract(x.content, outer.source);
  rest = subtract(rest, relative_clause(c, outer.source_head).words);
  rest = trim_content(c.analysis, rest, false);
  if (!rest.empty() && count_words(rest) < count_words(x.content)) x.content = rest;
}

/// "X seier i ei pressemelding at C": the noun that hangs on the verb says nothing of its own.
bool says_the_same(const FrameContext& c, const Candidate& noun, const Candidate& verb) {
  const Analysis& a = c.analysis;
  if (a.words[noun.cue].upos != Upos::kNoun || a.words[verb.cue].upos != Upos::kVerb) return false;
  if (a.words[noun.cue].head != verb.cue || noun.content != verb.content) return false;
  return noun.source.empty() || noun.source == verb.source;
}

/// Candidates of one sentence, which stand side by side.
using Group = std::span<Candidate>;

Group group_at(const Analysis& a, std::vector<Candidate>& all, size_t begin) {
  size_t end = begin + 1;
  while (end < all.size() && a.sentence_of[all[end].cue] == a.sentence_of[all[begin].cue]) ++end;
  return Group(all).subspan(begin, end - begin);
}

void repair_sentence(const FrameContext& c, const EntityLayer& entities, Group group) {
  for (Candidate& x : group) {
    drop_told(c, x);
    drop_receiver(c, x);
    complete_phrase(c, x);
    leave_clause(c, x);
    leave_inner_subject(c, x);
    take_name_before(c, entities, x);
    take_name_behind(c, entities, x);
    leave_relative_clause(c, x);
  }
  for (const Candidate& outer : group)
    for (Candidate& x : group) leave_outer_source(c, outer, x);
  for (const Candidate& before : group)
    for (Candidate& x : group)
      if (!before.content.empty() && !x.content.empty()) share_source(c, before, x);
  for (Candidate& noun : group)
    if (std::any_of(group.begin(), group.end(),
                    [&](const Candidate& verb) { return says_the_same(c, noun, verb); }))
      noun.content.clear();
}

}  // namespace

void repair(const FrameContext& c, const EntityLayer& entities, std::vector<Candidate>& accepted) {
  std::erase_if(accepted, [&](const Candidate& x) {
    return c.analysis.words[x.cue].upos == Upos::kVerb && is_undone(c, x.cue);
  });
  for (size_t at = 0; at < accepted.size();) {
    const Group group = group_at(c.analysis, accepted, at);
    repair_sentence(c, entities, group);
    at += group.size();
  }
  std::erase_if(accepted, [](const Candidate& x) { return x.content.empty(); });
}

}  // namespace avstand
