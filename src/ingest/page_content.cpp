#include "ingest/page_content.h"

#include <algorithm>
#include <unordered_set>

#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr uint32_t kGoodLetters = 60;  // of a run that counts as text by its length alone
constexpr float kBorder = 12;          // what a run that is no text takes off
constexpr float kMostOfPage =
    0.9F;  // of the page's text: a name that drops so much is not believed
constexpr float kMuchOfPage = 0.4F;  // the same for names that often mean something else
constexpr size_t kMinHeadline = 12;  // letters of an <h1> that is more than a name
constexpr uint32_t kMinLede = 30;
constexpr uint32_t kMaxLede = 1'200;
constexpr uint32_t kOpening = 24;  // runs behind the headline that may stand before the body
constexpr uint32_t kNone = UINT32_MAX;
constexpr float kPart = 0.85F;  // of its parent's text that an element must have to be chosen

/// Finds the element that the article stands in, and the runs of it that belong to it.
class ContentFinder {
 public:
  ContentFinder(const HtmlTree& tree, const PageOutline& page, const PageRules& rules,
                const PageHints& hints)
      : tree_(tree), page_(page), rules_(rules), hints_(hints) {}

  PageContent find() {
    measure();
    find_headline();
    find_dropped();
    container_ = find_container();
    narrow_to_headline();
    take_headline();
    take_opening();
    for (uint32_t r = first_run(); r < page_.runs.size(); ++r)
      if (inside(page_.runs[r].owner)) take(page_.runs[r]);
    trim_end();
    out_.paywall = has_paywall();
    judge_cookie_wall();
    return std::move(out_);
  }

 private:
  bool is_good(const TextRun& run) const {
    if ((run.state & (kInHeading | kInCaption)) != 0) return false;
    if (run.link_letters * 5 > run.letters * (run.stop ? 3 : 2)) return false;
    return run.letters >= kGoodLetters || (run.stop && run.letters >= kGoodLetters / 2);
  }

  /// Letters of good runs under every element.
  void measure() {
    text_.assign(tree_.size(), 0);
    for (const TextRun& run : page_.runs)
      if (is_good(run)) text_[run.owner] += run.letters;
    for (uint32_t i = tree_.size(); i-- > 1;) text_[tree_[i].parent] += text_[i];
  }

