#include "ingest/story.h"

#include <fmt/format.h>

#include "ingest/bytes.h"
#include "ingest/page_content.h"
#include "ingest/page_metadata.h"
#include "ingest/patterns_impl.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

void add_block(Article& article, BlockKind kind, std::string_view text) {
  if (text.empty()) return;
  if (!article.text.empty()) article.text += "\n\n";
  const auto begin = static_cast<uint32_t>(article.text.size());
  article.text += text;
  Block block{.kind = kind, .span = {begin, static_cast<uint32_t>(article.text.size())}};
  if (kind == BlockKind::kCaption) block.kicker = find_kicker(article.text, block.span);
  article.blocks.push_back(block);
}

Status add_html(Article& article, const Story& story, const Patterns::Impl& patterns) {
  AVSTAND_TRY(tree, HtmlTree::parse(story.body));
  for (const PageBlock& block : all_blocks(tree, patterns.page))
    add_block(article, story.is_picture ? BlockKind::kCaption : block.kind, block.text);
  return Unit{};
}

/// Plain text is read by its own rules; its blocks are moved behind what stands already.
void add_plain(Article& article, const Story& story, const Patterns& patterns) {
  Article body;
  for (const char c : story.body)
    if (c != '\0') body.text += c;
  if (is_empty_text(body.text)) return;
  find_blocks(body, patterns);
  for (const Block& block : body.blocks) {
    BlockKind kind = block.kind == BlockKind::kHeadline ? BlockKind::kParagraph : block.kind;
    if (kind == BlockKind::kLede && !story.lede.empty()) kind = BlockKind::kParagraph;
    add_block(article, story.is_picture ? BlockKind::kCaption : kind, block.span.in(body.text));
  }
  if (article.bylines.empty()) article.bylines = body.bylines;
}

std::optional<std::string> given(std::string value) {
  if (value.empty()) return std::nullopt;
  return value;
}

}  // namespace

Result<Article> make_article(Story story, const Options& options, const Patterns& patterns) {
  Article article;
  article.id = std::move(story.id);
  article.bylines = std::move(story.bylines);
  add_block(article, BlockKind::kHeadline, story.title);
  add_block(article, BlockKind::kLede, story.lede);
  if (story.body_is_html) {
    AVSTAND_CHECK(add_html(article, story, patterns.get()));
  } else {
    add_plain(article, story, patterns);
  }
  if (article.text.empty())
    return Error{
        .code = ErrorCode::kInput,
        .message = fmt::format("'{}' has no text", utf8_prefix(clean_text(article.id), 80))};
  article.title = given(std::move(story.title));
  article.url = given(std::move(story.url));
  article.outlet = given(std::move(story.outlet));
  article.published = normal_date(story.published);
  article.modified = normal_date(story.modified);
  article.declared_language = given(std::move(story.language));
  article.agency = std::move(story.agency);
  fill_gaps(article, options);
  return article;
}

std::string plain_field(std::string_view html) {
  if (html.find_first_of("<&") == std::string_view::npos) return clean_text(html);
  const std::string bytes(html);
  const auto tree = HtmlTree::parse(bytes);
  if (!tree) return clean_text(html);
  std::string out;
  for (uint32_t i = 0; i < tree->size(); ++i) out += (*tree)[i].text;
  return clean_text(out);
}

}  // namespace avstand::ingest
