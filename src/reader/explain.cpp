#include "reader/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "attribution/explain.h"
#include "reader/layers.h"

namespace avstand {
namespace {

bool same(const Analysis& a, const std::vector<WordRange>& ranges, const std::vector<Span>& spans) {
  return std::equal(ranges.begin(), ranges.end(), spans.begin(), spans.end(),
                    [&](WordRange r, Span s) { return a.span(r) == s; });
}

/// The attribution that the statement was concluded from; null for own words.
const Attribution* attribution_of(const Reading& reading, const ledger::Statement& s) {
  for (const Attribution& x : reading.attributions.attributions)
    if (same(reading.analysis, x.content, s.content) && same(reading.analysis, x.cue, s.cue))
      return &x;
  return nullptr;
}

class Explanation {
 public:
  Explanation(const Reader& reader, const Reading& reading) : reader_(reader), reading_(reading) {}

  std::string about(size_t number) {
    const ledger::Statement& s = reading_.ledger.statements[number];
    line("s{}\t{}\t{}\t{}\tconfidence {:.2f}", number + 1, s.quote, s.act, s.commitment,
         s.confidence);
    for (const auto& [name, spans] :
         {std::pair{"source", &s.source}, {"cue", &s.cue}, {"content", &s.content}})
      if (!spans->empty()) line("{}\t{}", name, words(*spans));
    for (const ledger::Why& why : s.why) line("why\t{}\t{}", why.rule, words({why.span}));
    const Attribution* x = attribution_of(reading_, s);
    if (x != nullptr && x->cue_head != kNoWord) sentence(x->cue_head);
    return std::move(out_);
  }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  std::string words(const std::vector<Span>& spans) const {
    std::string out;
    for (const Span span : spans)
      out += (out.empty() ? "" : " … ") +
             visible(
                 std::string_view(reading_.article.text).substr(span.begin, span.end - span.begin));
    return out;
  }

  /// The sentence of the cue: its tree, and what the model makes of each word.
  void sentence(WordId cue) {
    const auto workspace = reader_.make_workspace();
    const auto parsed = reader_.read(reading_.article, *workspace, Stage::kParse);
    const Analysis& a = parsed->analysis;
    const auto found = explain_cue(a, Tree(a), reader_.cues(), cue);
    if (!found) return;
    const WordId begin = a.sentence(cue).words.begin;
    line("model\tcue \"{}\"\tprobability {:.2f}\tthreshold {:.2f}", visible(a.form(cue)),
         found->words[cue - begin].cue_probability, found->threshold);
    for (const WordRole& w : found->words) {
      const Word& word = a.words[w.word];
      line("{}\t{}\t{}\t{}\t{}\t{}\t{:.2f}\t{}", w.word - begin + 1, visible(a.form(w.word)),
           visible(a.lemma(w.word)), to_string(word.upos),
           word.head == kNoWord ? 0 : word.head - begin + 1, to_string(word.rel), w.cue_probability,
           w.label.empty() ? "-" : w.label);
    }
  }

  const Reader& reader_;
  const Reading& reading_;
  std::string out_;
};

}  // namespace

std::string explain_statement(const Reader& reader, const Reading& reading, size_t statement) {
  return Explanation(reader, reading).about(statement);
}

}  // namespace avstand
