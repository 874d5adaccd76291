#include "ingest/html_tree.h"

#include <fmt/format.h>
#include <gumbo.h>

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <cstring>

namespace avstand::ingest {
namespace {

constexpr std::array<std::string_view, static_cast<size_t>(Tag::kCount)> kTagNames = {
    "",       "",        "a",      "abbr",     "acronym",    "address",  "article",    "aside",
    "audio",  "b",       "base",   "big",      "blockquote", "body",     "br",         "button",
    "canvas", "caption", "center", "cite",     "code",       "dd",       "del",        "details",
    "dialog", "div",     "dl",     "dt",       "em",         "fieldset", "figcaption", "figure",
    "font",   "footer",  "form",   "frameset", "h1",         "h2",       "h3",         "h4",
    "h5",     "h6",      "head",   "header",   "hr",         "html",     "i",          "iframe",
    "img",    "input",   "ins",    "label",    "legend",     "li",       "link",       "main",
    "math",   "menu",    "meta",   "nav",      "noscript",   "object",   "ol",         "option",
    "p",      "picture", "pre",    "q",        "s",          "script",   "section",    "select",
    "small",  "source",  "span",   "strike",   "strong",     "style",    "sub",        "summary",
    "sup",    "svg",     "table",  "tbody",    "td",         "template", "textarea",   "tfoot",
    "th",     "thead",   "time",   "title",    "tr",         "u",        "ul",         "video"};
static_assert(kTagNames.back() == "video");

using TagTable = std::array<Tag, GUMBO_TAG_LAST + 1>;

/// gumbo's numbers of elements to ours.
TagTable make_tag_table() {
  TagTable table{};
  for (size_t i = static_cast<size_t>(Tag::kText) + 1; i < kTagNames.size(); ++i) {
    const GumboTag tag = gumbo_tag_enum(std::string(kTagNames[i]).c_str());
    if (tag != GUMBO_TAG_UNKNOWN) table[tag] = static_cast<Tag>(i);
  }
  return table;
}

}  // namespace

std::string_view to_string(Tag tag) { return kTagNames[static_cast<size_t>(tag)]; }

/// The parser's memory: taken in large pieces, given back as a whole, so that neither a deep tree
/// nor an ended parse needs the parser's own (recursive) clean-up. gumbo knows no failing
/// allocation; over the limit the parse is left by longjmp, over frames of C only.
class HtmlTree::Arena {
 public:
  explicit Arena(size_t limit) : limit_(limit) {}
  ~Arena() {
    for (char* piece : pieces_) std::free(piece);
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  /// Parses into this arena; null: over the limit.
  const GumboOutput* parse(std::string_view utf8) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, size_t size) {
      return static_cast<Arena*>(arena)->allocate(size);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(over_limit_) != 0) return nullptr;  // NOLINT(*-err52-cpp)
    return gumbo_parse_with_options(&options, utf8.data(), utf8.size());
  }

 private:
  static constexpr size_t kPiece = 256 << 10;
  static constexpr size_t kAlign = 16;

  void* allocate(size_t size) {
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > room_ && !refill(size)) std::longjmp(over_limit_, 1);  // NOLINT(*-err52-cpp)
    void* const out = next_;
    next_ += size;
    room_ -= size;
    return out;
  }

  bool refill(size_t size) {
    const size_t piece = std::max(size, kPiece);
    if (piece > limit_ - used_) return false;
    next_ = static_cast<char*>(std::malloc(piece));
    if (next_ == nullptr) return false;
    pieces_.push_back(next_);
    used_ += piece;
    room_ = piece;
    return true;
  }

  const size_t limit_;
  size_t used_ = 0;
  size_t room_ = 0;
  char* next_ = nullptr;
  std::vector<char*> pieces_;
  std::jmp_buf over_limit_{};
};

/// Makes the flat tree of the parser's, with a stack of its own.
class HtmlTree::Flattener {
 public:
  Flattener(HtmlTree& tree, std::string_view utf8, uint32_t max_nodes)
      : tree_(tree), utf8_(utf8), max_nodes_(max_nodes) {}

