// An HTML page as a flat tree. The one place that knows the parser (gumbo).
//
//   HtmlTree::parse(utf8, limits) -> nodes in document order; the subtree of node i is
//   [i, nodes()[i].end), so that no walk needs recursion.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ingest/ingest.h"
#include "text/span.h"

namespace avstand::ingest {

/// What a page may have. Over a limit is an error of kind kLimit, found before or while parsing.
struct HtmlLimits {
  uint32_t max_depth = 512;              ///< open elements; browsers stop there too
  uint32_t max_tag_attributes = 256;     ///< of one tag
  uint32_t max_attributes = 1'000'000;   ///< of the page
  uint32_t max_nodes = 2'000'000;        ///< elements and stretches of text
  size_t max_tree_bytes = 512ULL << 20;  ///< memory of the tree
};

/// What the caller's limits say about pages.
HtmlLimits html_limits(const Limits& limits);

/// The elements that the reader tells apart.
enum class Tag : uint8_t {
  kOther,
  kText,  // kText: no element, a stretch of text
  kA,
  kAbbr,
  kAcronym,
  kAddress,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBig,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCenter,
  kCite,
  kCode,
  kDd,
  kDel,
  kDetails,
  kDialog,
  kDiv,
  kDl,
  kDt,
  kEm,
  kFieldset,
  kFigcaption,
  kFigure,
  kFont,
  kFooter,
  kForm,
  kFrameset,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kIns,
  kLabel,
  kLegend,
  kLi,
  kLink,
  kMain,
  kMath,
  kMenu,
  kMeta,
  kNav,
  kNoscript,
  kObject,
  kOl,
  kOption,
  kP,
  kPicture,
  kPre,
  kQ,
  kS,
  kScript,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrike,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kU,
  kUl,
  kVideo,
  kCount
};

/// The element's name in lower case; empty for kOther and kText.
std::string_view to_string(Tag tag);

struct HtmlAttribute {
  std::string_view name;   ///< lower case
  std::string_view value;  ///< character references resolved
};

struct HtmlNode {
  Tag tag = Tag::kOther;
  uint32_t parent = 0;
  uint32_t end = 0;       ///< behind its last descendant
  Span source;            ///< bytes in the UTF-8 that was parsed, tags included
  std::string_view text;  ///< of kText: character references resolved
  uint32_t first_attribute = 0;
  uint32_t attribute_count = 0;
};

/// Movable; the views live as long as the tree and the bytes it was made of.
class HtmlTree {
 public:
  /// `utf8` must be valid UTF-8 and outlive the tree. Never recursive; linear but for unclosed
  /// formatting elements, which the limits end.
  static Result<HtmlTree> parse(std::string_view utf8, const HtmlLimits& limits = {});
  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  const std::vector<HtmlNode>& nodes() const { return nodes_; }
  const HtmlNode& operator[](uint32_t i) const { return nodes_[i]; }
  uint32_t size() const { return static_cast<uint32_t>(nodes_.size()); }
  /// The value of an attribute; nullopt: the element has none of that name.
  std::optional<std::string_view> attribute(uint32_t node, std::string_view name) const;
  const HtmlAttribute* attributes(uint32_t node) const {
    return attributes_.data() + nodes_[node].first_attribute;
  }

 private:
  class Arena;
  class Flattener;
  HtmlTree();
  std::unique_ptr<Arena> arena_;
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
};

/// Fails if tags are nested deeper or carry more attributes than the limits allow. One pass, run
/// before the parser, whose cost for such input would be quadratic.
Status check_html_limits(std::string_view utf8, const HtmlLimits& limits);

}  // namespace avstand::ingest
