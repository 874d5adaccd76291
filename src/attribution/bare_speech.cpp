// Marked speech that no inquit in its sentence claims (SpeechPass, speech.h).
#include <algorithm>

#include "attribution/speech.h"
#include "attribution/speech_model.h"

namespace avstand {
namespace {

/// 80 of 157 bare quotations are right in training texts; of dashes, end and speaker are both right
/// in half of those held out.
constexpr float kBareDashProbability = 0.5F;
constexpr float kBareQuoteProbability = 0.51F;
/// Words between a verb and the quotation that it announces, the comma included.
constexpr WordId kMaxAnnouncing = 6;
constexpr uint32_t kParagraphReach = 2;  // sentences

}  // namespace

/// Last sentence of bare speech from `first`: the likeliest end. It never reaches `end`.
uint32_t SpeechPass::bare_end(uint32_t first, uint32_t end) {
  uint32_t last = first;
  if (is_heading(a_, a_.sentences[first])) return last;
  float sum = 0, best = 0;
  for (uint32_t s = first + 1; s < std::min(end, first + kLongestSpeech + 1); ++s) {
    const SentenceInfo& sentence = a_.sentences[s];
    if (sentence.block != a_.sentences[first].block) break;
    if (is_heading(a_, sentence) || spoken_[sentence.words.begin] != 0) break;
    sum += score(first, s, end);
    if (sum <= best) continue;
    best = sum;
    last = s;
  }
  return last;
}

/// Who has been found to say something so far.
SpeakerModel SpeechPass::tellers() const {
  SpeakerModel out(context_, entities_, quotes_, spoken_);
  for (const Candidate& c : accepted_)
    if (spoken_[c.cue] == 0)
      out.add({c.source, c.source_head, c.direct ? Teller::kHeard : Teller::kReported});
  return out;
}

void SpeechPass::set_speaker(SpeakerModel& speakers, BareSpeech speech, Candidate& out) const {
  SpeakerChoice chosen = speakers.best(speech);
  out.source = std::move(chosen.source);
  out.source_head = chosen.head;
  speakers.add({out.source, out.source_head, Teller::kBare});
}

/// Speech that a dash opens and no inquit closes; it is covered from now on.
std::vector<SpeechPass::Bare> SpeechPass::bare_dashes() {
  std::vector<Bare> bare;
  for (const DashRun& run : quotes_.dashes()) {
    const uint32_t s = run.first_sentence;
    if (!context_.reads(s) || has_inquit(a_.sentences[s].words)) continue;
    const uint32_t last = bare_end(s, run.end_sentence);
    Candidate c;
    c.frame = Frame::kBareQuote;
    c.direct = true;
    c.probability = kBareDashProbability;
    c.content =
        trim_content(a_, {{a_.sentences[s].words.begin, a_.sentences[last].words.end}}, true);
    if (c.content.empty()) continue;
    c.content_head = c.content.front().begin;
    bare.push_back({{s, last}, std::move(c)});
  }
  for (const Bare& b : bare) cover(b.candidate);
  return bare;
}

/// What stands right behind a quotation: "― Name", or an inquit that was cut off as a sentence of
/// its own because the speech ended in a full stop, question or exclamation mark.
bool SpeechPass::inquit_after(WordId at, Candidate& out) const {
  if (at + 1 >= a_.words.size() || a_.sentence(at).block != a_.sentence(at - 1).block) return false;
  const WordRange sentence = a_.sentence(at).words;
  if (is_dash(a_.form(at)) && a_.words[at + 1].upos == Upos::kPropn && sentence.contains(at + 1)) {
    WordId end = at + 1;
    while (end < sentence.end && a_.words[end].upos == Upos::kPropn) ++end;
    out.cue = at;
    out.cue_words = {{at, at + 1}};
    out.source = {{at + 1, end}};
    out.source_head = at + 1;
    return true;
  }
  if (at != sentence.begin) return false;
  bool apposed = false;  // "the mayor's niece, state delegate Ada Lorin (D-Orrin), shouted"
  for (WordId v = at; v < sentence.end && v < at + (apposed ? 2 : 1) * kMaxLabelWords; ++v) {
    if (begins_clause(v)) return false;
    apposed = apposed || a_.words[v].upos == Upos::kPunct;
    const CueEntry* entry = context_.lexicon.find(Upos::kVerb, a_.lemma(v));
    if (a_.words[v].upos != Upos::kVerb || entry == nullptr) continue;
    const WordId subject = find_subject(context_, v);
    if (subject == kNoWord || !sentence.contains(subject)) return false;
    if (entry->act != Act::kSay && entry->act != Act::kAsk && entry->act != Act::kDemand)
      return false;
    if (apposed && (a_.words[v].head != kNoWord || subject > v || has_complement(v))) return false;
    set_cue(context_, v, subject, out);
    return true;
  }
  return false;
}

/// Whether the verb has what it says in its own sentence.
bool SpeechPass::has_complement(WordId verb) const {
  for (const Rel rel : {Rel::kCcomp, Rel::kXcomp, Rel::kObj})
    if (context_.tree.child(verb, rel) != kNoWord) return true;
  return false;
}

/// "S V, “C.”" inside a sentence: the verb right before the comma announces what is between the
/// marks.
bool SpeechPass::announced_by_comma(const QuotedSpan& q, Candidate& out) const {
  const WordId begin = a_.sentence(q.words.begin).words.begin;
  if (q.words.begin < begin + 2 || a_.form(q.words.begin - 1) != ",") return false;
  const WordId first = q.words.begin - std::min(q.words.begin - begin, kMaxAnnouncing);
  for (WordId v = q.words.begin - 1; v-- > first;) {
    if (a_.words[v].upos == Upos::kPunct) return false;
    if (a_.words[v].upos != Upos::kVerb) continue;
    const CueEntry* entry = context_.lexicon.find(Upos::kVerb, a_.lemma(v));
    if (entry == nullptr || (entry->act != Act::kSay && entry->act != Act::kAsk)) return false;
    set_cue(context_, v, find_subject(context_, v), out);
    return true;
  }
  return false;
}

/// Whether a subordinate clause begins with the word: an inquit has none before its verb.
bool SpeechPass::begins_clause(WordId w) const { return a_.words[w].upos == Upos::kSconj; }

bool SpeechPass::closes_block(const QuotedSpan& q) const {
  const WordId end = q.words.end;
  return end == a_.words.size() || a_.sentence(end).block != a_.sentence(q.words.begin).block;
}

/// A question that is a paragraph by itself is the reporter's, like one behind a dash.
bool SpeechPass::is_question_alone(const QuotedSpan& q) const {
  const WordId begin = q.words.begin, end = q.words.end;
  const bool opens = begin == 0 || a_.sentence(begin - 1).block != a_.sentence(begin).block;
  return opens && closes_block(q) && a_.form(end - 2) == "?";
}

/// "S called him C. “C.”": who was heard last in the paragraph goes on, where nobody else tells
/// anything in between.
bool SpeechPass::told_before_in_paragraph(const QuotedSpan& q, Candidate& out) const {
  const uint32_t s = a_.sentence_of[q.words.begin];
  if (!closes_block(q)) return false;
  for (uint32_t before = s; before-- > 0 && s - before <= kParagraphReach;) {
    if (a_.sentences[before].block != a_.sentences[s].block) return false;
    const Candidate* last = nullptr;
    for (const uint32_t i : by_sentence_[before]) {
      const Candidate& c = accepted_[i];
      if (c.source_head == kNoWord || quotes_.quoted_at(c.source_head) != nullptr) continue;
      if (a_.has(c.source_head, "PronType=Rel")) continue;
      if (last == nullptr || c.cue > last->cue) last = &c;
    }
    if (last == nullptr) continue;
    if (of_speaker_himself(*last)) return false;
    out.source = last->source;
    out.source_head = last->source_head;
    return true;
  }
  return false;
}

void SpeechPass::add_bare_quotes(SpeakerModel& speakers) {
  for (const QuotedSpan& q : quotes_.quoted()) {
    if (!context_.reads(a_.sentence_of[q.words.begin])) continue;
    if (q.inner || q.words.size() < kMinBareWords + 2 || covered(q.words)) continue;
    Candidate c;
    c.frame = Frame::kBareQuote;
    c.direct = true;
    c.probability = kBareQuoteProbability;
    c.cue = q.words.begin;
    c.cue_words = {{q.words.begin, q.words.begin + 1}};
    c.content = {q.words};
    c.content_head = q.words.begin + 1;
    const bool inside = !starts_sentence(a_, q.words.begin + 1);
    if (inside && !announced_by_comma(q, c)) continue;
    if (!inside && inquit_after(q.words.end, c)) {
      c.content_first = true;
      if (a_.words[c.cue].upos == Upos::kVerb) extend_forward(c);  // "― Name" closes it
    } else if (!inside && told_before_in_paragraph(q, c)) {
      speakers.add({c.source, c.source_head, Teller::kBare});
    } else if (!inside && !is_question_alone(q))
      set_speaker(speakers, {a_.sentence_of[q.words.begin], a_.sentence_of[q.words.end - 1]}, c);
    cover(c);
    accepted_.push_back(std::move(c));
  }
}

void SpeechPass::add_bare_speech() {
  // All speech is known before a speaker is looked for, so that nobody inside one is taken.
  std::vector<Bare> bare = bare_dashes();
  SpeakerModel speakers = tellers();
  for (Bare& b : bare) {
    // Questions in an interview are the reporter's.
    if (a_.form(a_.sentences[b.speech.last].words.end - 1) != "?")
      set_speaker(speakers, b.speech, b.candidate);
    by_sentence_[b.speech.last].push_back(static_cast<uint32_t>(accepted_.size()));
    accepted_.push_back(std::move(b.candidate));
  }
  add_bare_quotes(speakers);
}

}  // namespace avstand