  /// False: more nodes than allowed.
  bool flatten(const GumboNode* root) {
    enter(root, 0);
    while (!open_.empty()) {
      if (tree_.nodes_.size() > max_nodes_) return false;
      Open& top = open_.back();
      const GumboVector& children = top.node->v.element.children;
      if (top.next == children.length) {
        leave();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(children.data[top.next++]);
      if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
        enter(child, top.index);
      } else if (child->type != GUMBO_NODE_COMMENT && child->type != GUMBO_NODE_DOCUMENT) {
        add_text(child->v.text, top.index);
      }
    }
    return true;
  }

 private:
  struct Open {
    const GumboNode* node;
    uint32_t index;
    unsigned next;
  };

  static Tag tag_of(const GumboElement& element) {
    static const TagTable table = make_tag_table();
    return table[element.tag];
  }

  /// Bytes of a piece of the input; empty if the parser made it up.
  Span source_of(const GumboStringPiece& piece) const {
    if (piece.data == nullptr || piece.data < utf8_.data() ||
        piece.data + piece.length > utf8_.data() + utf8_.size())
      return {};
    const auto begin = static_cast<uint32_t>(piece.data - utf8_.data());
    return {begin, begin + static_cast<uint32_t>(piece.length)};
  }

  void enter(const GumboNode* node, uint32_t parent) {
    const GumboElement& element = node->v.element;
    HtmlNode out;
    out.tag = tag_of(element);
    out.parent = parent;
    out.source = source_of(element.original_tag);
    out.first_attribute = static_cast<uint32_t>(tree_.attributes_.size());
    out.attribute_count = element.attributes.length;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* a = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      tree_.attributes_.push_back({a->name, a->value});
    }
    open_.push_back({node, static_cast<uint32_t>(tree_.nodes_.size()), 0});
    tree_.nodes_.push_back(out);
  }

  void leave() {
    HtmlNode& node = tree_.nodes_[open_.back().index];
    node.end = static_cast<uint32_t>(tree_.nodes_.size());
    const Span end_tag = source_of(open_.back().node->v.element.original_end_tag);
    const uint32_t inner = tree_.nodes_.back().source.end;  // where the end tag is left out
    node.source.end = std::max({node.source.end, inner, end_tag.end});
    open_.pop_back();
  }

  void add_text(const GumboText& text, uint32_t parent) {
    HtmlNode out;
    out.tag = Tag::kText;
    out.parent = parent;
    out.end = static_cast<uint32_t>(tree_.nodes_.size()) + 1;
    out.text = text.text;
    out.source = source_of(text.original_text);
    tree_.nodes_.push_back(out);
  }

  HtmlTree& tree_;
  std::string_view utf8_;
  const uint32_t max_nodes_;
  std::vector<Open> open_;
};

HtmlTree::HtmlTree() = default;
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

Result<HtmlTree> HtmlTree::parse(std::string_view utf8, const HtmlLimits& limits) {
  AVSTAND_CHECK(check_html_limits(utf8, limits));
  HtmlTree tree;
  tree.arena_ = std::make_unique<Arena>(limits.max_tree_bytes);
  const GumboOutput* const output = tree.arena_->parse(utf8);
  if (output == nullptr)
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("HTML whose tree needs more than {} MB",
                                        limits.max_tree_bytes >> 20),
                 .hint = "no news page is like this; give its text"};
  if (!Flattener(tree, utf8, limits.max_nodes).flatten(output->root))
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("HTML with more than {} nodes", limits.max_nodes),
                 .hint = "no news page is like this; give its text"};
  return tree;
}

std::optional<std::string_view> HtmlTree::attribute(uint32_t node, std::string_view name) const {
  const HtmlAttribute* const first = attributes(node);
  for (uint32_t i = 0; i < nodes_[node].attribute_count; ++i)
    if (first[i].name == name) return first[i].value;
  return std::nullopt;
}

}  // namespace avstand::ingest
