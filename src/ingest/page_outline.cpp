#include "ingest/page_outline.h"

#include <array>
#include <unordered_map>

#include "text/collapse.h"

namespace avstand::ingest {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Elements that stand in a line of text, or in none.
constexpr std::array kInline = {
    Tag::kOther,  Tag::kText, Tag::kA,      Tag::kAbbr,   Tag::kAcronym, Tag::kB,
    Tag::kBig,    Tag::kCite, Tag::kCode,   Tag::kDel,    Tag::kEm,      Tag::kFont,
    Tag::kI,      Tag::kImg,  Tag::kIns,    Tag::kLabel,  Tag::kQ,       Tag::kS,
    Tag::kSmall,  Tag::kSpan, Tag::kStrike, Tag::kStrong, Tag::kSub,     Tag::kSup,
    Tag::kTime,   Tag::kU,    Tag::kBr,     Tag::kScript, Tag::kStyle,   Tag::kNoscript,
    Tag::kButton, Tag::kSvg,  Tag::kLink,   Tag::kMeta,   Tag::kTemplate};

bool is_inline(Tag tag) {
  static const auto table = [] {
    std::array<bool, static_cast<size_t>(Tag::kCount)> out{};
    for (const Tag t : kInline) out[static_cast<size_t>(t)] = true;
    return out;
  }();
  return table[static_cast<size_t>(tag)];
}

/// What an element makes of all that stands in it.
uint16_t state_of(Tag tag) {
  switch (tag) {
    case Tag::kHead:
    case Tag::kScript:
    case Tag::kStyle:
    case Tag::kNoscript:
    case Tag::kTemplate:
    case Tag::kSvg:
    case Tag::kMath:
    case Tag::kIframe:
    case Tag::kSelect:
    case Tag::kButton:
    case Tag::kTextarea:
    case Tag::kObject:
    case Tag::kAudio:
    case Tag::kVideo:
    case Tag::kCanvas:
    case Tag::kNav:
    case Tag::kDialog:
      return kInHidden;
    case Tag::kA:
      return kInLink;
    case Tag::kLi:
    case Tag::kDt:
    case Tag::kDd:
      return kInList;
    case Tag::kBlockquote:
      return kInQuote;
    case Tag::kFigcaption:
      return kInCaption | kInFigure;
    case Tag::kFigure:
      return kInFigure;
    case Tag::kTable:
      return kInTable;
    case Tag::kAside:
      return kInAside;
    default:
      return is_heading(tag) ? kInHeading : 0;
  }
}

bool is_hidden_style(std::string_view style) {
  std::string tight;
  for (const char c : style.substr(0, 400))
    if (!is_space(c)) tight += c;
  const size_t at = tight.find("display:none");
  return at != std::string::npos || tight.find("visibility:hidden") != std::string::npos;
}

/// Makes the outline in one walk over the nodes.
class Outliner {
 public:
  Outliner(const HtmlTree& tree, const PageRules& rules, std::string_view host)
      : tree_(tree), rules_(rules), publisher_(rules.publisher(host)) {
    out_.state.resize(tree.size());
    out_.marks.resize(tree.size());
  }

  PageOutline make() {
    for (uint32_t i = 0; i < tree_.size(); ++i) {
      close_blocks(i);
      const HtmlNode& node = tree_[i];
      const uint16_t above = i == 0 ? uint16_t{0} : out_.state[node.parent];
      out_.state[i] = above;
      if (node.tag == Tag::kText) {
        if ((above & kInHidden) == 0) add_text(i);
        continue;
      }
      if ((above & kInHidden) != 0) continue;
      read_element(i);
      if (node.tag == Tag::kBr) line_break();
      if (!is_inline(node.tag)) open_block(i);
    }
    flush();
    return std::move(out_);
  }

 private:
  void read_element(uint32_t i) {
    const HtmlNode& node = tree_[i];
    out_.state[i] |= state_of(node.tag);
    const HtmlAttribute* const attributes = tree_.attributes(i);
    for (uint32_t a = 0; a < node.attribute_count; ++a) {
      const auto& [name, value] = attributes[a];
      if (name == "class" || name == "id" || name == "data-testid" || name == "data-component") {
        out_.marks[i] |= name_marks(value);
      } else if (name == "role") {
        out_.marks[i] |= rules_.of_role(value);
      } else if (name == "itemprop") {
        out_.marks[i] |= rules_.of_itemprop(value);
      } else if (name == "hidden" || (name == "style" && is_hidden_style(value))) {
        out_.state[i] |= kInHidden;
      }
    }
    const bool part = node.tag != Tag::kBody && node.tag != Tag::kHtml;
    if (part && (out_.marks[i] & kMarkCaption) != 0) out_.state[i] |= kInCaption;
    if (part && (out_.marks[i] & kMarkCredit) != 0) out_.state[i] |= kInCredit;
  }

  uint16_t name_marks(std::string_view name) {
    const auto [at, fresh] = known_.try_emplace(name, uint16_t{0});
    if (fresh) at->second = rules_.of_name(name);
    if (fresh && publisher_ != nullptr) at->second |= PageRules::of_name(name, *publisher_);
    return at->second;
  }

  void open_block(uint32_t i) {
    flush();
    blocks_.push_back(i);
  }

  void close_blocks(uint32_t i) {
    while (!blocks_.empty() && tree_[blocks_.back()].end <= i) {
      flush();
      blocks_.pop_back();
    }
  }

  /// Two line breaks end a paragraph.
  void line_break() {
    if (run_.letters > 0 && breaks_++ > 0) flush();
  }

  void add_text(uint32_t i) {
    uint32_t letters = 0;
    char last = 0, before = 0;
    for (const char c : tree_[i].text) {
      if (is_space(c)) continue;
      ++letters;
      before = last;
      last = c;
    }
    if (letters == 0 || tree_[i].text == "\xC2\xA0") return;
    if (run_.letters == 0) {
      run_.first = i;
      run_.owner = blocks_.empty() ? 0 : blocks_.back();
      run_.state = out_.state[i];
    }
    breaks_ = 0;
    run_.last = i;
    run_.letters += letters;
    if ((out_.state[i] & kInLink) != 0) run_.link_letters += letters;
    const auto is_stop = [](char c) { return c == '.' || c == '!' || c == '?'; };
    run_.stop = is_stop(last) || (is_stop(before) && !is_space(last));
  }

  void flush() {
    if (run_.letters > 0) out_.runs.push_back(run_);
    run_ = {};
    breaks_ = 0;
  }

  const HtmlTree& tree_;
  const PageRules& rules_;
  const StringMap<uint16_t>* publisher_;
  PageOutline out_;
  std::unordered_map<std::string_view, uint16_t> known_;
  std::vector<uint32_t> blocks_;  // open block elements
  TextRun run_;
  uint32_t breaks_ = 0;
};

}  // namespace

bool is_heading(Tag tag) { return tag >= Tag::kH1 && tag <= Tag::kH6; }

PageOutline outline(const HtmlTree& tree, const PageRules& rules, std::string_view host) {
  return Outliner(tree, rules, host).make();
}

std::string run_text(const HtmlTree& tree, const PageOutline& page, const TextRun& run) {
  Collapser out;
  for (uint32_t i = run.first; i <= run.last; ++i) {
    if ((page.state[i] & kInHidden) != 0) continue;
    if (tree[i].tag == Tag::kBr) out.end_line();
    if (tree[i].tag == Tag::kText) out.add(tree[i].text);
  }
  return out.take();
}

}  // namespace avstand::ingest
