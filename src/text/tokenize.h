// One line to words, by rules whose words stand in data/lang.
#pragma once

#include <vector>

#include "text/line.h"
#include "text/text_rules.h"

namespace avstand {

/// What a word is, for the sentence classifier.
enum class TokenKind : uint8_t {
  kWord,
  kNumber,
  kOrdinal,
  kAbbreviation,
  kInnerAbbreviation,
  kInitial,
  kAddress,
  kMark,
};

/// Cells [begin, end) of a line.
struct RawToken {
  uint32_t begin = 0;
  uint32_t end = 0;
  TokenKind kind = TokenKind::kWord;
  bool space_before = false;
  bool joined = false;  ///< belongs to the multiword token of the word before it
};

/// Fills `tokens` with the words of the line. Every cell that is no blank is in exactly one word.
/// O(cells).
void tokenize(const Line& line, const TextRules::Language& rules, std::vector<RawToken>& tokens);

}  // namespace avstand
