// The reader of pages: any bytes give an article that holds together, or an error.
#include "checks.h"
#include "ingest/html_article.h"
#include "ingest/patterns.h"

using namespace avstand;

namespace {

/// The text of a page is its blocks joined by an empty line (LEDGER.md, rule 3).
void check_page(const Article& article, size_t size) {
  uint32_t next = 0;
  for (const Block& block : article.blocks) {
    fuzz::require(block.span.begin == next, "blocks are an empty line apart");
    fuzz::require(!block.span.empty(), "a block has text");
    next = block.span.end + 2;
    if (!block.source_bytes) continue;
    fuzz::require(block.source_bytes->begin <= block.source_bytes->end,
                  "source bytes are in order");
    fuzz::require(block.source_bytes->end <= size, "source bytes are in the file");
  }
  fuzz::require(next == article.text.size() + 2, "the text ends with its last block");
  for (const Link& link : article.links)
    fuzz::require(link.block.end <= article.text.size(), "a link stands in a block");
  if (article.published)
    fuzz::require(ingest::check_published(*article.published).has_value(), "a date is a date");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  fuzz::require(patterns.has_value(), "the data files are there");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  ingest::Run run;
  const auto article =
      ingest::read_html_article(bytes, "page.html", {}, *patterns, run, Deadline());
  if (article) {
    fuzz::check_blocks(*article);
    check_page(*article, size);
  } else {
    fuzz::require(!article.error().message.empty(), "an error says what is wrong");
  }
  ingest::read_bytes(
      bytes, "page.html", {.max_bytes = 20'000}, *patterns, run, [](ingest::Item item) {
        fuzz::require(item.article.has_value() != item.error.has_value(), "an article or an error");
      });
  return 0;
}
