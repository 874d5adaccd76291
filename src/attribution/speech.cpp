#include "attribution/speech.h"

#include <algorithm>
#include <cmath>

#include "attribution/anaphora.h"
#include "attribution/labels.h"
#include "attribution/speech_model.h"

namespace avstand {
namespace {

/// Confidence in what stands after a colon: 45 of 59 are right in training texts.
constexpr float kColonProbability = 0.76F;
/// Probability below which a sentence parts an inquit from the dash that opened the run. Low: that
/// the inquit is there speaks for speech in between.
constexpr float kRunGoesOn = 0.05F;
/// What is no likelier says nothing about speech.
constexpr float kUnsure = 0.5F;
/// Marks of `covered_`.
constexpr uint8_t kCovered = 1, kInquit = 2;
constexpr uint32_t kMaxHeadingLabel = 5;

}  // namespace

bool starts_sentence(const Analysis& a, WordId at) {
  WordId w = a.sentence(at).words.begin;
  while (w < at && a.words[w].upos == Upos::kPunct) ++w;
  return at <= w;
}

SpeechPass::SpeechPass(const FrameContext& context, const EntityLayer& entities,
                       const QuotationMap& quotes, std::vector<Candidate>& accepted)
    : context_(context),
      a_(context.analysis),
      entities_(entities),
      quotes_(quotes),
      accepted_(accepted) {
  index();
}

void SpeechPass::index() {
  by_sentence_.assign(a_.sentences.size(), {});
  covered_.assign(a_.words.size(), 0);
  spoken_.assign(a_.words.size(), 0);
  scores_.assign(a_.sentences.size(), {});
  for (uint32_t i = 0; i < accepted_.size(); ++i) {
    by_sentence_[a_.sentence_of[accepted_[i].cue]].push_back(i);
    cover(accepted_[i]);
  }
}

void SpeechPass::cover(const Candidate& c) {
  const bool inquit = c.frame == Frame::kBareQuote || (c.content_first && !of_speaker_himself(c)) ||
                      c.frame == Frame::kAccording;
  for (const WordRange r : c.content)
    for (WordId w = r.begin; w < r.end; ++w) {
      covered_[w] = std::max(covered_[w], inquit ? kInquit : kCovered);
      if (c.direct) spoken_[w] = 1;
    }
}

/// Whether the first words of a stretch belong to somebody already (its opening mark aside).
bool SpeechPass::covered(WordRange r) const {
  return r.size() < 2 ? covered(r.begin) : covered(r.begin + 1);
}

/// Whether the first words of a sentence of speech are some inquit's already.
bool SpeechPass::has_inquit(WordRange sentence) const {
  const WordId at = sentence.size() < 2 ? sentence.begin : sentence.begin + 1;
  return covered_[at] == kInquit || spoken_[at] != 0;
}

bool SpeechPass::narrated(uint32_t sentence) const {
  for (const uint32_t i : by_sentence_[sentence]) {
    const Candidate& c = accepted_[i];
    if (c.source_head == kNoWord || c.content_first) continue;
    if (!context_.lexicon.is(a_.lemma(c.source_head), CueRole::kFirst)) return true;
  }
  return false;
}

void SpeechPass::unite(Candidate& c, WordRange range) const {
  const Ranges whole =
      subtract(subtract(avstand::unite(a_, c.content, {range}), c.cue_words), c.source);
  if (Ranges trimmed = trim_content(a_, whole, true); !trimmed.empty())
    c.content = std::move(trimmed);
}

/// Whether the one who speaks says it of himself or of whom he speaks to ("…, I think"): a part of
/// speech, no inquit. "…, I said" is one.
bool SpeechPass::of_speaker_himself(const Candidate& c) const {
  if (c.source_head == kNoWord) return false;
  const std::string_view lemma = a_.lemma(c.source_head);
  if (context_.lexicon.is(lemma, CueRole::kSecond)) return true;
  if (!context_.lexicon.is(lemma, CueRole::kFirst)) return false;
  if (c.cue == kNoWord) return true;  // speech behind a dash
  const CueEntry* entry = context_.lexicon.find(a_.words[c.cue].upos, a_.lemma(c.cue));
  return !(entry != nullptr && (entry->act == Act::kSay || entry->act == Act::kAsk));
}

float SpeechPass::score(uint32_t first, uint32_t sentence, uint32_t end) {
  Score& known = scores_[sentence];
  if (known.first != first)
    known = {first, continuation_score(context_, {first, sentence, narrated(sentence), end})};
  return known.value;
}

/// Whether the speech that the dash opened can have lasted until the sentence.
bool SpeechPass::reaches(const DashRun& run, uint32_t sentence) {
  const uint32_t first = run.first_sentence;
  if (sentence - first > kLongestSpeech) return false;
  if (sentence > first && is_heading(a_, a_.sentences[first])) return false;
  const uint32_t end = std::min(run.end_sentence, first + kLongestSpeech + 1);
  double sum = 0, all = 1, reaching = sentence == first ? 1 : 0;
  for (uint32_t s = first + 1; s < end; ++s) {
    sum += score(first, s, run.end_sentence);
    const double here = std::exp(sum);
    all += here;
    if (s >= sentence) reaching += here;
  }
  return reaching >= kRunGoesOn * all;
}

/// The first sentence of the run that no earlier inquit has closed.
uint32_t SpeechPass::run_start(const DashRun& run, uint32_t sentence) const {
  for (uint32_t s = sentence; s > run.first_sentence; --s)
    for (const uint32_t i : by_sentence_[s - 1]) {
      const Candidate& c = accepted_[i];
      if (c.content_first && c.frame == Frame::kParenthetical && !of_speaker_himself(c) &&
          starts_sentence(a_, c.content.front().begin))
        return s;
    }
  return run.first_sentence;
}

/// "– C. C. C, V S": the verb comes in the last sentence, the dash stands before the first.
void SpeechPass::extend_back(Candidate& c) {
  if (!c.content_first || !starts_sentence(a_, c.content.front().begin)) return;
  if (c.frame == Frame::kAnaphora || quotes_.quoted_at(c.cue) != nullptr) return;
  // What stands between marks of its own is none of what the dash opened.
  const QuotedSpan* own = quotes_.quoted_at(c.content.front().begin);
  if (own != nullptr && own->words.begin == c.content.front().begin) return;
  const uint32_t s = a_.sentence_of[c.cue];
  const DashRun* run = quotes_.dash_at(s);
  if (run == nullptr || of_speaker_himself(c) || !reaches(*run, s)) return;
  const uint32_t first = run_start(*run, s);
  c.direct = true;
  const WordId begin = a_.sentences[first].words.begin;
  if (first == run->first_sentence || first < s)
    unite(c, {begin, std::max(begin + 1, a_.sentences[s].words.begin)});
}

/// Quoted spans that the content begins, ends in, or that run over the sentence come in whole.
void SpeechPass::extend_quoted(Candidate& c) const {
  if (quotes_.quoted_at(c.cue) != nullptr) return;
  for (const WordRange r : Ranges(c.content)) {
    for (const WordId w : {r.begin, r.end - 1}) {
      const QuotedSpan* q = quotes_.quoted_at(w);
      if (q == nullptr || q->inner || overlaps({q->words}, c.cue_words)) continue;
      const uint32_t s = a_.sentence_of[c.cue];
      const bool crosses =
          a_.sentence_of[q->words.begin] != s || a_.sentence_of[q->words.end - 1] != s;
      if (q->words.begin == r.begin || q->words.begin + 1 == r.begin || crosses) {
        unite(c, q->words);
        c.direct = c.direct || crosses;
      }
    }
  }
}

/// “C,” S said as he left: what goes on without marks behind the inquit of a quoted clause is told
/// of the speaking.
void SpeechPass::leave_adverbial(Candidate& c) const {
  if (!c.content_first || c.content.size() < 2) return;
  const WordRange first = c.content.front();
  const QuotedSpan* q = quotes_.quoted_at(first.begin);
  if (q == nullptr || q->words.begin != first.begin || first.end > q->words.end) return;
  const bool clause = std::any_of(a_.words.begin() + first.begin, a_.words.begin() + first.end,
                                  [](const Word& w) { return w.upos == Upos::kVerb; });
  if (!clause || first.end > c.cue) return;
  std::erase_if(c.content, [&](WordRange r) {
    return r.begin > c.cue && quotes_.quoted_at(r.begin) == nullptr &&
           quotes_.quoted_at(r.end - 1) == nullptr;
  });
}

/// “C,” S said. “C.” – marked speech that goes on right after its inquit is one utterance.
void SpeechPass::extend_forward(Candidate& c) const {
  if (!c.content_first || quotes_.quoted_at(c.cue) != nullptr) return;
  const QuotedSpan* before = quotes_.quoted_at(c.content.back().end - 1);
  if (before == nullptr) return;
  const uint32_t block = a_.sentence(c.cue).block;
  WordId at = c.cue + 1;
  for (const Ranges* part : {&c.cue_words, &c.source})
    if (!part->empty()) at = std::max(at, part->back().end);
  // What stands between the inquit and the next mark: little in the sentence, nothing beyond it.
  const WordId sentence_end = a_.sentence(c.cue).words.end;
  const WordId behind_inquit = at;
  while (at < sentence_end && !is_quotation_mark(a_.form(at))) ++at;
  // "said S in the novel “T”": what names a thing is no speech.
  if (at > behind_inquit && at < sentence_end && a_.words[at - 1].upos != Upos::kPunct) return;
  while (at < a_.words.size() && a_.sentence(at).block == block) {
    const QuotedSpan* q = quotes_.quoted_at(at);
    if (q == nullptr || q->inner || q->words.begin != at || spoken_[at] != 0) return;
    if (announced(at, c.cue)) return;
    if (inquit_in(a_.sentence_of[q->words.end - 1], c.cue)) return;
    unite(c, q->words);
    at = q->words.end;
  }
}

/// Whether a cue that stands before the mark, in its sentence, has what is between the marks:
/// “C,” S said, adding later, “C.”
bool SpeechPass::announced(WordId mark, WordId other_than) const {
  const auto& here = by_sentence_[a_.sentence_of[mark]];
  return std::any_of(here.begin(), here.end(), [&](uint32_t i) {
    const Candidate& c = accepted_[i];
    return c.cue > other_than && c.cue < mark && contains(c.content, mark + 1);
  });
}

/// Whether another accepted inquit closes speech in the sentence.
bool SpeechPass::inquit_in(uint32_t sentence, WordId other_than) const {
  for (const uint32_t i : by_sentence_[sentence])
    if (accepted_[i].content_first && accepted_[i].cue != other_than &&
        quotes_.quoted_at(accepted_[i].cue) == nullptr)
      return true;
  return false;
}

/// "– C. C. / Det V S.": the pronoun stands for the speech before it that has no inquit.
void SpeechPass::take_speech_before(Candidate& c) const {
  if (c.cue == kNoWord || c.content.empty()) return;
  const uint32_t s = a_.sentence_of[c.cue];
  const DashRun* run = s == 0 ? nullptr : quotes_.dash_at(s - 1);
  const bool last_of_it =
      c.frame == Frame::kAnaphora && a_.sentence_of[c.content.front().begin] + 1 == s;
  if (run == nullptr || !(last_of_it || begins_with_what_was_told(context_, c))) return;
  if (!is_telling(act_of(context_, c)) || of_speaker_himself(c)) return;
  if (s - run->first_sentence > kLongestSpeech) return;
  for (uint32_t i = run->first_sentence; i < s; ++i) {
    if (is_heading(a_, a_.sentences[i]) || (i > run->first_sentence && narrated(i))) return;
    for (const uint32_t k : by_sentence_[i]) {
      const Candidate& x = accepted_[k];
      const bool sure = x.probability > kUnsure;
      if (x.content_first && sure && !of_speaker_himself(x)) return;
    }
  }
  const WordRange speech{a_.sentences[run->first_sentence].words.begin,
                         a_.sentences[s - 1].words.end};
  if (a_.form(speech.end - 1) == "?") return;  // the reporter's
  c.content = trim_content(a_, {speech}, true);
  c.content_head = c.content.front().begin;
  c.content_first = true;
  c.direct = true;
  c.frame = Frame::kAnaphora;
}

void SpeechPass::extend() {
  std::vector<Candidate> extended = accepted_;  // run_start looks at the contents as they were
  for (Candidate& c : extended) {
    extend_back(c);
    extend_quoted(c);
    leave_adverbial(c);
    extend_forward(c);
    take_speech_before(c);
  }
  accepted_ = std::move(extended);
  index();
}

/// Who speaks by a verb before a colon: its subject; of a passive the agent, or the document that
/// it is read in ("Slik er møtet beskrevet i dommen: «C.»").
WordId SpeechPass::announcer(WordId verb) const {
  const bool state =
      a_.has(verb, "VerbForm=Part") && context_.tree.child(verb, Rel::kCop) != kNoWord;
  if (!state && !is_passive(context_, verb)) return find_subject(context_, verb);
  const CueEntry* entry = context_.lexicon.find(Upos::kVerb, a_.lemma(verb));
  if (entry != nullptr && entry->quoted_subject) return find_subject(context_, verb);
  if (const WordId agent = find_agent(context_, verb); agent != kNoWord) return agent;
  for (const WordId child : context_.tree.children(verb)) {
    const Mention* m = a_.words[child].rel == Rel::kObl ? entities_.by_head(child) : nullptr;
    if (m != nullptr && m->entity != kNoEntity &&
        entities_.entities[m->entity].profile.kind == ProfileKind::kDocument)
      return child;
  }
  return kNoWord;
}

/// What stands before a colon announces the speech behind it: a verb with its subject, or a name.
bool SpeechPass::colon_at(WordId colon, Candidate& out) const {
  const WordRange words = a_.sentence(colon).words;
  const WordRange before{words.begin, colon};
  if (before.empty()) return false;
  WordId top = before.begin;
  for (WordId w = before.begin; w < before.end; ++w)
    if (a_.words[w].head == kNoWord || !before.contains(a_.words[w].head)) {
      top = w;
      break;
    }
  const bool verb = a_.words[top].upos == Upos::kVerb;
  if (!verb && (before.size() > kMaxLabelWords || is_dash(a_.form(before.begin)))) return false;
  out.frame = Frame::kColon;
  out.direct = true;
  out.probability = kColonProbability;
  out.cue = verb ? top : colon;
  out.cue_words = verb ? cue_phrase(context_, top) : Ranges{{colon, colon + 1}};
  out.source_head = verb ? announcer(top) : top;
  if (out.source_head != kNoWord && !before.contains(out.source_head)) out.source_head = kNoWord;
  if (out.source_head != kNoWord) {
    const Ranges phrase = subtract(source_phrase(context_, out.source_head), out.cue_words);
    for (const WordRange r : phrase)
      if (before.overlaps(r)) out.source.push_back({r.begin, std::min(r.end, colon)});
  }
  return true;
}

/// "FN: Hundrevis drept": in a heading a body or person before a colon says what is behind it.
/// Places and topics stand there too.
bool SpeechPass::heading_at(WordId colon, Candidate& out) const {
  const SentenceInfo& label = a_.sentence(colon);
  const WordRange before{label.words.begin, colon};
  if (before.empty() || before.size() > kMaxHeadingLabel) return false;
  const uint32_t s = a_.sentence_of[colon];
  if (s > 0 && a_.sentences[s - 1].block == label.block) return false;
  uint32_t last = s;
  while (last + 1 < a_.sentences.size() && a_.sentences[last + 1].block == label.block) ++last;
  // A first line of one sentence is a title, whatever mark it ends in.
  const bool title = last == 0 && a_.sentences.size() > 1;
  for (uint32_t i = s; i <= last && !title; ++i)
    if (!is_heading(a_, a_.sentences[i]) && !(i == s && colon + 1 == label.words.end)) return false;
  const Mention* m = entities_.principal(a_, before);
  if (m == nullptr || m->entity == kNoEntity || !m->words.contains(before)) return false;
  const EntityType type = entities_.entities[m->entity].type;
  // A name alone may be a place that nobody knows.
  if (type == EntityType::kOrganisation &&
      entities_.entities[m->entity].profile.kind == ProfileKind::kUnknown)
    return false;
  if (type != EntityType::kPerson && type != EntityType::kOrganisation &&
      type != EntityType::kGroup)
    return false;
  out.frame = Frame::kColon;
  out.probability = kColonProbability;
  out.cue = colon;
  out.cue_words = {{colon, colon + 1}};
  out.source_head = m->head;
  out.source = {before};
  out.content = trim_content(a_, {{colon + 1, a_.sentences[last].words.end}}, true);
  if (out.content.empty()) return false;
  out.content_head = out.content.front().begin;
  return true;
}

void SpeechPass::add_colon_speech() {
  std::vector<Candidate> found;
  for (WordId w = 0; w + 2 < a_.words.size(); ++w) {
    if (a_.words[w].upos != Upos::kPunct || a_.form(w) != ":") continue;
    if (!context_.reads(a_.sentence_of[w])) continue;
    const WordId next = w + 1;
    const QuotedSpan* q = quotes_.quoted_at(next);
    const bool quoted = q != nullptr && q->words.begin == next;
    const uint32_t s = a_.sentence_of[next];
    const bool new_sentence = a_.sentence_of[w] != s;
    const bool dash = is_dash(a_.form(next)) && a_.words[next].span.begin > a_.words[w].span.end &&
                      (!new_sentence || quotes_.marked(next));  // else an item of a list
    if (covered(WordRange{next, next + 2 < a_.words.size() ? next + 2 : next + 1})) continue;
    if (Candidate heading; !quoted && !dash && heading_at(w, heading))
      found.push_back(std::move(heading));
    if (!quoted && !dash) continue;
    if (quoted && q->words.size() < kMinBareWords) continue;
    Candidate c;
    if (!colon_at(w, c)) continue;
    const DashRun* run = quotes_.dash_at(s);
    const uint32_t end = run == nullptr ? s + 1 : run->end_sentence;
    const WordId last =
        quoted ? q->words.end : a_.sentences[new_sentence ? bare_end(s, end) : s].words.end;
    c.content = trim_content(a_, {{next, last}}, true);
    if (c.content.empty()) continue;
    c.content_head = next;
    found.push_back(std::move(c));
  }
  accepted_.insert(accepted_.end(), found.begin(), found.end());
  index();
}

}  // namespace avstand
