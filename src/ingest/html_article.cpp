#include "ingest/html_article.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "ingest/encoding.h"
#include "ingest/page_content.h"
#include "ingest/page_metadata.h"
#include "ingest/page_pictures.h"
#include "ingest/patterns_impl.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kStub = 2'500;     // bytes of text under which a page with a wall is a stub
constexpr size_t kMinArticle = 40;  // bytes of text
constexpr size_t kMaxLinks = 2'000;

bool is_text_kind(BlockKind kind) {
  return kind != BlockKind::kHeadline && kind != BlockKind::kCaption && kind != BlockKind::kCredit;
}

/// Puts the article together from what the page's parts say.
class Assembler {
 public:
  Assembler(const DecodedPage& page, const HtmlTree& tree, const PageMetadata& metadata,
            std::string_view base, const Patterns::Impl& patterns)
      : page_(page), tree_(tree), metadata_(metadata), base_(base), patterns_(patterns) {}

  Article assemble(PageContent content) {
    size_t size = 0;
    for (const PageBlock& block : content.blocks)
      if (is_text_kind(block.kind)) size += block.text.size();
    if (metadata_.body.size() > 2 * size) use_metadata_body(content);
    if (content.blocks.empty() || content.blocks[0].kind != BlockKind::kHeadline)
      if (metadata_.title)
        content.blocks.insert(content.blocks.begin(),
                              {BlockKind::kHeadline, *metadata_.title, 0, 0});
    for (const PageBlock& block : content.blocks) add(block);
    article_.stub = (content.paywall || metadata_.for_subscribers) && size < kStub;
    take_metadata();
    return std::move(article_);
  }

  /// Where the assembled article stands in the page.
  const ArticlePlace& place() const { return place_; }

 private:
  /// A page that scripts fill has its text in JSON-LD only; it stands nowhere else in the bytes.
  void use_metadata_body(PageContent& content) const {
    std::erase_if(content.blocks, [](const PageBlock& b) { return is_text_kind(b.kind); });
    for (size_t begin = 0; begin < metadata_.body.size();) {
      const size_t end = std::min(metadata_.body.find('\n', begin), metadata_.body.size());
      if (end > begin)
        content.blocks.push_back(
            {BlockKind::kParagraph, metadata_.body.substr(begin, end - begin), 0, 0});
      begin = end + 1;
    }
  }

  void add(const PageBlock& from) {
    std::string& text = article_.text;
    if (!text.empty()) text += "\n\n";
    const auto begin = static_cast<uint32_t>(text.size());
    text += from.text;
    Block block{.kind = from.kind, .span = {begin, static_cast<uint32_t>(text.size())}};
    if (from.kind == BlockKind::kParagraph) block.kind = kind_by_form(from.text);
    if (block.kind == BlockKind::kCaption) {
      block.kicker = find_kicker(text, block.span);
      if (from.last > 0)
        place_.captions.push_back({static_cast<uint32_t>(article_.blocks.size()), from.first});
    }
    if (from.last > 0) {
      block.source_bytes = Span{page_.source_offset(tree_[from.first].source.begin),
                                page_.source_offset(tree_[from.last].source.end)};
      add_links(from, block.span);
      place_.first = place_.last == 0 ? from.first : std::min(place_.first, from.first);
      place_.last = std::max(place_.last, from.last);
    }
    article_.blocks.push_back(block);
  }

  /// What a paragraph shows by its form: papers mark up credits and bylines as paragraphs too.
  BlockKind kind_by_form(std::string_view text) {
    if (text.size() > kShortSource) return BlockKind::kParagraph;
    const BlockForm form = block_form(text);
    if (is_dateline(form, patterns_)) return BlockKind::kDateline;
    if (is_credit(form, patterns_)) return BlockKind::kCredit;
    std::vector<std::string> names = byline_names(form, patterns_);
    if (names.empty()) return BlockKind::kParagraph;
    std::erase(names, std::string());
    if (metadata_.authors.empty())
      article_.bylines.insert(article_.bylines.end(), names.begin(), names.end());
    return BlockKind::kByline;
  }

  void add_links(const PageBlock& from, Span block) {
    for (uint32_t i = from.first; i <= from.last && article_.links.size() < kMaxLinks; ++i) {
      uint32_t a = i;
      if (i == from.first)  // the link that the block's first words may stand in
        while (a > 0 && tree_[a].tag != Tag::kA) a = tree_[a].parent;
      if (tree_[a].tag != Tag::kA) continue;
      const std::string_view href = tree_.attribute(a, "href").value_or(std::string_view());
      std::string url = absolute_url(href, base_);
      if (url.empty()) url = page_address(href, base_);
      if (!url.empty()) article_.links.push_back({block, std::move(url)});
    }
  }

  void take_metadata() {
    const auto& blocks = article_.blocks;
    if (!blocks.empty() && blocks[0].kind == BlockKind::kHeadline)
      article_.title = std::string(blocks[0].span.in(article_.text));
    article_.url = metadata_.url;
    article_.outlet = metadata_.outlet;
    article_.published = metadata_.published;
    article_.modified = metadata_.modified;
    if (!metadata_.authors.empty()) article_.bylines = metadata_.authors;
    article_.declared_language = metadata_.language;
  }

