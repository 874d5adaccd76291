// The article readers, plain text and JSON: any bytes give articles that hold together, or errors.
#include "checks.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  fuzz::require(patterns.has_value(), "the data files are there");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);

  ingest::Run run;
  ingest::read_bytes(bytes, "input", {.max_bytes = 20'000}, *patterns, run, [](ingest::Item item) {
    fuzz::require(item.article.has_value() != item.error.has_value(), "an article or an error");
    if (item.article) fuzz::check_blocks(*item.article);
    if (item.error) fuzz::require(!item.error->message.empty(), "an error says what is wrong");
  });
  if (const auto article = ingest::read_plain_text(bytes, "input", {}, *patterns)) {
    fuzz::check_blocks(*article);
    fuzz::require(!article->text.empty(), "an article has text");
  }
  return 0;
}
