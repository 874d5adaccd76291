// Events: what main verbs and nouns of happening tell.
#include <algorithm>

#include "event/finder.h"

namespace avstand::event {
namespace {

/// Whether a child's words belong to the phrase of its head: clauses and what merely stands beside
/// it do not.
bool in_phrase(Rel rel) {
  switch (rel) {
    case Rel::kAcl:
    case Rel::kAdvcl:
    case Rel::kCc:
    case Rel::kCcomp:
    case Rel::kConj:
    case Rel::kCsubj:
    case Rel::kDiscourse:
    case Rel::kDislocated:
    case Rel::kList:
    case Rel::kMark:
    case Rel::kParataxis:
    case Rel::kPunct:
    case Rel::kRoot:
    case Rel::kVocative:
    case Rel::kXcomp:
      return false;
    default:
      return true;
  }
}

bool is_argument(Rel rel) {
  return rel == Rel::kNsubj || rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kRoot ||
         rel == Rel::kConj || rel == Rel::kAppos || rel == Rel::kParataxis;
}

/// A verb that tells an event of its own.
bool tells_an_event(const Finder& f, WordId w) {
  const Word& word = f.analysis.words[w];
  if (!f.judge.is_predicate(w) || word.rel == Rel::kAux || word.rel == Rel::kCop ||
      word.rel == Rel::kAmod || word.rel == Rel::kFixed || word.rel == Rel::kCase)
    return false;
  if (f.analysis.has(w, "Mood=Imp") || f.judge.has_event_below(w)) return false;
  return !f.judge.is(w, WordRole::kState) && !f.judge.is(w, WordRole::kSpeech);
}

/// A noun whose verb tells the same: "undertegnet en avtale".
bool told_by_verb(const Finder& f, WordId noun, const std::string& type) {
  const Word& word = f.analysis.words[noun];
  if (type.empty() || word.rel != Rel::kObj || word.head == kNoWord) return false;
  const auto& verbs = f.judge.words_at(noun)->verbs;
  const auto it = verbs.find(f.analysis.lemma(word.head));
  return it != verbs.end() && it->second == type && tells_an_event(f, word.head);
}

/// The time of a verb, of the verb that it only carries on, or of the first of coordinated verbs.
uint32_t time_of(const Finder& f, WordId w) {
  for (int step = 0; step < 3; ++step) {
    if (f.time_of[w] != kNoTime) return f.time_of[w];
    const Word& word = f.analysis.words[w];
    const bool shares =
        word.rel == Rel::kXcomp ||
        (word.rel == Rel::kConj && f.tree.child(w, Rel::kNsubj) == kNoWord) ||
        (!f.judge.is_predicate(w) && (word.rel == Rel::kNsubj || word.rel == Rel::kObj));
    if (!shares || word.head == kNoWord) return kNoTime;
    w = word.head;
  }
  return kNoTime;
}

Event make_event(Finder& f, WordId w, std::string type, EventStatus status) {
  Event out;
  out.words = f.phrase[w];
  while (out.words.begin < w && f.analysis.words[out.words.begin].rel == Rel::kCase &&
         f.analysis.words[out.words.begin].head == w)
    ++out.words.begin;
  out.head = w;
  out.predicate = f.analysis.lemma(w);
  out.type = std::move(type);
  out.time = time_of(f, w);
  out.status = status;
  add_participants(f, out);
  return out;
}

}  // namespace

const std::string* happening_type(const Finder& f, WordId w) {
  if (f.analysis.words[w].upos != Upos::kNoun) return nullptr;
  const EventLexicon::Language* words = f.judge.words_at(w);
  if (!words) return nullptr;
  const auto it = words->happenings.find(f.analysis.lemma(w));
  return it == words->happenings.end() ? nullptr : &it->second;
}

/// The stretch of each word's phrase, from the leaves up.
void measure_phrases(Finder& f) {
  const auto& words = f.analysis.words;
  f.phrase.resize(words.size());
  std::vector<WordId> order;
  order.reserve(words.size());
  for (WordId w = 0; w < words.size(); ++w) {
    f.phrase[w] = {w, w + 1};
    if (words[w].head == kNoWord) order.push_back(w);
  }
  for (size_t i = 0; i < order.size(); ++i)
    for (const WordId c : f.tree.children(order[i])) order.push_back(c);
  for (auto it = order.rbegin(); it != order.rend(); ++it) {
    const Word& word = words[*it];
    if (word.head == kNoWord || !in_phrase(word.rel)) continue;
    WordRange& outer = f.phrase[word.head];
    outer.begin = std::min(outer.begin, f.phrase[*it].begin);
    outer.end = std::max(outer.end, f.phrase[*it].end);
  }
}

/// Makes an event of each verb that tells one and of each happening, in text order.
void find_predicates(Finder& f) {
  for (const SentenceInfo& sentence : f.analysis.sentences) {
    if (!sentence.parsed || sentence.words.empty() || !f.judge.words_at(sentence.words.begin))
      continue;
    for (WordId w = sentence.words.begin; w < sentence.words.end; ++w) {
      if (tells_an_event(f, w)) {
        const auto& verbs = f.judge.words_at(w)->verbs;
        const auto it = verbs.find(f.analysis.lemma(w));
        f.out.events.push_back(
            make_event(f, w, it == verbs.end() ? std::string() : it->second, f.judge.verb(w)));
      } else if (const std::string* type = happening_type(f, w);
                 type && is_argument(f.analysis.words[w].rel) && !told_by_verb(f, w, *type)) {
        f.out.events.push_back(make_event(f, w, *type, f.judge.happening(w)));
      }
    }
  }
}

}  // namespace avstand::event
