#include "report/marks.h"

#include <fmt/format.h>

#include <algorithm>

namespace avstand::report {
namespace {

using ledger::Statement;

constexpr size_t kMaxShownDepth = 2;

/// Walks the borders of the marks of one block and keeps the open elements nested.
class MarkedText {
 public:
  MarkedText(Markup& out, std::string_view text, Span block, std::vector<Mark> marks)
      : out_(out), text_(text), pos_(block.begin), end_(block.end), marks_(std::move(marks)) {
    // Outer before inner; among equals statements outside, so that a target is the smallest box.
    std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) {
      if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
      if (a.span.end != b.span.end) return a.span.end > b.span.end;
      return a.kind < b.kind;
    });
  }

  void write() {
    size_t next = 0;
    while (next < marks_.size() || !stack_.empty()) {
      const uint32_t border = next_border(next);
      copy_to(border);
      close_at(border);
      for (; next < marks_.size() && marks_[next].span.begin == border; ++next) open(next, true);
    }
    copy_to(end_);
  }

 private:
  uint32_t next_border(size_t next) const {
    uint32_t border = next < marks_.size() ? marks_[next].span.begin : end_;
    for (const size_t i : stack_) border = std::min(border, marks_[i].span.end);
    return border;
  }
  void copy_to(uint32_t border) {
    if (border > pos_) out_.text(text_.substr(pos_, border - pos_));
    pos_ = std::max(pos_, border);
  }
  /// Closes what ends here and, on the way down to it, what does not; opens the latter again.
  void close_at(uint32_t border) {
    const auto ends_here = [&](size_t i) { return marks_[i].span.end == border; };
    const auto lowest = std::find_if(stack_.begin(), stack_.end(), ends_here);
    if (lowest == stack_.end()) return;
    const std::vector<size_t> closed(lowest, stack_.end());
    for (auto it = closed.rbegin(); it != closed.rend(); ++it) {
      out_.close();
      stack_.pop_back();
      if (ends_here(*it)) refer(marks_[*it]);
    }
    for (const size_t i : closed)
      if (!ends_here(i)) open(i, false);
  }
  void open(size_t index, bool first) {
    const Mark& mark = marks_[index];
    out_.open("span", {{"class", style(mark)}, {"id", first ? mark.id : std::string()}});
    stack_.push_back(index);
  }
  std::string style(const Mark& mark) const {
    if (mark.kind == Mark::Kind::kTarget) return "target";
    if (mark.kind == Mark::Kind::kFinding) return "flagged";
    if (mark.kind == Mark::Kind::kKicker) return "kicker";
    const auto depth = std::count_if(stack_.begin(), stack_.end(), [this](size_t i) {
      return marks_[i].kind == Mark::Kind::kStatement;
    });
    return fmt::format("said {} in{}", mark.style, std::min<size_t>(depth, kMaxShownDepth));
  }
  void refer(const Mark& mark) {
    if (mark.reference.empty()) return;
    const bool finding = mark.kind == Mark::Kind::kFinding;
    // A word joiner keeps the number on the line of the word it belongs to.
    out_.leaf("span", {{"class", "join"}, {"aria-hidden", "true"}}, "\u2060");
    out_.open(
        "a",
        {{"class", finding ? "ref flag" : "ref"}, {"href", mark.href}, {"aria-label", mark.label}});
    out_.text(mark.reference).close();
  }

  Markup& out_;
  std::string_view text_;
  uint32_t pos_;
  uint32_t end_;
  std::vector<Mark> marks_;
  std::vector<size_t> stack_;
};

}  // namespace

std::string distance_class(uint32_t distance) {
  constexpr uint32_t kMaxShown = 4;
  return fmt::format("d{}", std::min(distance, kMaxShown));
}

void write_marked(Markup& out, std::string_view text, Span block, std::vector<Mark> marks) {
  MarkedText(out, text, block, std::move(marks)).write();
}

ArticleMarks::ArticleMarks(const LedgerView& view, const std::string& prefix)
    : view_(view),
      prefix_(prefix),
      blocks_(view.ledger().document.blocks.size()),
      statements_(blocks_.size()),
      statement_shown_(view.ledger().statements.size()) {
  add_statements();
  add_findings();
  add_targets();
  add_kickers();
}

