// Where claims may stand: sentences, quotes with the words around them, clauses with a subject of
// their own, headlines.
#include <algorithm>

#include "story/scene.h"

namespace avstand::story {
namespace {

constexpr uint32_t kShortestQuote = 3;     // words
constexpr uint32_t kShortestClause = 4;    // words
constexpr uint32_t kLongestGrouped = 75;   // words of a quote with what leads up to it
constexpr size_t kLeadingSentences = 2;    // before a quote in its paragraph
constexpr uint32_t kShortestSentence = 3;  // words
constexpr uint32_t kLongestVerdict = 6;    // words and full stop

struct Block {
  const avstand::Block* block = nullptr;
  uint32_t index = 0;
  std::vector<uint32_t> sentences;
};

bool is_text(BlockKind kind) {
  return kind != BlockKind::kByline && kind != BlockKind::kDateline && kind != BlockKind::kCredit;
}

std::vector<Block> blocks_of(const Scene& scene) {
  std::vector<Block> out;
  const auto& blocks = scene.ledger.document.blocks;
  for (uint32_t i = 0; i < blocks.size(); ++i) out.push_back({&blocks[i], i, {}});
  const auto& sentences = scene.analysis.sentences;
  for (uint32_t s = 0; s < sentences.size(); ++s)
    if (sentences[s].block < out.size()) out[sentences[s].block].sentences.push_back(s);
  return out;
}

/// From the first to the last word of a direct quote, its cue and its source.
Span hull(const ledger::Statement& s) {
  Span out{UINT32_MAX, 0};
  for (const auto* spans : {&s.content, &s.cue, &s.source})
    for (const Span part : *spans) {
      out.begin = std::min(out.begin, part.begin);
      out.end = std::max(out.end, part.end);
    }
  return out;
}

Span content_hull(const ledger::Statement& s) {
  Span out{UINT32_MAX, 0};
  for (const Span part : s.content) {
    out.begin = std::min(out.begin, part.begin);
    out.end = std::max(out.end, part.end);
  }
  return out;
}

/// What stands before the first of the clauses that are coordinated with the main one: "A opened,
/// and B closed" states two things. Empty where there is none.
Span before_coordinated(const Scene& scene, WordRange sentence, const std::vector<WordId>& heads) {
  const Analysis& a = scene.analysis;
  for (const WordId w : heads) {
    const Word& word = a.words[w];
    if (word.rel != Rel::kConj || word.head == kNoWord || word.head > w) continue;
    if (scene.tree.child(word.head, Rel::kNsubj) == kNoWord) continue;
    WordId end = scene.tree.subtree(w).front();
    while (end > sentence.begin &&
           (a.words[end - 1].upos == Upos::kPunct || a.words[end - 1].upos == Upos::kCconj))
      --end;
    if (end < sentence.begin + kShortestClause || word.head >= end) continue;
    return a.span(WordRange{sentence.begin, end});
  }
  return {};
}

/// Adds clauses of a sentence that state something of their own. `rest` gets what the sentence
/// itself no longer tells.
void add_clauses(const Scene& scene, uint32_t sentence, const Draft& whole, std::vector<Draft>& out,
                 std::vector<Span>& rest) {
  const Analysis& a = scene.analysis;
  const WordRange words = a.sentences[sentence].words;
  std::vector<WordId> heads;
  for (WordId w = words.begin; w < words.end; ++w) {
    const Word& word = a.words[w];
    if (word.rel != Rel::kAdvcl && word.rel != Rel::kConj) continue;
    if (scene.tree.child(w, Rel::kNsubj) == kNoWord) continue;
    if (word.upos != Upos::kVerb && word.upos != Upos::kAdj && word.upos != Upos::kNoun) continue;
    const std::vector<WordId> all = scene.tree.subtree(w);
    WordId begin = all.front();
    WordId end = all.back() + 1;
    if (end - begin != all.size()) continue;  // not in one piece
    while (begin < end && a.words[begin].upos == Upos::kPunct) ++begin;
    while (end > begin + 1 && a.words[end - 1].upos == Upos::kPunct && end != words.end) --end;
    if (end - begin < kShortestClause) continue;
    Draft clause{a.span(WordRange{begin, end}), PassageKind::kClause, whole.block, whole.lede, {}};
    rest.push_back(clause.span);
    out.push_back(std::move(clause));
    heads.push_back(w);
  }
  const Span first = before_coordinated(scene, words, heads);
  if (first.empty()) return;
  Draft clause{first, PassageKind::kClause, whole.block, whole.lede, {}};
  for (const Span r : rest)
    if (first.contains(r)) clause.without.push_back(r);
  rest.push_back(first);
  out.push_back(std::move(clause));
}

class Finder {
 public:
  explicit Finder(const Scene& scene) : scene_(scene) {
    for (const auto& s : scene.ledger.statements)
      if (s.quote == "direct" || s.quote == "mixed") quotes_.push_back(&s);
  }

