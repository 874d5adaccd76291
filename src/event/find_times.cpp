// Times: each sentence is read from left to right, and every time is hung on what it dates.
#include "event/finder.h"
#include "event/time_parser.h"

namespace avstand::event {
namespace {

constexpr int kLongestPath = 12;

/// The word of the range that the others hang on.
WordId top(const Analysis& a, WordRange range) {
  for (WordId w = range.begin; w < range.end; ++w)
    if (a.words[w].head == kNoWord || !range.contains(a.words[w].head))
      if (a.words[w].rel != Rel::kCase && a.words[w].upos != Upos::kPunct) return w;
  return range.begin;
}

/// The predicate or happening that a time dates; kNoWord: none.
WordId dated_by(const Finder& f, WordRange time) {
  WordId w = f.analysis.words[top(f.analysis, time)].head;
  for (int step = 0; w != kNoWord && step < kLongestPath; ++step) {
    if (f.judge.is_predicate(w) || happening_type(f, w)) return w;
    w = f.analysis.words[w].head;
  }
  return kNoWord;
}

void hang(Finder& f, const ParsedTime& time, const Reference& reference) {
  const auto index = static_cast<uint32_t>(f.out.times.size() - 1);
  const WordId on = dated_by(f, time.words);
  if (on == kNoWord) return;
  if (f.time_of[on] == kNoTime) f.time_of[on] = index;
  if (time.since) f.judge.mark_since(on);
  if (time.period && reference.published && time.period->first > *reference.published &&
      reference.direction == Direction::kFuture)
    f.judge.mark_ahead(on);
}

void read_sentence(Finder& f, WordRange sentence, const TimeLexicon::Language& lexicon,
                   Reference& reference) {
  TimeParser parser(f.analysis, sentence, lexicon);
  for (WordId w = sentence.begin; w < sentence.end;) {
    if (!parser.may_begin(w)) {
      ++w;
      continue;
    }
    reference.direction = Direction::kPast;
    auto time = parser.parse(w, reference);
    if ((time || parser.may_look_ahead(w)) && f.judge.looks_ahead(w)) {
      reference.direction = Direction::kFuture;
      time = parser.parse(w, reference);
    }
    if (!time) {
      ++w;
      continue;
    }
    f.out.times.push_back({time->words, time->period ? time->period->value : std::string()});
    hang(f, *time, reference);
    if (time->period) reference.anchor = time->period->last;
    w = time->words.end;
  }
}

}  // namespace

/// Reads the times of all sentences and hangs each on the predicate or happening that it dates.
void find_times(Finder& f, const TimeLexicon& lexicon) {
  Reference reference;
  if (f.article.published) reference.published = parse_day(*f.article.published);
  for (const SentenceInfo& sentence : f.analysis.sentences) {
    const TimeLexicon::Language* words = lexicon.find(sentence.language);
    if (words && sentence.parsed) read_sentence(f, sentence.words, *words, reference);
  }
}

}  // namespace avstand::event
