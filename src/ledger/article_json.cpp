#include "ledger/article_json.h"

#include "ledger/json_writer.h"

namespace avstand::ledger {
namespace {

bool is_body(BlockKind kind) {
  return kind == BlockKind::kParagraph || kind == BlockKind::kSubheading ||
         kind == BlockKind::kList || kind == BlockKind::kQuote || kind == BlockKind::kDateline;
}

/// The texts of blocks of a kind that `wanted` takes, parted by an empty line.
template <typename Wanted>
std::string joined(const Article& article, Wanted wanted) {
  std::string out;
  for (const Block& block : article.blocks) {
    if (!wanted(block.kind)) continue;
    if (!out.empty()) out += "\n\n";
    out += block.span.in(article.text);
  }
  return out;
}

class ArticleWriter {
 public:
  explicit ArticleWriter(const Article& article) : article_(article) {}

  std::string write() {
    w_.begin_object().key("id").string(article_.id);
    field("url", article_.url);
    field("headline", article_.title);
    const std::string lede =
        joined(article_, [](BlockKind kind) { return kind == BlockKind::kLede; });
    w_.key("lede");
    lede.empty() ? w_.null() : w_.string(lede);
    w_.key("articleBody").string(joined(article_, is_body));
    w_.key("bylines").begin_array();
    for (const std::string& name : article_.bylines) w_.string(name);
    w_.end_array();
    field("published", article_.published);
    field("modified", article_.modified);
    field("outlet", article_.outlet);
    field("language", article_.declared_language);
    w_.key("stub").boolean(article_.stub);
    blocks();
    links();
    return w_.end_object().take();
  }

 private:
  void field(std::string_view name, const std::optional<std::string>& value) {
    w_.key(name);
    value ? w_.string(*value) : w_.null();
  }

  void blocks() {
    w_.key("blocks").begin_array();
    for (const Block& block : article_.blocks) {
      w_.begin_object().key("kind").string(to_string(block.kind));
      w_.key("text").string(block.span.in(article_.text)).key("source_bytes");
      if (block.source_bytes)
        w_.begin_flat_array()
            .number(block.source_bytes->begin)
            .number(block.source_bytes->end)
            .end_array();
      else
        w_.null();
      w_.end_object();
    }
    w_.end_array();
  }

  void links() {
    w_.key("links").begin_array();
    for (const Link& link : article_.links) w_.string(link.url);
    w_.end_array();
  }

  const Article& article_;
  JsonWriter w_{JsonWriter::Layout::kCompact};
};

}  // namespace

std::string to_json(const Article& article) { return ArticleWriter(article).write(); }

}  // namespace avstand::ledger
