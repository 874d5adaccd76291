// Marks over an article's text: who says which words, what a finding or a reason points at.
//
// Spans of a ledger overlap and cross as they like; HTML elements must nest. write_marked() cuts at
// the borders, so that the text comes out whole, once, and every element closes inside its parent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/markup.h"
#include "report/view.h"

namespace avstand::report {

/// One stretch of text in one block that gets an element of its own.
struct Mark {
  enum class Kind : uint8_t { kStatement, kFinding, kKicker, kTarget };
  Span span;
  Kind kind = Kind::kTarget;
  std::string style;      ///< class of a statement: its distance or "scare"
  std::string id;         ///< on the first piece; may be empty
  std::string reference;  ///< after the last piece: text of a link, may be empty
  std::string href;       ///< where the link leads
  std::string label;      ///< what a screen reader says for the link
};

/// The class of a distance: d0 … d3, and d4 for everything farther.
std::string distance_class(uint32_t distance);

/// Writes text[block.begin, block.end) with its marks, which must lie inside the block. Statements
/// that stand in each other are numbered from outside in (classes in0, in1, in2).
/// O(n log n) in marks, times their depth where they cross.
void write_marked(Markup& out, std::string_view text, Span block, std::vector<Mark> marks);

/// All marks of an article, by block, and the ids that links may lead to.
class ArticleMarks {
 public:
  /// `prefix` begins every id, so that articles on one page keep apart.
  ArticleMarks(const LedgerView& view, const std::string& prefix);

  const std::vector<Mark>& of_block(size_t block) const { return blocks_[block]; }
  /// Attributions (indices) whose content begins in the block, in text order.
  const std::vector<size_t>& statements_of_block(size_t block) const { return statements_[block]; }

  std::string statement_id(size_t statement) const;  ///< of the note
  std::string finding_id(size_t finding) const;      ///< of its item in the list
  /// Where the words of a statement, or any span that the ledger points at, begin in the text.
  std::optional<std::string> words_id(size_t statement) const;
  std::optional<std::string> span_id(Span span) const;

 private:
  void add_statements();
  void add_findings();
  void add_targets();
  void add_kickers();
  void add_target(Span span);
  /// Cuts spans at block borders; adds a mark for each piece, `mark`'s id on the first piece and
  /// its reference on the last. Returns the block of the first piece.
  std::optional<size_t> add(const std::vector<Span>& spans, const Mark& mark);

  const LedgerView& view_;
  std::string prefix_;
  std::vector<std::vector<Mark>> blocks_;
  std::vector<std::vector<size_t>> statements_;
  std::vector<bool> statement_shown_;
  std::map<Span, std::string> target_ids_;
};

}  // namespace avstand::report
