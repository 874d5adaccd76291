#include "provenance/pattern.h"

#include <algorithm>
#include <array>

#include "base/table.h"

namespace avstand::provenance {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(WordClass::kCount)> kClassNames = {
    "medium", "own", "name", "person", "body", "any", "num", "proper", "past"};
constexpr uint8_t kLongestGap = 12;

Error bad(std::string message) { return {.code = ErrorCode::kData, .message = std::move(message)}; }

Status add_words(std::string_view cell, const WordSets& sets, Vocabulary& vocabulary,
                 std::vector<Symbol>& out) {
  for (const std::string_view word : split(cell, '|')) {
    if (word.empty()) return bad("an empty alternative in '" + std::string(cell) + "'");
    if (word.front() != '$') {
      out.push_back(vocabulary.add(word));
      continue;
    }
    const auto set = sets.find(std::string(word.substr(1)));
    if (set == sets.end()) return bad("no such set: " + std::string(word));
    for (const std::string& member : set->second) out.push_back(vocabulary.add(member));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return Unit{};
}

Status parse_class(std::string_view name, PatternItem& item) {
  const auto found = std::find(kClassNames.begin(), kClassNames.end(), name);
  if (found == kClassNames.end()) return bad("no such class: %" + std::string(name));
  const auto wanted = static_cast<WordClass>(found - kClassNames.begin());
  if (wanted >= WordClass::kNum)
    item.any_of = {static_cast<Symbol>(wanted)};
  else
    item.mention = wanted;
  return Unit{};
}

Result<PatternItem> parse_item(std::string_view text, const WordSets& sets,
                               Vocabulary& vocabulary) {
  PatternItem item;
  if (text.size() > 1 && text.ends_with('?')) {
    item.optional = true;
    text.remove_suffix(1);
  }
  if (text.size() > 1 && text.front() == '_') {
    const int gap = std::atoi(std::string(text.substr(1)).c_str());
    if (gap < 1 || gap > kLongestGap) return bad("a gap is _1 to _12, not " + std::string(text));
    item.max_gap = static_cast<uint8_t>(gap);
  } else if (text.size() > 1 && text.front() == '%') {
    AVSTAND_CHECK(parse_class(text.substr(1), item));
  } else {
    AVSTAND_CHECK(add_words(text, sets, vocabulary, item.any_of));
  }
  return item;
}

/// One attempt to match; keeps the longest end.
struct Matcher {
  const SymbolView& view;
  const Pattern& pattern;
  WordId limit;
  std::vector<Capture> captures;

  bool run(size_t item, WordId at, WordId& end) {
    if (item == pattern.items.size()) {
      end = at;
      return true;
    }
    const PatternItem& it = pattern.items[item];
    if (it.max_gap > 0) return run_gap(it, item, at, end);
    if (at < limit && take(it, item, at, end)) return true;
    return it.optional && run(item + 1, at, end);
  }

  bool run_gap(const PatternItem& it, size_t item, WordId at, WordId& end) {
    for (uint32_t skipped = 0;; ++skipped, ++at) {
      if (run(item + 1, at, end)) return true;
      if (skipped == it.max_gap || at >= limit || !view.may_skip(at)) return false;
    }
  }

  bool take(const PatternItem& it, size_t item, WordId at, WordId& end) {
    if (it.mention == WordClass::kCount)
      return view.has_any(at, it.any_of) && run(item + 1, at + 1, end);
    const Capture capture = view.mention_at(at, it.mention);
    if (capture.words.empty() || capture.words.end > limit) return false;
    captures.push_back(capture);
    if (run(item + 1, capture.words.end, end)) return true;
    captures.pop_back();
    return false;
  }
};

}  // namespace

Symbol Vocabulary::add(std::string_view word) {
  const auto [it, is_new] = exact_.emplace(word, next_);
  if (!is_new) return it->second;
  if (word.size() > 1 && word.front() == '*') suffixes_.emplace_back(word.substr(1), next_);
  if (word.size() > 1 && word.back() == '*')
    prefixes_.emplace_back(word.substr(0, word.size() - 1), next_);
  return next_++;
}

void Vocabulary::symbols_of(std::string_view word, std::vector<Symbol>& out) const {
  if (const auto it = exact_.find(std::string(word)); it != exact_.end()) out.push_back(it->second);
  for (const auto& [prefix, symbol] : prefixes_)
    if (word.starts_with(prefix)) out.push_back(symbol);
  for (const auto& [suffix, symbol] : suffixes_)
    if (word.ends_with(suffix)) out.push_back(symbol);
}

Result<Pattern> parse_pattern(std::string_view text, const WordSets& sets, Vocabulary& vocabulary) {
  Pattern pattern;
  for (const std::string_view piece : split(text, ' ')) {
    if (piece.empty()) return bad("two spaces, or one at an end");
    AVSTAND_TRY(item, parse_item(piece, sets, vocabulary));
    pattern.items.push_back(std::move(item));
  }
  if (pattern.items.empty() || pattern.items.front().max_gap > 0 ||
      pattern.items.front().optional || pattern.items.back().max_gap > 0)
    return bad("a pattern begins with a word and does not end with a gap");
  return pattern;
}

void PatternSet::add(Pattern pattern) {
  const std::vector<Symbol>& first = pattern.items.front().any_of;
  first_words_.insert(first_words_.end(), first.begin(), first.end());
  std::sort(first_words_.begin(), first_words_.end());
  first_words_.erase(std::unique(first_words_.begin(), first_words_.end()), first_words_.end());
  patterns_.push_back(std::move(pattern));
}

Match PatternSet::match_at(const SymbolView& view, WordRange range) const {
  Match best;
  if (range.begin >= range.end) return best;
  // Most words begin no pattern, which one look at all first words tells.
  const bool begins = view.has_any(range.begin, first_words_);
  for (const Pattern& pattern : patterns_) {
    if (!begins && pattern.items.front().mention == WordClass::kCount) continue;
    Matcher matcher{view, pattern, range.end, {}};
    WordId end = range.begin;
    if (matcher.run(0, range.begin, end) && end - range.begin > best.words.size())
      best = {{range.begin, end}, std::move(matcher.captures)};
  }
  return best;
}

std::vector<Match> PatternSet::find_all(const SymbolView& view, WordRange range) const {
  std::vector<Match> out;
  for (WordId w = range.begin; w < range.end && !patterns_.empty();) {
    Match match = match_at(view, {w, range.end});
    w = match.words.empty() ? w + 1 : match.words.end;
    if (!match.words.empty()) out.push_back(std::move(match));
  }
  return out;
}

bool PatternSet::matches(const SymbolView& view, WordRange range) const {
  for (WordId w = range.begin; w < range.end && !patterns_.empty(); ++w)
    if (!match_at(view, {w, range.end}).words.empty()) return true;
  return false;
}

}  // namespace avstand::provenance
