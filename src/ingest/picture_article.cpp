#include "ingest/picture_article.h"

#include <fmt/format.h>

#include <algorithm>

#include "picture/parts.h"

namespace avstand::ingest {
namespace {

uint32_t add_block(Article& article, BlockKind kind, const std::string& text) {
  if (!article.text.empty()) article.text += "\n\n";
  const auto begin = static_cast<uint32_t>(article.text.size());
  article.text += text;
  article.blocks.push_back(
      {.kind = kind, .span = {begin, static_cast<uint32_t>(article.text.size())}});
  return static_cast<uint32_t>(article.blocks.size() - 1);
}

/// "Kari Bø / NTB": each name once, in the order in which papers print them.
std::string credit_line(const PictureMetadata& m) {
  std::string out;
  const auto add = [&](const std::string& name) {
    if (name.empty() || out.find(name) != std::string::npos) return;
    if (!out.empty()) out += " / ";
    out += name;
  };
  for (const std::string& creator : m.creators)
    if (m.credit.find(creator) == std::string::npos) add(creator);
  add(m.credit);
  add(m.source);
  if (out.empty()) add(m.copyright);
  return out;
}

}  // namespace

bool looks_like_picture(std::string_view bytes) {
  return picture::is_picture(bytes) || !picture::known_but_not_read(bytes).empty();
}

picture::Options picture_options(const Limits& limits, const Deadline& deadline) {
  picture::Options out;
  out.limits.max_bytes = limits.max_picture_bytes;
  out.limits.max_pixels = limits.max_pixels;
  // What the caller allows must fit: the other limits guard against files that claim too much.
  out.limits.max_memory = std::max<size_t>(out.limits.max_memory, 6 * limits.max_pixels);
  constexpr double kLeast = 1e-6;  // 0 would be no limit
  out.limits.max_seconds = std::clamp(deadline.left(), kLeast, out.limits.max_seconds);
  return out;
}

Result<Article> read_picture_article(std::string_view bytes, const std::string& name,
                                     const Options& options, Run& run, const Deadline& deadline) {
  AVSTAND_TRY(file, picture::read_picture(bytes, picture_options(options.limits, deadline)));
  for (const std::string& remark : file.remarks) run.note(fmt::format("{}: {}", name, remark));
  Article article;
  article.id = name;
  const PictureMetadata& m = file.metadata;
  ArticlePicture picture{.name = name};
  const std::string& caption = m.caption.empty() ? m.headline : m.caption;
  if (!m.headline.empty()) article.title = m.headline;
  if (!m.headline.empty() && m.headline != caption)
    add_block(article, BlockKind::kHeadline, m.headline);
  if (!caption.empty()) picture.block = add_block(article, BlockKind::kCaption, caption);
  if (const std::string credit = credit_line(m); !credit.empty())
    add_block(article, BlockKind::kCredit, credit);
  article.bylines = m.creators;
  picture.file = std::move(file);
  article.pictures.push_back(std::move(picture));
  fill_gaps(article, options);
  return article;
}

}  // namespace avstand::ingest