std::string ArticleMarks::statement_id(size_t statement) const {
  return fmt::format("{}n{}", prefix_, view_.number(statement));
}

std::string ArticleMarks::finding_id(size_t finding) const {
  return fmt::format("{}f{}", prefix_, finding + 1);
}

std::optional<std::string> ArticleMarks::words_id(size_t statement) const {
  if (!statement_shown_[statement]) return std::nullopt;
  return fmt::format("{}s{}", prefix_, view_.number(statement));
}

std::optional<std::string> ArticleMarks::span_id(Span span) const {
  const auto it = target_ids_.find(span);
  return it == target_ids_.end() ? std::nullopt : std::optional(it->second);
}

void ArticleMarks::add_statements() {
  const auto& all = view_.ledger().statements;
  for (size_t i = 0; i < all.size(); ++i) {
    const Statement& s = all[i];
    if (!is_attribution(s)) continue;
    const std::string number = fmt::format("{}", view_.number(i));
    Mark mark{.kind = Mark::Kind::kStatement};
    mark.style = s.quote == "scare" ? "scare" : distance_class(s.distance);
    mark.id = fmt::format("{}s{}", prefix_, number);
    mark.reference = number;
    mark.href = "#" + statement_id(i);
    mark.label = view_.say().fill("note.statement", {{"n", number}});
    const auto block = add(s.content, mark);
    statement_shown_[i] = block.has_value();
    // A statement without words in a block still needs a place for its note.
    if (!blocks_.empty()) statements_[block.value_or(blocks_.size() - 1)].push_back(i);
  }
}

void ArticleMarks::add_findings() {
  const auto& all = view_.ledger().findings;
  for (size_t i = 0; i < all.size(); ++i) {
    for (const Span s : all[i].spans) {
      Mark mark{.kind = Mark::Kind::kFinding};
      mark.reference = finding_letter(i);
      mark.href = "#" + finding_id(i);
      mark.label =
          fmt::format("{} {}", finding_letter(i), view_.say().label("finding", all[i].kind));
      add({s}, mark);
      add_target(s);
    }
  }
}

void ArticleMarks::add_targets() {
  for (const Statement& s : view_.ledger().statements) {
    if (!is_attribution(s)) continue;
    for (const ledger::Why& why : s.why) add_target(why.span);
    for (const Span span : s.source) add_target(span);
    for (const ledger::Hop& hop : s.chain)
      if (hop.span) add_target(*hop.span);
    if (s.verification.span) add_target(*s.verification.span);
  }
  for (const ledger::Picture& p : view_.ledger().pictures) {
    if (p.credit) add_target(*p.credit);
    if (p.verification.span) add_target(*p.verification.span);
  }
}

void ArticleMarks::add_target(Span span) {
  if (target_ids_.contains(span)) return;
  Mark mark;
  mark.id = fmt::format("{}x{}", prefix_, target_ids_.size() + 1);
  if (add({span}, mark)) target_ids_[span] = mark.id;
}

void ArticleMarks::add_kickers() {
  for (const Block& block : view_.ledger().document.blocks)
    if (block.kicker) add({*block.kicker}, {.kind = Mark::Kind::kKicker});
}

std::optional<size_t> ArticleMarks::add(const std::vector<Span>& spans, const Mark& mark) {
  const auto& blocks = view_.ledger().document.blocks;
  std::vector<std::pair<size_t, Span>> pieces;
  for (const Span span : spans) {
    auto it = std::lower_bound(blocks.begin(), blocks.end(), span.begin,
                               [](const Block& b, uint32_t at) { return b.span.end <= at; });
    for (; it != blocks.end() && it->span.begin < span.end; ++it) {
      const Span piece{std::max(span.begin, it->span.begin), std::min(span.end, it->span.end)};
      if (!piece.empty()) pieces.emplace_back(static_cast<size_t>(it - blocks.begin()), piece);
    }
  }
  for (size_t i = 0; i < pieces.size(); ++i) {
    Mark part = mark;
    part.span = pieces[i].second;
    if (i > 0) part.id.clear();
    if (i + 1 < pieces.size()) part.reference.clear();
    blocks_[pieces[i].first].push_back(std::move(part));
  }
  return pieces.empty() ? std::nullopt : std::optional(pieces.front().first);
}

}  // namespace avstand::report
