// The article readers, plain text and JSON: any bytes give articles that hold together, or errors.
#include "checks.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  ingest::Run run;
  ingest::read_bytes(bytes, "input", {.max_bytes = 20'000}, fuzz::patterns(), run,
                     fuzz::check_item);
  if (const auto article = ingest::read_plain_text(bytes, "input", {}, fuzz::patterns())) {
    fuzz::check_blocks(*article);
    fuzz::require(!article->text.empty(), "an article has text");
  }
  return 0;
}
