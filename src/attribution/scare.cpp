#include "attribution/scare.h"

#include "text/utf8.h"

namespace avstand {
namespace {

constexpr uint32_t kMaxScareWords = 4;       // in the outlet's own clause
constexpr uint32_t kMaxAttributedWords = 3;  // inside what somebody says: longer is their speech
constexpr float kScareConfidence = 0.7F;
/// An attribution less sure than this does not make quoted words somebody's speech.
constexpr float kSureSpeech = 0.25F;

/// A name or title: it begins with a capital, or has a proper noun or a noun with one.
bool is_name(const FrameContext& c, WordRange inner) {
  const Analysis& a = c.analysis;
  for (WordId w = inner.begin; w < inner.end; ++w) {
    if (a.words[w].upos == Upos::kPropn) return true;
    if (a.words[w].upos == Upos::kNoun && starts_upper(a.form(w))) return true;
  }
  return starts_upper(a.form(inner.begin));
}

/// What stands before the marks names or labels ("stemplet «x»", "known as “x”", "ordet «x»"):
/// the words are spoken of, or are a name.
bool is_named(const FrameContext& c, WordRange sentence, WordId mark) {
  const Analysis& a = c.analysis;
  for (WordId w = mark; w-- > sentence.begin;) {
    if (w > sentence.begin && a.form(w - 1) == "-") return false;  // part of a word: so-called
    if (c.lexicon.is(lower_case(a.form(w)), CueRole::kNaming) ||
        c.lexicon.is(a.lemma(w), CueRole::kNaming))
      return true;
    const Upos u = a.words[w].upos;
    if (u != Upos::kAdp && u != Upos::kSconj && u != Upos::kDet && u != Upos::kAdv) return false;
  }
  return false;
}

/// The word of the phrase that the others hang on: its head stands outside.
WordId top_of(const Analysis& a, WordRange inner) {
  for (WordId w = inner.begin; w < inner.end; ++w)
    if (!inner.contains(a.words[w].head) && a.words[w].upos != Upos::kPunct) return w;
  return inner.begin;
}

/// The phrase is what its clause says of the subject: a verb, or the complement of a copula.
bool is_predicate(const FrameContext& c, WordRange inner) {
  const WordId top = top_of(c.analysis, inner);
  return c.analysis.words[top].upos == Upos::kVerb || c.tree.child(top, Rel::kCop) != kNoWord;
}

/// Whether the phrase ends what a clause says: only an end, a mark or another clause follows.
bool ends_clause(const Analysis& a, WordRange content, WordRange quoted) {
  if (content.end == quoted.end) return true;
  const Upos next = a.words[quoted.end].upos;
  return next == Upos::kCconj || next == Upos::kPunct;
}

/// The words are somebody's, not the outlet's: (nearly) all that an attribution says, its
/// predicate, a long part of it, or the name that its cue gives ("called the delay “shameful”").
bool is_speech(const FrameContext& c, const std::vector<Attribution>& attributions,
               WordRange quoted) {
  const WordRange inner{quoted.begin + 1, quoted.end - 1};
  for (const Attribution& x : attributions)
    for (const WordRange r : x.content) {
      if (x.confidence < kSureSpeech || !r.contains(quoted)) continue;
      if (count_words(x.content) <= quoted.size() + 1) return true;
      if (inner.size() > kMaxAttributedWords || is_predicate(c, inner)) return true;
      if (ends_clause(c.analysis, r, quoted) && x.cue_head != kNoWord &&
          c.lexicon.is(c.analysis.lemma(x.cue_head), CueRole::kNaming))
        return true;
    }
  return false;
}

}  // namespace

std::vector<Attribution> find_scare_quotes(const FrameContext& c, const QuotationMap& quotes,
                                           const WordRange& sentence,
                                           const std::vector<Attribution>& attributions) {
  std::vector<Attribution> out;
  for (WordId w = sentence.begin; w < sentence.end; ++w) {
    const QuotedSpan* q = quotes.quoted_at(w);
    if (q == nullptr || q->words.begin != w || q->inner || q->words.end > sentence.end) continue;
    const WordRange inner{q->words.begin + 1, q->words.end - 1};
    if (inner.empty() || inner.size() > kMaxScareWords) continue;
    if (q->words.size() + 2 >= sentence.size()) continue;  // the quote is the sentence
    if (is_name(c, inner) || is_named(c, sentence, w)) continue;
    if (is_speech(c, attributions, q->words)) continue;
    Attribution x;
    x.quote = QuoteType::kScare;
    x.act = Act::kSay;
    x.commitment = Commitment::kDistanced;
    x.cue = {{w, w + 1}};
    x.cue_head = w;
    x.content = {q->words};
    x.confidence = kScareConfidence;
    x.why = {{"scare_quote", q->words}};
    out.push_back(std::move(x));
  }
  return out;
}

}  // namespace avstand
