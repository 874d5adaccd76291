#include <algorithm>
#include <map>
#include <utility>

#include "ingest/patterns_impl.h"
#include "text/line.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr uint32_t kMaxKickerCells = 60;
constexpr size_t kMaxHeaderLines = 5;
constexpr size_t kMaxHeadline = 240;   // bytes
constexpr size_t kLongHeadline = 110;  // over this, a first block with a kicker is a caption

bool is_white(char32_t c) { return is_blank(c) || is_line_break(c) || is_ignorable(c); }

/// Stretches of text between lines that have nothing but white space in them.
std::vector<Span> stretches(std::string_view text) {
  std::vector<Span> out;
  bool open = false;    // a stretch is being read
  uint32_t breaks = 0;  // line breaks since the last visible character
  for (size_t pos = 0; pos < text.size();) {
    const CodePoint c = decode_utf8(text, pos);
    const auto begin = static_cast<uint32_t>(pos);
    pos += c.size;
    if (c.value == '\r' && pos < text.size() && text[pos] == '\n') continue;
    if (c.value == '\n' || c.value == '\r' || c.value == 0x2029) ++breaks;
    if (is_white(c.value)) continue;
    if (!open || breaks > 1) out.push_back({begin, begin});
    open = true;
    breaks = 0;
    out.back().end = static_cast<uint32_t>(pos);
  }
  return out;
}

/// Gives every block its kind, from the first to the last.
class KindFinder {
 public:
  KindFinder(Article& article, const Patterns::Impl& patterns)
      : article_(article), patterns_(patterns) {}

  void find() {
    const size_t title = article_.title ? article_.title->size() : 0;
    for (size_t i = 0; i < article_.blocks.size(); ++i) {
      Block& block = article_.blocks[i];
      last_ = i + 1 == article_.blocks.size();
      if (block.span.end <= title) {
        block.kind = BlockKind::kHeadline;
        headline_ = true;
      } else {
        block.kind = kind(block);
      }
    }
    leave_transcripts();
  }

 private:
  /// "HOLM: …", "LIE: …", "HOLM: …" are the turns of a conversation, no captions: what stands
  /// before the colon comes again, and nothing there is a credit.
  void leave_transcripts() {
    std::map<std::string_view, uint32_t> count;
    const auto label = [&](const Block& block) {  // a quoted conversation begins with a mark
      std::string_view text = block.kicker->in(article_.text);
      for (const std::string_view mark : {"\"", "“", "«", "”", "„"})
        if (text.starts_with(mark)) return text.substr(mark.size());
      return text;
    };
    for (const Block& block : article_.blocks)
      if (block.kicker) ++count[label(block)];
    for (Block& block : article_.blocks) {
      if (!block.kicker || count[label(block)] < 2) continue;
      if (is_photo_caption(block_form(block.span.in(article_.text)), patterns_)) continue;
      block.kind = BlockKind::kParagraph;
      block.kicker.reset();
    }
  }

  BlockKind kind(Block& block) {
    const BlockForm form = block_form(block.span.in(article_.text));
    const bool alone = article_.blocks.size() == 1;
    if (!alone && !paragraph_ && take_dates(form)) return BlockKind::kByline;
    if (!alone)
      if (const auto mark = by_marks(block, form)) return *mark;
    body_seen_ = true;
    if (!headline_ && !body_) {
      if (!alone && is_headline(form)) {
        headline_ = true;
        return BlockKind::kHeadline;
      }
    } else if (headline_ && !body_ && !last_) {
      body_ = true;
      return BlockKind::kLede;
    }
    const bool before_body = !body_;
    body_ = paragraph_ = true;
    if (is_list(form, patterns_)) return BlockKind::kList;
    if (is_quotation(form)) return BlockKind::kQuote;
    if (!alone && !last_ && !before_body && is_subheading(form)) return BlockKind::kSubheading;
    return BlockKind::kParagraph;
  }

