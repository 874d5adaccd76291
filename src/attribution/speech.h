// Direct speech over sentence borders: quotes that run on, dash paragraphs whose verb comes later,
// a colon that announces the next line, speech without any verb, and who is speaking in it.
#pragma once

#include <vector>

#include "attribution/candidate.h"
#include "attribution/quotation.h"
#include "attribution/speaker_model.h"

namespace avstand {

/// Whether nothing but marks stands before the word in its sentence.
bool starts_sentence(const Analysis& analysis, WordId word);

/// The pass over an article's direct speech. Works on the accepted candidates of one language, in
/// time linear in the article: every look-up is by word or by sentence within a bounded window.
class SpeechPass {
 public:
  SpeechPass(const FrameContext& context, const EntityLayer& entities, const QuotationMap& quotes,
             std::vector<Candidate>& accepted);

  /// Lengthens contents of direct speech to where the mark opened or closes.
  void extend();
  /// "S V:" or "S:" whose speech follows: appends candidates.
  void add_colon_speech();
  /// Marked speech that nothing accepted covers: appends candidates with the likeliest speaker.
  void add_bare_speech();

 private:
  /// A bare quotation shorter than this is a term or a title, not speech.
  static constexpr uint32_t kMinBareWords = 5;
  /// Longest label before a colon, and longest way to the verb of an inquit.
  static constexpr uint32_t kMaxLabelWords = 12;

  void index();
  bool covered(WordId w) const { return covered_[w] != 0; }
  bool covered(WordRange sentence_or_quote) const;
  void cover(const Candidate& c);
  bool narrated(uint32_t sentence) const;
  bool has_inquit(WordRange sentence) const;
  bool of_speaker_himself(const Candidate& c) const;
  float score(uint32_t first, uint32_t sentence, uint32_t end);
  bool reaches(const DashRun& run, uint32_t sentence);
  uint32_t run_start(const DashRun& run, uint32_t sentence) const;
  void extend_back(Candidate& c);
  void extend_quoted(Candidate& c) const;
  void leave_adverbial(Candidate& c) const;
  void extend_forward(Candidate& c) const;
  void take_speech_before(Candidate& c) const;
  bool inquit_in(uint32_t sentence, WordId other_than) const;
  bool announced(WordId mark, WordId other_than) const;
  void unite(Candidate& c, WordRange range) const;
  WordId announcer(WordId verb) const;
  bool colon_at(WordId colon, Candidate& out) const;
  bool heading_at(WordId colon, Candidate& out) const;
  uint32_t bare_end(uint32_t first, uint32_t end);
  SpeakerModel tellers() const;
  void set_speaker(SpeakerModel& speakers, BareSpeech speech, Candidate& out) const;
  bool inquit_after(WordId at, Candidate& out) const;
  bool has_complement(WordId verb) const;
  bool told_before_in_paragraph(const QuotedSpan& q, Candidate& out) const;
  bool announced_by_comma(const QuotedSpan& q, Candidate& out) const;
  bool begins_clause(WordId w) const;
  bool closes_block(const QuotedSpan& q) const;
  bool is_question_alone(const QuotedSpan& q) const;
  struct Bare {
    BareSpeech speech;
    Candidate candidate;
  };
  std::vector<Bare> bare_dashes();
  void add_bare_quotes(SpeakerModel& speakers);

  const FrameContext& context_;
  const Analysis& a_;
  const EntityLayer& entities_;
  const QuotationMap& quotes_;
  std::vector<Candidate>& accepted_;
  std::vector<std::vector<uint32_t>> by_sentence_;  // candidates by the sentence of their cue
  std::vector<uint8_t> covered_;  // per word: inside the content of a candidate, or of an inquit
  std::vector<uint8_t> spoken_;   // per word: inside marked direct speech of one
  struct Score {
    uint32_t first = UINT32_MAX;
    float value = 0;
  };
  std::vector<Score> scores_;  // per sentence: of its going on with the speech from `first`
};

}  // namespace avstand