  const DecodedPage& page_;
  const HtmlTree& tree_;
  const PageMetadata& metadata_;
  std::string_view base_;  ///< the page's own address
  const Patterns::Impl& patterns_;
  Article article_;
  ArticlePlace place_;
};

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

std::string lower_head(std::string_view bytes) {
  std::string head;
  for (const char c : bytes.substr(0, 1'024)) {
    if (c == '\0') continue;  // of UTF-16
    head += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return head;
}

std::string_view skip_to_tag(std::string_view head) {
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"})
    if (head.starts_with(mark)) head.remove_prefix(mark.size());
  const auto skip_space = [&] {
    while (!head.empty() && is_space(head.front())) head.remove_prefix(1);
  };
  for (skip_space(); head.starts_with("<!--"); skip_space()) {
    const size_t end = head.find("-->");
    if (end == std::string_view::npos) break;
    head.remove_prefix(end + 3);
  }
  return head;
}

/// Whether the root behind an XML declaration is that of a page: other XML may have one inside.
bool is_xhtml(std::string_view head) {
  while (head.starts_with("<?")) {
    const size_t end = head.find("?>");
    if (end == std::string_view::npos) return false;
    head = skip_to_tag(head.substr(end + 2));
  }
  return head.starts_with("<!doctype html") || head.starts_with("<html");
}

/// "www.a.example" of an address; empty where there is none.
std::string_view host_of(const std::optional<std::string>& url) {
  if (!url) return {};
  const size_t at = url->find("://");
  if (at == std::string::npos) return {};
  const std::string_view rest = std::string_view(*url).substr(at + 3);
  return rest.substr(0, rest.find_first_of("/:?#"));
}

}  // namespace

bool looks_like_html(std::string_view bytes, std::string_view name) {
  constexpr std::array<std::string_view, 24> kStarts = {
      "<!doctype html", "<html",  "<head",  "<body",   "<iframe",  "<h1",   "<div",    "<font",
      "<table",         "<style", "<title", "<script", "<article", "<main", "<meta",   "<section",
      "<link",          "<a",     "<b",     "<p",      "<br",      "<!--",  "<header", "<h2"};
  const std::string lower = lower_head(bytes);
  const std::string_view head = skip_to_tag(lower);
  if (head.empty()) return skip_to_tag(bytes.substr(0, 4)).starts_with("<!--");
  if (!head.starts_with('<')) return false;
  // A text may begin with the name of any element; only the outermost make a page of it.
  const size_t starts = name.ends_with(".txt") ? 4 : kStarts.size();
  for (const std::string_view start : std::span(kStarts).first(starts)) {
    if (!head.starts_with(start)) continue;
    const char next = head.size() > start.size() ? head[start.size()] : '>';
    if (start == "<!--" || next == '>' || next == '/' || is_space(next)) return true;
  }
  if (head.starts_with("<?xml") && is_xhtml(head)) return true;
  return name.ends_with(".html") || name.ends_with(".htm") || name.ends_with(".xhtml");
}

Result<Article> read_html_article(std::string_view bytes, const std::string& name,
                                  const Options& options, const Patterns& patterns, Run& run,
                                  const Deadline& deadline) {
  AVSTAND_TRY(page, DecodedPage::decode(bytes, patterns.get().encodings, options.charset));
  for (const std::string& remark : page.remarks()) run.note(fmt::format("{}: {}", name, remark));
  auto tree = HtmlTree::parse(page.utf8(), html_limits(options.limits));
  if (!tree) {
    if (auto& offset = tree.error().offset)
      offset = page.source_offset(static_cast<uint32_t>(*offset));
    return std::move(tree).error();
  }
  AVSTAND_CHECK(deadline.check("parsing"));
  const PageRules& rules = patterns.get().page;
  const PageMetadata metadata = read_metadata(*tree, options.url ? *options.url : std::string());
  const PageOutline parts =
      outline(*tree, rules, host_of(metadata.url ? metadata.url : options.url));
  const std::string_view title = metadata.title ? std::string_view(*metadata.title) : "";
  PageContent content = find_content(*tree, parts, rules, {title, metadata.body});
  const bool cookie_wall = content.cookie_wall && metadata.body.empty();
  const auto& given = options.url ? options.url : metadata.url;
  const std::string_view address = given ? std::string_view(*given) : std::string_view();
  Assembler assembler(page, *tree, metadata, address, patterns.get());
  Article article = assembler.assemble(std::move(content));
  if (cookie_wall)
    return Error{.code = ErrorCode::kEmpty,
                 .message = "no article in the page, only a cookie wall",
                 .hint = "save the page as a browser shows it once you have answered"};
  const size_t headline = article.title ? article.title->size() + 2 : 0;
  if (article.text.size() < headline + kMinArticle)
    return Error{
        .code = ErrorCode::kEmpty,
        .message = "no article in the page",
        .hint = "a front page, or one that scripts fill; save the page as a browser shows it"};
  if (article.stub)
    run.note(fmt::format("{}: only the beginning, the rest is for subscribers", name));
  AVSTAND_CHECK(deadline.check("finding the article"));
  article.pictures = page_pictures(*tree, assembler.place(), address, options, deadline);
  AVSTAND_CHECK(deadline.check("reading the pictures in the page"));
  article.id = name;
  fill_gaps(article, options);
  return article;
}

}  // namespace avstand::ingest
