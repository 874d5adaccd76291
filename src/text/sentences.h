// The words of a line to sentences.
#pragma once

#include <vector>

#include "text/line.h"
#include "text/sentence_ends.h"
#include "text/tokenize.h"

namespace avstand {

/// The words as the sentence classifier sees them; forms are views into the line.
void describe_words(const Line& line, const std::vector<RawToken>& tokens,
                    std::vector<EndWord>& words);

/// Follows quotation marks by the shapes of words.
class QuoteTracker {
 public:
  /// Whether the word is a mark that closes what was open.
  bool take(std::string_view shape);
  bool open() const { return open_; }

 private:
  bool open_ = false;
};

/// Follows what is open in a sentence while its words pass by.
class EndTracker {
 public:
  const EndState& state() const { return state_; }
  void take(const EndWord& word);
  void reset() { *this = {}; }

 private:
  EndState state_;
  QuoteTracker quotes_;
};

/// Fills `ends` with the index behind the last word of each sentence, in order; the last is
/// tokens.size(). A sentence has at most max_words words (longer ones are cut, after a mark where
/// one is near) and never ends inside a multiword token. O(words).
void find_sentences(const Line& line, const std::vector<RawToken>& tokens,
                    const TextRules::Language& rules, uint32_t max_words,
                    std::vector<uint32_t>& ends);

}  // namespace avstand
