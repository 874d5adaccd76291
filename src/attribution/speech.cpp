#include "attribution/speech.h"

#include <algorithm>

namespace avstand {
namespace {

/// Probability that stands for what the scope rules find; measured on training data
/// (training/README.md).
constexpr float kColonProbability = 0.8F;
constexpr float kBareDashProbability = 0.75F;
constexpr float kBareQuoteProbability = 0.6F;

/// A bare quotation shorter than this is a term or a title, not speech.
constexpr uint32_t kMinBareWords = 5;
/// How many sentences away the speaker of bare speech is looked for.
constexpr uint32_t kSpeakerWindow = 8;

bool ends_with(const Analysis& a, const SentenceInfo& s, std::string_view mark) {
  return !s.words.empty() && a.form(s.words.end - 1) == mark;
}

uint32_t sentence_of(const Analysis& a, const Candidate& c) { return a.sentence_of[c.cue]; }

/// Words of sentences [first, last] as one content range.
WordRange sentences_range(const Analysis& a, uint32_t first, uint32_t last) {
  return {a.sentences[first].words.begin, a.sentences[last].words.end};
}

/// Whether the content reaches back to the beginning of its sentence (marks aside).
bool starts_sentence(const Analysis& a, const Candidate& c) {
  const SentenceInfo& s = a.sentences[a.sentence_of[c.content.front().begin]];
  WordId w = s.words.begin;
  while (w < c.content.front().begin && a.words[w].upos == Upos::kPunct) ++w;
  return c.content.front().begin <= w;
}

/// Puts `range` into the content, keeping cue and source out of it.
void unite(const SpeechContext& x, Candidate& c, WordRange range) {
  std::vector<WordId> words = to_words(c.content);
  for (WordId w = range.begin; w < range.end; ++w) words.push_back(w);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  c.content = subtract(subtract(to_ranges(x.frame.analysis, words), c.cue_words), c.source);
  c.content = trim_content(x.frame.analysis, c.content, true);
}

/// The first sentence after the last inquit of the dash run before sentence s: an inquit closes
/// what came before it.
uint32_t run_start(const SpeechContext& x, const std::vector<Candidate>& accepted,
                   const DashRun& run, uint32_t s) {
  const Analysis& a = x.frame.analysis;
  uint32_t first = run.first_sentence;
  for (const Candidate& c : accepted)
    if (c.content_first && c.frame == Frame::kVerbClause && starts_sentence(a, c)) {
      const uint32_t at = sentence_of(a, c);
      if (at >= first && at < s) first = at + 1;
    }
  return first;
}

void extend_back(const SpeechContext& x, const std::vector<Candidate>& accepted, Candidate& c) {
  const Analysis& a = x.frame.analysis;
  if (!c.content_first || c.content.empty() || !starts_sentence(a, c)) return;
  const uint32_t s = sentence_of(a, c);
  if (x.quotes.quoted_at(c.cue) != nullptr) return;
  if (const DashRun* run = x.quotes.dash_at(s)) {
    const uint32_t first = run_start(x, accepted, *run, s);
    c.direct = true;
    if (first < s)
      unite(x, c, {a.sentences[first].words.begin, a.sentences[s].words.begin});
    else if (first == run->first_sentence)
      unite(x, c, {a.sentences[s].words.begin, a.sentences[s].words.begin + 1});
  }
}

/// Quoted spans that begin or end outside the sentence take the content with them.
void extend_quoted(const SpeechContext& x, Candidate& c) {
  const Analysis& a = x.frame.analysis;
  if (x.quotes.quoted_at(c.cue) != nullptr) return;
  for (const WordRange r : Ranges(c.content)) {
    for (const WordId w : {r.begin, r.end - 1}) {
      const QuotedSpan* q = x.quotes.quoted_at(w);
      if (q == nullptr || q->inner) continue;
      const bool crosses = a.sentence_of[q->words.begin] != a.sentence_of[c.cue] ||
                           a.sentence_of[q->words.end - 1] != a.sentence_of[c.cue];
      const bool leads = q->words.begin == r.begin || q->words.begin + 1 == r.begin || crosses;
      if (leads && !overlaps({q->words}, c.cue_words)) unite(x, c, q->words);
    }
  }
}

bool covered(const std::vector<Candidate>& accepted, WordRange range) {
  for (const Candidate& c : accepted)
    for (const WordRange r : c.content)
      if (r.begin <= range.begin + 1 && range.begin + 1 < r.end) return true;
  return false;
}

/// Whether a sentence is told by the article rather than spoken: it has an attribution of its own
/// whose source is not the first person.
bool narrated(const SpeechContext& x, const std::vector<Candidate>& accepted, uint32_t s) {
  const Analysis& a = x.frame.analysis;
  for (const Candidate& c : accepted) {
    if (c.cue == kNoWord || sentence_of(a, c) != s || c.source_head == kNoWord) continue;
    if (!x.frame.lexicon.is(a.lemma(c.source_head), CueRole::kFirst) && !c.content_first)
      return true;
  }
  return false;
}

/// A heading carries no final punctuation.
bool is_heading(const Analysis& a, const SentenceInfo& s) {
  return !s.words.empty() && a.words[s.words.end - 1].upos != Upos::kPunct;
}

/// Last sentence of bare speech that begins at `first` in `run`.
uint32_t bare_end(const SpeechContext& x, const std::vector<Candidate>& accepted,
                  const DashRun& run, uint32_t first) {
  const Analysis& a = x.frame.analysis;
  if (is_heading(a, a.sentences[first]) || ends_with(a, a.sentences[first], "|")) return first;
  uint32_t last = first;
  for (uint32_t s = first + 1; s < run.end_sentence; ++s) {
    if (narrated(x, accepted, s) || is_heading(a, a.sentences[s]) ||
        ends_with(a, a.sentences[s], "|"))
      break;
    if (covered(accepted, a.sentences[s].words)) break;
    last = s;
  }
  return last;
}

/// The source of the attribution nearest to sentence s that speaks in the third person: before it
/// first, as in dialogue, then after it.
void set_nearest_speaker(const SpeechContext& x, const std::vector<Candidate>& accepted,
                         uint32_t first, uint32_t last, Candidate& out) {
  const Analysis& a = x.frame.analysis;
  const Candidate* best = nullptr;
  uint32_t best_cost = UINT32_MAX;
  for (const Candidate& c : accepted) {
    if (c.source.empty() || c.cue == kNoWord || c.source_head == kNoWord) continue;
    if (x.frame.lexicon.is(a.lemma(c.source_head), CueRole::kFirst)) continue;
    if (x.quotes.quoted_at(c.cue) != nullptr) continue;
    const uint32_t s = sentence_of(a, c);
    const uint32_t distance = s < first ? first - s : s > last ? s - last : 0;
    if (distance > kSpeakerWindow) continue;
    const uint32_t cost = 2 * distance + (s > last ? 1 : 0) + (c.direct ? 0 : 1);
    if (cost < best_cost) best = &c, best_cost = cost;
  }
  if (best == nullptr) return;
  out.source = best->source;
  out.source_head = best->source_head;
}

void add_bare_dashes(const SpeechContext& x, std::vector<Candidate>& accepted) {
  const Analysis& a = x.frame.analysis;
  std::vector<Candidate> bare;
  for (const DashRun& run : x.quotes.dashes()) {
    const uint32_t s = run.first_sentence;
    if (covered(accepted, a.sentences[s].words)) continue;
    Candidate c;
    c.frame = Frame::kBareQuote;
    c.direct = true;
    c.probability = kBareDashProbability;
    const uint32_t last = bare_end(x, accepted, run, s);
    c.content = trim_content(a, {sentences_range(a, s, last)}, true);
    if (c.content.empty()) continue;
    c.content_head = c.content.front().begin;
    // Questions in an interview are the reporter's.
    if (!ends_with(a, a.sentences[last], "?")) set_nearest_speaker(x, accepted, s, last, c);
    bare.push_back(std::move(c));
  }
  accepted.insert(accepted.end(), bare.begin(), bare.end());
}

void add_bare_quotes(const SpeechContext& x, std::vector<Candidate>& accepted) {
  const Analysis& a = x.frame.analysis;
  std::vector<Candidate> bare;
  for (const QuotedSpan& q : x.quotes.quoted()) {
    if (q.inner || q.words.size() < kMinBareWords + 2) continue;
    const SentenceInfo& s = a.sentences[a.sentence_of[q.words.begin]];
    const bool whole = q.words.begin <= s.words.begin + 1;
    if (!whole || covered(accepted, q.words)) continue;
    Candidate c;
    c.frame = Frame::kBareQuote;
    c.direct = true;
    c.probability = kBareQuoteProbability;
    c.cue = q.words.begin;
    c.cue_words = {{q.words.begin, q.words.begin + 1}};
    c.content = {q.words};
    c.content_head = q.words.begin + 1;
    set_nearest_speaker(x, accepted, a.sentence_of[q.words.begin], a.sentence_of[q.words.end - 1],
                        c);
    bare.push_back(std::move(c));
  }
  accepted.insert(accepted.end(), bare.begin(), bare.end());
}

}  // namespace

void extend_speech(const SpeechContext& x, std::vector<Candidate>& accepted) {
  const std::vector<Candidate> before = accepted;
  for (Candidate& c : accepted) {
    extend_back(x, before, c);
    extend_quoted(x, c);
  }
}

void add_colon_speech(const SpeechContext& x, std::vector<Candidate>& accepted) {
  const Analysis& a = x.frame.analysis;
  const size_t known = accepted.size();
  for (uint32_t s = 0; s + 1 < a.sentences.size(); ++s) {
    const WordRange words = a.sentences[s].words;
    if (!ends_with(a, a.sentences[s], ":") || words.size() < 2) continue;
    const WordId next = a.sentences[s + 1].words.begin;
    const QuotedSpan* q = x.quotes.quoted_at(next);
    const DashRun* run = x.quotes.dash_at(s + 1);
    if (q == nullptr && (run == nullptr || run->first_sentence != s + 1)) continue;
    if (covered({accepted.begin(), accepted.begin() + static_cast<std::ptrdiff_t>(known)},
                a.sentences[s + 1].words))
      continue;
    WordId root = words.begin;
    while (root < words.end && a.words[root].head != kNoWord) ++root;
    if (root == words.end) continue;
    Candidate c;
    c.frame = Frame::kColon;
    c.direct = true;
    c.probability = kColonProbability;
    if (a.words[root].upos == Upos::kVerb) {
      c.cue = root;
      c.cue_words = cue_phrase(x.frame, root);
      c.source_head = find_subject(x.frame, root);
    } else {
      c.cue = words.end - 1;
      c.cue_words = {{words.end - 1, words.end}};
      c.source_head = root;
    }
    if (c.source_head != kNoWord)
      c.source = subtract(source_phrase(x.frame, c.source_head), c.cue_words);
    c.content = {q != nullptr ? q->words
                              : sentences_range(a, s + 1, bare_end(x, accepted, *run, s + 1))};
    c.content = trim_content(a, c.content, true);
    c.content_head = next;
    if (!c.content.empty()) accepted.push_back(std::move(c));
  }
}

void add_bare_speech(const SpeechContext& x, std::vector<Candidate>& accepted) {
  add_bare_dashes(x, accepted);
  add_bare_quotes(x, accepted);
}

}  // namespace avstand
