// Patterns over the words of a sentence, and their language: how markers of provenance are
// written in data/lang/*/{relays,verification,captions,offices,evidence}.tsv.
//
// A pattern is items parted by spaces, matched left to right inside one sentence:
//
//   word            a lemma or form, lower case; "a|b" alternatives, "*ende" and "start*" affixes
//   $set            the words of that set (data/lang/*/provenance_sets.tsv)
//   %medium %own %name %person %body %any
//                   a whole mention: a medium but not this outlet; this outlet; a named entity;
//                   a person; an organisation or state; any entity. Captured, in order.
//   %num %proper %past  one word: a number; a proper noun; a finite verb in the past
//   _3              a gap of 0..3 words (no sentence-internal stop: ; : or dash)
//   item?           the item may be missing
//
// Immutable after load. Matching costs O(words) symbol look-ups and, per candidate, the product of
// its gaps (bounded by the pattern, so linear in the text).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand::provenance {

/// What a word is to patterns: an id of a word or affix of the vocabulary, or one of the classes.
using Symbol = uint32_t;

/// Classes of mentions and words; the first symbols of every vocabulary.
enum class WordClass : uint8_t {
  kMedium,
  kOwn,
  kName,
  kPerson,
  kBody,
  kAny,
  kNum,
  kProper,
  kPast,
  kCount
};

/// All words and affixes that the patterns of a language name.
class Vocabulary {
 public:
  Symbol add(std::string_view word);
  /// Appends the symbols of a lower-case word: itself and the affixes that it has.
  void symbols_of(std::string_view word, std::vector<Symbol>& out) const;
  Symbol size() const { return next_; }

 private:
  std::unordered_map<std::string, Symbol> exact_;
  std::vector<std::pair<std::string, Symbol>> prefixes_, suffixes_;
  Symbol next_ = static_cast<Symbol>(WordClass::kCount);
};

/// Named sets of words ("$neg").
using WordSets = std::unordered_map<std::string, std::vector<std::string>>;

struct PatternItem {
  std::vector<Symbol> any_of;             ///< sorted; a word with one of them matches
  WordClass mention = WordClass::kCount;  ///< not kCount: a whole mention of this class
  uint8_t max_gap = 0;                    ///< > 0: a gap, nothing else
  bool optional = false;
};

struct Pattern {
  std::vector<PatternItem> items;
};

/// Parses a pattern and adds its words to the vocabulary. The error is the message alone.
Result<Pattern> parse_pattern(std::string_view text, const WordSets& sets, Vocabulary& vocabulary);

/// What stands where a class item matched.
struct Capture {
  WordRange words;
  EntityId entity = kNoEntity;
};

struct Match {
  WordRange words;
  std::vector<Capture> captures;
};

/// The words of one article as patterns see them; implemented by WordSymbols.
class SymbolView {
 public:
  virtual ~SymbolView() = default;
  /// Whether the word has one of the symbols (sorted).
  virtual bool has_any(WordId w, const std::vector<Symbol>& any_of) const = 0;
  /// The mention of the class that begins at w (longest first); empty words if there is none.
  virtual Capture mention_at(WordId w, WordClass wanted) const = 0;
  /// Whether a gap may run over the word.
  virtual bool may_skip(WordId w) const = 0;
};

/// Patterns of one kind.
class PatternSet {
 public:
  void add(Pattern pattern);
  bool empty() const { return patterns_.empty(); }
  /// All leftmost matches in the range, without overlaps, longest pattern first at each word.
  std::vector<Match> find_all(const SymbolView& view, WordRange range) const;
  /// Whether any pattern matches somewhere in the range.
  bool matches(const SymbolView& view, WordRange range) const;
  /// The longest match that begins exactly at range.begin; empty words if there is none.
  Match match_at(const SymbolView& view, WordRange range) const;

 private:
  std::vector<Pattern> patterns_;
  std::vector<Symbol>
      first_words_;  ///< sorted: what a pattern that begins with a word may begin with
};

}  // namespace avstand::provenance
