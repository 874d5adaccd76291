#include "attribution/scare.h"

#include <algorithm>
#include <cctype>

namespace avstand {
namespace {

constexpr uint32_t kMaxScareWords = 4;
constexpr float kScareConfidence = 0.7F;

/// A name or title: a capital beyond the first word of the sentence, or a proper noun inside.
bool is_name(const FrameContext& c, WordRange inner) {
  const Analysis& a = c.analysis;
  for (WordId w = inner.begin; w < inner.end; ++w)
    if (a.words[w].upos == Upos::kPropn) return true;
  const auto first = static_cast<unsigned char>(a.form(inner.begin).front());
  return std::isupper(first) != 0 || first >= 0xC3;
}

/// The quoted phrase is all that is said: it is (nearly) all of an attribution's content.
bool whole_content(const std::vector<Attribution>& attributions, WordRange quoted) {
  for (const Attribution& x : attributions)
    for (const WordRange r : x.content)
      if (r.contains(quoted) && count_words(x.content) <= quoted.size() + 1) return true;
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
    if (is_name(c, inner) || whole_content(attributions, q->words)) continue;
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