  /// What boilerplate names drop, unless most of the text stands in it: then the name meant
  /// something else ("has-sidebar").
  void find_dropped() {
    dropped_.assign(tree_.size(), false);
    never_.assign(tree_.size(), false);
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      const uint32_t parent = tree_[i].parent;
      const bool kept = (page_.marks[i] & kMarkKeep) != 0;
      never_[i] = !is_body_itemprop(i) && (never_[parent] || (!kept && is_never(i)));
      dropped_[i] = never_[i] || (!kept && (dropped_[parent] || is_dropped(i)));
    }
  }

  bool may_drop(uint32_t i, float share) const {
    const Tag tag = tree_[i].tag;
    const bool has_headline = headline_ != kNone && i <= page_.runs[headline_].first &&
                              page_.runs[headline_].last < tree_[i].end;
    return tag != Tag::kText && tag != Tag::kBody && !has_headline &&
           static_cast<float>(text_[i]) <= share * static_cast<float>(text_[0]);
  }
  bool is_never(uint32_t i) const {
    const bool never = (page_.marks[i] & kMarkNever) != 0 || tree_[i].tag == Tag::kFooter;
    return never && may_drop(i, kMostOfPage);
  }
  /// itemprop="articleBody": no guess, the page says so.
  bool is_body_itemprop(uint32_t i) const {
    return (page_.marks[i] & (kMarkBody | kMarkKeep)) == (kMarkBody | kMarkKeep);
  }

  bool is_dropped(uint32_t i) const {
    const Tag tag = tree_[i].tag;
    const bool by_tag =
        tag == Tag::kFooter || tag == Tag::kAside || tag == Tag::kForm || tag == Tag::kMenu;
    const bool by_name = (page_.marks[i] & (kMarkDrop | kMarkByline | kMarkPaywall)) != 0;
    return (by_tag || by_name) && may_drop(i, kMuchOfPage);
  }

  uint32_t find_container() {
    score_.assign(tree_.size(), 0);
    for (const TextRun& run : page_.runs) {
      if (dropped_[run.owner]) continue;
      if (is_good(run)) {
        score_[run.owner] += static_cast<float>(run.letters);
      } else if ((run.state & kInHeading) == 0) {
        score_[run.owner] -= kBorder + static_cast<float>(run.link_letters) / 2;
      }
    }
    for (uint32_t i = tree_.size(); i-- > 1;) score_[tree_[i].parent] += score_[i];
    uint32_t best = 0;
    for (uint32_t i = 1; i < tree_.size(); ++i)
      if (score_[i] > score_[best]) best = i;
    best = descend(best);
    return marked_body(best);
  }

  /// Down to the smallest element that has nearly all the text.
  uint32_t descend(uint32_t i) const {
    for (bool again = true; again;) {
      again = false;
      for (uint32_t child = i + 1; child < tree_[i].end; child = tree_[child].end) {
        if (score_[child] < kPart * score_[i]) continue;
        i = child;
        again = true;
        break;
      }
    }
    return i;
  }

  /// An element whose name says that it is the body, if it has text worth the name.
  uint32_t marked_body(uint32_t best) const {
    uint32_t found = best;
    float most = 0;
    for (uint32_t i = 1; i < tree_.size(); ++i) {
      if ((page_.marks[i] & kMarkBody) == 0 || dropped_[i] || tree_[i].tag == Tag::kBody) continue;
      const bool within = i > found && i < tree_[found].end && most > 0;
      if (score_[i] > most * (within ? 0.7F : 1.05F)) {
        most = score_[i];
        found = i;
      }
    }
    const float enough = is_body_itemprop(found) ? 0.1F : 0.5F;
    return most > enough * score_[best] ? found : best;
  }

  // ---- headline and lede

  bool under(const TextRun& run, Tag tag) const {
    for (uint32_t i = run.first; i > 0; i = tree_[i].parent)
      if (tree_[i].tag == tag) return true;
    return false;
  }

  /// The first <h1> that says what the metadata say, else the first that is no name of the outlet.
  void find_headline() {
    const std::string title = letters_of(hints_.title);
    uint32_t first = kNone;
    for (uint32_t r = 0; r < page_.runs.size(); ++r) {
      const TextRun& run = page_.runs[r];
      if ((run.state & kInHeading) == 0 && !has_mark(run, kMarkHeadline)) continue;
      const bool h1 = under(run, Tag::kH1);
      const std::string text = letters_of(run_text(tree_, page_, run));
      const bool same = text.size() >= 8 && (title.find(text) != std::string::npos ||
                                             (title.size() >= 8 && text.starts_with(title)));
      if (same && (h1 || headline_ == kNone)) headline_ = r;
      if (same && h1) return;
      if (h1 && first == kNone && text.size() >= kMinHeadline) first = r;
    }
    if (headline_ == kNone) headline_ = first;
  }

  /// Where stories of others stand beside or below: the part that has the headline, if it has text.
  void narrow_to_headline() {
    if (headline_ == kNone || !inside(page_.runs[headline_].owner)) return;
    for (uint32_t i = page_.runs[headline_].owner; i != container_; i = tree_[i].parent) {
      const float part = tree_[i].tag == Tag::kArticle ? 0.2F : 0.5F;
      if (score_[i] < part * score_[container_]) continue;
      container_ = descend(i);
      return;
    }
  }

  void take_headline() {
    if (headline_ == kNone) return;
    const TextRun& run = page_.runs[headline_];
    headline_text_ = run_text(tree_, page_, run);
    out_.blocks.push_back({BlockKind::kHeadline, headline_text_, run.first, run.last});
  }

  /// The picture that stands above the headline, in the element that has both headline and body.
  void take_captions_above() {
    uint32_t common = container_;
    while (common != 0 && tree_[common].end <= page_.runs[headline_].first)
      common = tree_[common].parent;
    while (common > page_.runs[headline_].first) common = tree_[common].parent;
    for (uint32_t r = headline_ > kOpening ? headline_ - kOpening : 0; r < headline_; ++r) {
      const TextRun& run = page_.runs[r];
      if (run.first > common && !dropped_[run.owner] && (run.state & kInCaption) != 0) take(run);
    }
  }

  /// What stands between headline and body in elements of its own: lede, captions.
  void take_opening() {
    if (headline_ == kNone) return;
    take_captions_above();
    const auto runs = static_cast<uint32_t>(page_.runs.size());
    for (uint32_t r = headline_ + 1; r < std::min(runs, headline_ + kOpening); ++r) {
      const TextRun& run = page_.runs[r];
      const bool marked = has_mark(run, kMarkLede);
      if (inside(run.owner) && !marked) return;
      if (dropped_[run.owner] || run.is_link()) continue;
      const bool caption = run_kind(run) == BlockKind::kCaption;
      if (!caption && (lede_ != kNone || run.letters < kMinLede || run.letters > kMaxLede ||
                       (!marked && !run.stop)))
        continue;
      std::string text = run_text(tree_, page_, run);
      if (rules_.is_refrain(text) || rules_.is_cookie_wall(text)) continue;
      if (caption && !captions_.insert(text).second) continue;
      out_.blocks.push_back(
          {caption ? BlockKind::kCaption : BlockKind::kLede, std::move(text), run.first, run.last});
      if (!caption) lede_ = r;
      if (inside(run.owner)) return;
    }
  }

  bool has_mark(const TextRun& run, uint16_t mark) const {
    uint32_t i = run.owner;
    for (int up = 0; up < 3 && i != 0; ++up, i = tree_[i].parent)
      if ((page_.marks[i] & mark) != 0 && (page_.marks[i] & kMarkBody) == 0) return true;
    return false;
  }

  /// What stands above the headline is no part of the article, if the headline stands above it.
  uint32_t first_run() const {
    if (headline_ == kNone) return 0;
    uint32_t behind = 0, all = 0;
    for (uint32_t r = 0; r < page_.runs.size(); ++r) {
      if (!inside(page_.runs[r].owner) || !is_good(page_.runs[r])) continue;
      all += page_.runs[r].letters;
      if (r > headline_) behind += page_.runs[r].letters;
    }
    return behind * 2 > all ? std::max(headline_, lede_ == kNone ? 0 : lede_) + 1 : 0;
  }

  /// Names of the whole page tell what the site can do, not what this article is.
  bool has_paywall() const {
    for (uint32_t i = 1; i < tree_.size(); ++i)
      if ((page_.marks[i] & kMarkPaywall) != 0 && (page_.state[i] & kInHidden) == 0 &&
          tree_[i].tag != Tag::kBody)
        return true;
    return false;
  }

  /// Letters and digits in lower case, to compare headlines by.
  static std::string letters_of(std::string_view text) {
    std::string out;
    for (const char c : lower_case(utf8_prefix(text, 400)))
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<uint8_t>(c) >= 0x80)
        out += c;
    return out;
  }

  // ---- body

  bool inside(uint32_t node) const { return node >= container_ && node < tree_[container_].end; }

  void take(const TextRun& run) {
    const BlockKind kind = run_kind(run);
    if (dropped_[run.owner] || run.is_link() || is_time(run)) return;
    if (!begun_ && kind != BlockKind::kCaption && kind != BlockKind::kSubheading) {
      // Dates, places and names stand between headline and text.
      if (!is_good(run) && !run.stop) return;
      begun_ = true;
    }
    std::string text = run_text(tree_, page_, run);
    if (text.empty() || is_code(text) || text == headline_text_ || rules_.is_refrain(text)) return;
    if (rules_.is_cookie_wall(text)) {
      wall_bytes_ += text.size();
      return;
    }
    if (kind == BlockKind::kCaption && !captions_.insert(text).second) return;
    out_.blocks.push_back({kind, std::move(text), run.first, run.last});
  }

  /// Nothing but the time at which something was published.
  bool is_time(const TextRun& run) const {
    return run.letters < 40 && tree_[tree_[run.first].parent].tag == Tag::kTime &&
           tree_[run.first].parent == tree_[run.last].parent;
  }

  /// Mark-up or an address that a template left in the text.
  static bool is_code(std::string_view text) {
    if (text.starts_with('<')) return true;
    return text.starts_with("http") && text.find("://") < 6 &&
           (text.find(' ') == std::string_view::npos || !text.ends_with('.'));
  }

  /// A heading with nothing under it is one of what was left out.
  void trim_end() {
    while (!out_.blocks.empty() && out_.blocks.back().kind == BlockKind::kSubheading)
      out_.blocks.pop_back();
  }

  void judge_cookie_wall() {
    size_t left = 0;
    for (const PageBlock& block : out_.blocks)
      if (block.kind != BlockKind::kHeadline && block.kind != BlockKind::kSubheading)
        left += block.text.size();
    out_.cookie_wall = wall_bytes_ > 0 && wall_bytes_ >= left;
  }

  const HtmlTree& tree_;
  const PageOutline& page_;
  const PageRules& rules_;
  const PageHints& hints_;
  std::vector<uint32_t> text_;
  std::vector<float> score_;
  std::vector<bool> dropped_;
  std::vector<bool> never_;
  uint32_t container_ = 0;
  uint32_t headline_ = kNone;  // run
  uint32_t lede_ = kNone;      // run
  std::string headline_text_;
  bool begun_ = false;     // text of the body was taken
  size_t wall_bytes_ = 0;  // of what asks for consent to cookies
  std::unordered_set<std::string> captions_;
  PageContent out_;
};

}  // namespace

BlockKind run_kind(const TextRun& run) {
  const bool other = (run.state & (kInQuote | kInTable | kInHeading)) != 0;
  if ((run.state & kInCaption) != 0 || ((run.state & kInFigure) != 0 && !other))
    return BlockKind::kCaption;
  if ((run.state & kInCredit) != 0) return BlockKind::kCredit;
  if ((run.state & kInHeading) != 0) return BlockKind::kSubheading;
  if ((run.state & kInQuote) != 0) return BlockKind::kQuote;
  if ((run.state & kInList) != 0) return BlockKind::kList;
  return BlockKind::kParagraph;
}

std::vector<PageBlock> all_blocks(const HtmlTree& tree, const PageRules& rules) {
  const PageOutline page = outline(tree, rules);
  std::vector<PageBlock> out;
  for (const TextRun& run : page.runs) {
    std::string text = run_text(tree, page, run);
    if (!text.empty() && !rules.is_refrain(text))
      out.push_back({run_kind(run), std::move(text), run.first, run.last});
  }
  return out;
}

PageContent find_content(const HtmlTree& tree, const PageOutline& page, const PageRules& rules,
                         const PageHints& hints) {
  return ContentFinder(tree, page, rules, hints).find();
}

}  // namespace avstand::ingest