  /// "Av Kari Lie", "Publisert 14. mai 2024": over the body, alone or as lines of one block. Notes
  /// when it was published; later changes count only where nothing else is told.
  bool take_dates(const BlockForm& form) {
    if (!form.whole || form.size() > kShort || form.lines.size() > kMaxHeaderLines) return false;
    std::string rest;
    bool dated = false;
    for (const std::string_view line : form.lines) {
      const auto date = read_date_line(line, patterns_.dates);
      if (!date) {
        rest += (rest.empty() ? "" : "\n") + std::string(line);
        continue;
      }
      dated = true;
      if (article_.published && !(published_updated_ && !date->updated)) continue;
      article_.published = date->date;
      published_updated_ = date->updated;
    }
    if (!dated) return false;
    // What stands beside the date is a byline, or the name of the outlet: short, without a stop.
    const BlockForm others = block_form(rest);
    for (std::string& name : byline_names_of(others))
      if (!name.empty()) article_.bylines.push_back(std::move(name));
    return others.text.empty() || !others.stop;
  }

  /// Kinds that a block shows by marks of its own, wherever it stands.
  std::optional<BlockKind> by_marks(Block& block, const BlockForm& form) {
    const auto kicker = find_kicker(article_.text, block.span);
    if (is_dateline(form, patterns_)) return BlockKind::kDateline;
    // "USA: …" may be a headline too: short, one line, without a full stop, before everything.
    const bool may_be_headline = !headline_ && !body_seen_ && !form.stop &&
                                 form.lines.size() == 1 && form.size() <= kLongHeadline;
    const bool photo = is_photo_caption(form, patterns_);
    if (kicker && (photo || !may_be_headline)) block.kicker = kicker;
    if (photo || block.kicker) return BlockKind::kCaption;
    if (is_credit(form, patterns_)) return BlockKind::kCredit;
    for (std::string& name : byline_names_of(form)) {
      byline_ = true;
      if (!name.empty()) article_.bylines.push_back(std::move(name));
    }
    if (std::exchange(byline_, false)) return BlockKind::kByline;
    return std::nullopt;
  }

  std::vector<std::string> byline_names_of(const BlockForm& form) const {
    return byline_names(form, patterns_);
  }

  static bool is_headline(const BlockForm& form) {
    const bool full_stop = form.text.ends_with('.') && !form.text.ends_with("...");
    return form.whole && form.lines.size() == 1 && form.size() <= kMaxHeadline && !full_stop;
  }

  Article& article_;
  const Patterns::Impl& patterns_;
  bool headline_ = false;   // a headline was found
  bool body_ = false;       // the lede or a paragraph was found
  bool paragraph_ = false;  // something behind the lede was found
  bool body_seen_ = false;  // something that is no caption, byline or credit was found
  bool byline_ = false;
  bool last_ = false;
  bool published_updated_ = false;  // published is the day of a change
};

}  // namespace

std::optional<Span> find_kicker(std::string_view text, Span block) {
  constexpr uint32_t kReach = 512;  // bytes; a kicker is short
  const auto beginning = utf8_prefix(text, std::min(block.end, block.begin + kReach));
  Line line;
  read_line(beginning, block.begin, static_cast<uint32_t>(beginning.size()), line);
  uint32_t capitals = 0;
  for (uint32_t i = 0; i < line.size() && i <= kMaxKickerCells; ++i) {
    const Cell& cell = line[i];
    if (cell.lower()) return std::nullopt;
    capitals += cell.upper();
    if (cell.c != ':') continue;
    if (i > 0 && line[i - 1].c == ')') return std::nullopt;  // a dateline: "OSLO (NTB): …"
    if (capitals < 2 || i + 1 >= line.size() || !line[i + 1].blank()) return std::nullopt;
    return Span{line[0].source.begin, line[i - 1].source.end};
  }
  return std::nullopt;
}

void find_blocks(Article& article, const Patterns& patterns) {
  article.blocks.clear();
  for (const Span span : stretches(article.text)) {
    Block block;
    block.span = span;
    article.blocks.push_back(block);
  }
  KindFinder(article, patterns.get()).find();
}

}  // namespace avstand::ingest
