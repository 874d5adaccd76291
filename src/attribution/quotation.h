// Where a text marks direct speech: pairs of quotation marks, and the dash lines of Nordic papers.
#pragma once

#include <cstdint>
#include <vector>

#include "document/analysis.h"

namespace avstand {

/// Words [begin, end) between a pair of quotation marks, marks included. A pair may run over
/// several sentences of one block; a mark without a partner gives no span.
struct QuotedSpan {
  WordRange words;
  bool inner = false;  ///< stands inside another quoted span
};

/// A run of speech that a dash opens at the beginning of a sentence. Only the first sentence
/// carries the mark; where the run ends is not marked in the text, so `end_sentence` is the bound:
/// the next dash, or the end of the block.
struct DashRun {
  uint32_t first_sentence = 0;
  uint32_t end_sentence = 0;
};

/// All marks of an article, with quick look-up by word and sentence.
class QuotationMap {
 public:
  explicit QuotationMap(const Analysis& analysis);

  const std::vector<QuotedSpan>& quoted() const { return quoted_; }
  const std::vector<DashRun>& dashes() const { return dashes_; }
  /// The innermost quoted span around the word, or null.
  const QuotedSpan* quoted_at(WordId w) const;
  /// The dash run that the sentence belongs to, or null.
  const DashRun* dash_at(uint32_t sentence) const;
  /// Whether the word stands between marks or in a dash run's first sentence.
  bool marked(WordId w) const;

 private:
  void find_quoted(const Analysis& analysis);
  void close_before_inquit(WordId open, size_t first, WordId end);
  void find_dashes(const Analysis& analysis);
  bool leans_right(WordId w) const;
  bool is_item(WordRange sentence, bool after_item) const;

  const Analysis& analysis_;
  std::vector<QuotedSpan> quoted_;
  std::vector<DashRun> dashes_;
  std::vector<uint32_t> quoted_of_;  // per word: index + 1 of the innermost span
  std::vector<uint32_t> dash_of_;    // per sentence: index + 1
};

/// A sentence that ends in the bar by which some archives close their headings, or without any
/// punctuation, is a heading.
bool is_heading(const Analysis& analysis, const SentenceInfo& sentence);

bool is_quotation_mark(std::string_view form);
/// A dash that can open speech: hyphen, en dash, em dash, horizontal bar.
bool is_dash(std::string_view form);

}  // namespace avstand