  void add(const Block& block) {
    const BlockKind kind = block.block->kind;
    if (!is_text(kind) || block.sentences.empty()) return;
    lede_ = kind == BlockKind::kLede;
    block_ = block.index;
    if (kind == BlockKind::kHeadline) return add_headline(block);
    if (kind == BlockKind::kCaption) {
      out_.push_back({block.block->span, PassageKind::kCaption, block_, false, {}});
      return;
    }
    add_paragraph(block);
  }
  std::vector<Draft> take() {
    std::stable_sort(out_.begin(), out_.end(), [](const Draft& a, const Draft& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    out_.erase(std::unique(out_.begin(), out_.end(),
                           [](const Draft& a, const Draft& b) { return a.span == b.span; }),
               out_.end());
    return std::move(out_);
  }

 private:
  Span sentence_span(uint32_t s) const { return scene_.analysis.sentences[s].span; }
  uint32_t size(Span span) const { return scene_.words_of(span).size(); }

  /// A quote after a colon is a statement of its own where words enough stand before it.
  void add_headline(const Block& block) {
    const Span span = block.block->span;
    const std::string_view words = span.in(scene_.text());
    const size_t at = words.find(": \xE2\x80\x93");
    const Span before{span.begin, span.begin + static_cast<uint32_t>(at)};
    if (at != std::string_view::npos && size(before) >= kShortestSentence) {
      out_.push_back({before, PassageKind::kHeadline, block_, false, {}});
      out_.push_back({{before.end + 2, span.end}, PassageKind::kHeadline, block_, false, {}});
      return;
    }
    Draft whole{span, PassageKind::kHeadline, block_, false, {}};
    for (const uint32_t s : block.sentences) add_clauses(scene_, s, whole, out_, whole.without);
    out_.push_back(std::move(whole));
  }

  /// "Det er ikke riktig.": says no to the sentence before, and means nothing without it.
  bool is_verdict(Span span) const {
    const WordRange words = scene_.words_of(span);
    return words.size() <= kLongestVerdict &&
           scene_.analysis.words[words.begin].upos == Upos::kPron && is_negated(scene_, span);
  }

  void add_sentence(uint32_t s) {
    const Span span = sentence_span(s);
    if (size(span) < kShortestSentence) return;
    if (!out_.empty() && out_.back().kind == PassageKind::kSentence &&
        out_.back().block == block_ && is_verdict(span)) {
      out_.back().span.end = span.end;
      return;
    }
    Draft whole{span, PassageKind::kSentence, block_, lede_, {}};
    add_clauses(scene_, s, whole, out_, whole.without);
    out_.push_back(std::move(whole));
  }

  /// First and last sentence (positions in the block) of a quote that begins in this block: from
  /// `i` on, or, where who says it stands before ("Nei, sier Bø. – Det blir ikke noe av."), from
  /// one of the sentences from `free` on.
  bool quote_at(const Block& block, size_t free, size_t i, size_t& first, size_t& last) const {
    const Span begin = sentence_span(block.sentences[i]);
    for (const ledger::Statement* q : quotes_) {
      const Span content = content_hull(*q);
      if (content.begin < begin.begin || content.begin >= begin.end) continue;
      if (size(content) < kShortestQuote) continue;
      const Span all = hull(*q);
      if (all.begin < sentence_span(block.sentences[free]).begin || q->quote != "direct") continue;
      first = i;
      while (first > free && sentence_span(block.sentences[first]).begin > all.begin) --first;
      last = i;
      while (last + 1 < block.sentences.size() &&
             sentence_span(block.sentences[last + 1]).begin < all.end)
        ++last;
      return true;
    }
    return false;
  }

  void add_quote(const Block& block, size_t first, size_t last, size_t lead) {
    Span span{sentence_span(block.sentences[first]).begin,
              sentence_span(block.sentences[last]).end};
    const Span grouped{sentence_span(block.sentences[lead]).begin, span.end};
    if (lead < first && size(grouped) <= kLongestGrouped) span = grouped;
    Draft quote{span, PassageKind::kQuote, block_, lede_, {}};
    if (first == last && lead == first)
      add_clauses(scene_, block.sentences[first], quote, out_, quote.without);
    out_.push_back(std::move(quote));
  }

  void add_paragraph(const Block& block) {
    size_t free = 0;  // first sentence that no quote has taken
    for (size_t i = 0; i < block.sentences.size(); ++i) {
      size_t first = i, last = i;
      if (!quote_at(block, free, i, first, last)) {
        add_sentence(block.sentences[i]);
        continue;
      }
      const size_t lead = first - free <= kLeadingSentences ? free : first;
      add_quote(block, first, last, lead);
      i = last;
      free = last + 1;
    }
  }

  const Scene& scene_;
  std::vector<const ledger::Statement*> quotes_;
  std::vector<Draft> out_;
  bool lede_ = false;
  uint32_t block_ = 0;
};

}  // namespace

std::vector<Draft> find_passages(const Scene& scene) {
  Finder finder(scene);
  for (const Block& block : blocks_of(scene)) finder.add(block);
  return finder.take();
}

}  // namespace avstand::story
