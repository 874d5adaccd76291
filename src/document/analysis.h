// The annotation layers of one article below attribution: words, sentences, trees, names.
//
// Flat columns that refer to each other by index and to the text by byte span. text/ creates words
// and sentences, language/ fills tags, features, lemmas, heads and names. Indices are positions in
// `words`, counted over the whole article; a head never leaves its sentence.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/string_pool.h"
#include "text/language_code.h"
#include "text/span.h"

namespace avstand {

using WordId = uint32_t;
inline constexpr WordId kNoWord = UINT32_MAX;

/// Words [begin, end).
struct WordRange {
  WordId begin = 0;
  WordId end = 0;

  bool empty() const { return begin >= end; }
  uint32_t size() const { return empty() ? 0 : end - begin; }
  bool contains(WordId w) const { return begin <= w && w < end; }
  bool contains(WordRange o) const { return begin <= o.begin && o.end <= end; }
  bool overlaps(WordRange o) const { return begin < o.end && o.begin < end; }
  friend bool operator==(WordRange, WordRange) = default;
  friend auto operator<=>(WordRange, WordRange) = default;
};

/// Universal parts of speech (universaldependencies.org/u/pos), in the order of that page.
enum class Upos : uint8_t {
  kAdj,
  kAdp,
  kAdv,
  kAux,
  kCconj,
  kDet,
  kIntj,
  kNoun,
  kNum,
  kPart,
  kPron,
  kPropn,
  kPunct,
  kSconj,
  kSym,
  kVerb,
  kX,
};

/// Universal relations (universaldependencies.org/u/dep) without subtype.
enum class Rel : uint8_t {
  kAcl,
  kAdvcl,
  kAdvmod,
  kAmod,
  kAppos,
  kAux,
  kCase,
  kCc,
  kCcomp,
  kClf,
  kCompound,
  kConj,
  kCop,
  kCsubj,
  kDep,
  kDet,
  kDiscourse,
  kDislocated,
  kExpl,
  kFixed,
  kFlat,
  kGoeswith,
  kIobj,
  kList,
  kMark,
  kNmod,
  kNsubj,
  kNummod,
  kObj,
  kObl,
  kOrphan,
  kParataxis,
  kPunct,
  kReparandum,
  kRoot,
  kVocative,
  kXcomp,
};

/// A syntactic word. In a multiword token ("don't") the words share the token's bytes between them.
struct Word {
  Span span;
  StringId form = StringId::kEmpty;  ///< normalised: NFC, soft hyphens out; "n't" of "don't"
  StringId lemma = StringId::kEmpty;
  StringId feats = StringId::kEmpty;   ///< CoNLL-U column 6, empty for "_"
  StringId deprel = StringId::kEmpty;  ///< CoNLL-U column 8 with subtype
  WordId head = kNoWord;               ///< kNoWord: root (or not parsed)
  Upos upos = Upos::kX;
  Rel rel = Rel::kDep;
  bool space_after = true;
};
static_assert(sizeof(Word) <= 32);

/// A sentence lies inside one block.
struct SentenceInfo {
  WordRange words;
  Span span;
  uint32_t block = 0;
  LanguageCode language;  ///< that of the model to use; und: none, the sentence is not analysed
  bool parsed = false;
};

/// Two or more words written as one token (English "don't").
struct MultiwordToken {
  WordRange words;
};

/// A name (NorNE types: PER, ORG, GPE_LOC, GPE_ORG, LOC, PROD, EVT, DRV, MISC).
struct NameSpan {
  WordRange words;
  StringId type = StringId::kEmpty;
};

/// What the network makes of each word in its sentence, for the models of later rooms: a row of
/// bytes a word with a scale (value = scale x byte). Words of sentences that no model read have
/// zeros. 388 bytes a word: the largest layer, and still bounded by the article.
struct WordStates {
  uint32_t width = 0;
  std::vector<int8_t> values;
  std::vector<float> scale;

  /// Rows of zeros for `words` words; called before each batch is written, keeps what is there.
  void resize(size_t words, uint32_t row_width) {
    width = row_width;
    values.resize(words * row_width);
    scale.resize(words);
  }
  const int8_t* row(WordId w) const { return values.data() + size_t{w} * width; }
};

struct Analysis {
  std::string_view text;  ///< the article's text; the article outlives the analysis
  StringPool strings;
  std::vector<Word> words;
  std::vector<SentenceInfo> sentences;
  std::vector<MultiwordToken> multiword;
  std::vector<NameSpan> names;
  std::vector<uint32_t> sentence_of;  ///< per word: index in `sentences`
  WordStates states;

  std::string_view form(WordId w) const { return strings.view(words[w].form); }
  std::string_view lemma(WordId w) const { return strings.view(words[w].lemma); }
  std::string_view deprel(WordId w) const { return strings.view(words[w].deprel); }
  /// The subtype of the relation: "pass" of "nsubj:pass", empty if none.
  std::string_view rel_subtype(WordId w) const {
    const std::string_view full = deprel(w);
    const size_t colon = full.find(':');
    return colon == std::string_view::npos ? std::string_view() : full.substr(colon + 1);
  }
  /// Whether the word has the feature, e.g. has(w, "VerbForm=Fin").
  bool has(WordId w, std::string_view feature) const;
  const SentenceInfo& sentence(WordId w) const { return sentences[sentence_of[w]]; }
  /// Bytes from the first to the last word of a range that is not empty.
  Span span(WordRange r) const { return {words[r.begin].span.begin, words[r.end - 1].span.end}; }
};

std::string_view to_string(Upos upos);                ///< "NOUN"
std::string_view to_string(Rel rel);                  ///< "nsubj"
bool parse_upos(std::string_view name, Upos& out);    ///< false: no such tag
bool parse_rel(std::string_view relation, Rel& out);  ///< subtype allowed; false: unknown

/// Trees of an article in a form that is quick to walk: children of each word, in text order.
class Tree {
 public:
  explicit Tree(const Analysis& analysis);
  /// Children of w, left to right.
  std::span<const WordId> children(WordId w) const {
    return {children_.data() + first_[w], children_.data() + first_[w + 1]};
  }
  /// All words of the subtree of w, in text order; `keep(child)` false prunes the child's subtree.
  template <typename Keep>
  void subtree(WordId w, std::vector<WordId>& out, Keep keep) const {
    const size_t start = out.size();
    out.push_back(w);
    for (size_t i = start; i < out.size(); ++i)
      for (WordId c : children(out[i]))
        if (keep(c)) out.push_back(c);
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(start), out.end());
  }
  std::vector<WordId> subtree(WordId w) const {
    std::vector<WordId> out;
    subtree(w, out, [](WordId) { return true; });
    return out;
  }
  /// First child with the relation (subtype ignored), or kNoWord.
  WordId child(WordId w, Rel rel) const;

 private:
  const Analysis& analysis_;
  std::vector<uint32_t> first_;
  std::vector<WordId> children_;
};

}  // namespace avstand
