#include "text/sentences.h"

#include <algorithm>

#include "text/utf8.h"

namespace avstand {
namespace {

constexpr size_t kMaxForm = 32;      // bytes of a form that the classifier looks at
constexpr size_t kMaxDateline = 16;  // words
constexpr uint32_t kCutReach = 64;   // words before the limit where a cut after a mark is sought

std::string_view word_shape(const Line& line, const RawToken& token) {
  const Cell& first = line[token.begin];
  if (token.joined) return "c";
  if (first.digit()) return "9x";
  if (first.c == '-' && token.end - token.begin > 1) return "-x";
  if (!first.upper()) return "x";
  if (token.end - token.begin == 1) return "X";
  return line[token.begin + 1].lower() || !line[token.begin + 1].letter() ? "Xx" : "XX";
}

std::string_view mark_shape(const Line& line, const RawToken& token) {
  const char32_t c = line[token.begin].c;
  const std::string_view form = line.text(token.begin, token.end);
  const uint32_t size = token.end - token.begin;
  if (c == 0x2026) return "...";
  if (c == 0x2013 || c == 0x2014 || c == 0x2015) return "–";
  if (size == 1) return line[token.begin].cls == CharClass::kPunct || c < 0x80 ? form : "S";
  if (c == '.') return size > 2 ? "..." : "..";
  if (c == '!' || c == '?') return form.find('?') == std::string_view::npos ? "!!" : "??";
  if (c == '-') return "--";
  if (size == 2) return form;
  return c == ':' || c == ';' || c == '=' ? ":)" : "run";
}

std::string_view shape(const Line& line, const RawToken& token) {
  switch (token.kind) {
    case TokenKind::kMark:
      return mark_shape(line, token);
    case TokenKind::kNumber:
      return "9";
    case TokenKind::kOrdinal:
      return "9.";
    case TokenKind::kAbbreviation:
      return "a.";
    case TokenKind::kInnerAbbreviation:
      return "i.";
    case TokenKind::kInitial:
      return "A.";
    case TokenKind::kAddress:
      return "@";
    default:
      return word_shape(line, token);
  }
}

bool is_dash(std::string_view shape) { return shape == "-" || shape == "–"; }

bool ends_by_rule(const std::vector<EndWord>& words, size_t at) {
  const std::string_view left = words[at].shape;
  return (left == "." || left == "?" || left == "!") && words[at + 1].space_before &&
         words[at + 1].shape != "x";
}

/// “… done.” The next: a full stop inside marks that close, before a capital, ends a sentence; an
/// inquit would stand behind a comma. `closes`: the mark at `at` closes what one before it opened.
bool ends_quoted(const std::vector<EndWord>& words, size_t at, bool closes) {
  if (!closes || at == 0 || words[at - 1].shape != ".") return false;
  return words[at + 1].space_before && starts_upper(words[at + 1].form);
}

/// A word like "på" or "the", which asks for another: "På X skriver han" is one sentence, though X
/// is a capital behind a short beginning.
bool stays_open(const TextRules::Language& rules, const EndWord& word) {
  const bool lower = word.shape == "x";
  if (!lower && word.shape != "Xx" && word.shape != "X") return false;
  return rules.open_words.contains(lower ? std::string(word.form) : lower_case(word.form));
}

/// Words of "SEOUL, June 26 (Reuters) -", "OSLO (NTB):" or "LUZ, Maravela —" at the beginning of a
/// block: where the text was written is no part of what it says. 0 where there is none.
size_t dateline_words(const std::vector<EndWord>& words) {
  if (words.size() < 2 || words[0].shape != "XX" || words[0].form.size() < 3) return 0;
  bool bracket = false, comma = false, open = false;
  const size_t limit = std::min(words.size() - 1, kMaxDateline);
  for (size_t at = 1; at < limit; ++at) {
    const std::string_view s = words[at].shape;
    if (s == "(" && !bracket) {
      open = bracket = true;
    } else if (s == ")" && open) {
      open = false;
    } else if (!open && (is_dash(s) || s == ":")) {
      const bool apart = words[at + 1].space_before && (s == ":" || words[at].space_before);
      const bool long_dash = words[at].form == "—";
      return apart && (bracket || (is_dash(s) && (comma || long_dash))) ? at + 1 : 0;
    } else if (s == "," && !open) {
      comma = true;
    } else if (!open && (bracket || s == "x" || s == "?" || s == "!")) {
      return 0;
    }
  }
  return 0;
}

/// Where to cut a sentence of words [begin, end) that is too long.
uint32_t cut_point(const std::vector<RawToken>& tokens, uint32_t begin, uint32_t max_words) {
  const uint32_t limit = begin + max_words;
  const uint32_t nearest = limit > begin + kCutReach ? limit - kCutReach : begin + 1;
  for (uint32_t cut = limit; cut > nearest; --cut)
    if (tokens[cut - 1].kind == TokenKind::kMark && !tokens[cut].joined) return cut;
  uint32_t cut = limit;
  while (cut > begin + 1 && tokens[cut].joined) --cut;
  return cut;
}

void push_sentence(const std::vector<RawToken>& tokens, uint32_t begin, uint32_t end,
                   uint32_t max_words, std::vector<uint32_t>& ends) {
  while (end - begin > max_words) {
    begin = cut_point(tokens, begin, max_words);
    ends.push_back(begin);
  }
  ends.push_back(end);
}

}  // namespace

void describe_words(const Line& line, const std::vector<RawToken>& tokens,
                    std::vector<EndWord>& words) {
  words.clear();
  for (const RawToken& token : tokens)
    words.push_back({.form = line.text(token.begin, token.end).substr(0, kMaxForm),
                     .shape = shape(line, token),
                     .space_before = token.space_before});
}

bool QuoteTracker::take(std::string_view shape) {
  const bool was_open = open_;
  if (shape == "\"") open_ = !open_;
  if (shape == "«" || shape == "“" || shape == "„") open_ = true;
  if (shape == "»" || shape == "”") open_ = false;
  return was_open && !open_;
}

void EndTracker::take(const EndWord& word) {
  if (state_.length == 0) state_.dash_first = is_dash(word.shape);
  ++state_.length;
  const std::string_view mark = word.shape;
  if (mark == "(" || mark == "[") ++state_.open_brackets;
  if ((mark == ")" || mark == "]") && state_.open_brackets > 0) --state_.open_brackets;
  quotes_.take(mark);
  state_.open_quote = quotes_.open();
}

void find_sentences(const Line& line, const std::vector<RawToken>& tokens,
                    const TextRules::Language& rules, uint32_t max_words,
                    std::vector<uint32_t>& ends) {
  ends.clear();
  if (tokens.empty()) return;
  max_words = std::max(max_words, 8U);
  std::vector<EndWord> words;
  describe_words(line, tokens, words);
  EndTracker tracker;
  QuoteTracker quotes;
  EndFeatures features;
  uint32_t begin = 0;
  if (const auto dateline = static_cast<uint32_t>(dateline_words(words)); dateline > 0)
    push_sentence(tokens, 0, begin = dateline, max_words, ends);
  for (uint32_t at = begin; at + 1 < tokens.size(); ++at) {
    tracker.take(words[at]);
    const bool closes = quotes.take(words[at].shape);
    if (tokens[at + 1].joined || !SentenceEnds::candidate(words, at)) continue;
    if (stays_open(rules, words[at])) continue;
    bool end = ends_quoted(words, at, closes);
    if (!end && rules.ends.empty()) {
      end = ends_by_rule(words, at);
    } else if (!end) {
      features.extract(words, at, tracker.state());
      end = rules.ends.score(features) > 0;
    }
    if (!end) continue;
    push_sentence(tokens, begin, at + 1, max_words, ends);
    begin = at + 1;
    tracker.reset();
  }
  push_sentence(tokens, begin, static_cast<uint32_t>(tokens.size()), max_words, ends);
}

}  // namespace avstand
