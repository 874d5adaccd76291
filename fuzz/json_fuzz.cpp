// JSON that others write (ninjs, JSON Feed, trafilatura, fundus), and the JSON-LD of pages.
#include "checks.h"
#include "ingest/foreign_json.h"
#include "ingest/page_metadata.h"
#include "text/utf8.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  ingest::Run run;
  size_t items = 0;
  const bool known = ingest::read_foreign_json(bytes, "in.json", {}, fuzz::patterns(), run,
                                               [&](const ingest::Item& item) {
                                                 ++items;
                                                 fuzz::check_item(item);
                                               });
  fuzz::require(known || items == 0, "what is not known is not handed on");
  ingest::PageMetadata metadata;
  ingest::read_json_ld(bytes, metadata);
  for (const auto* field : {&metadata.title, &metadata.outlet, &metadata.url})
    if (*field) fuzz::require(!first_invalid_utf8(**field).has_value(), "a field is UTF-8");
  fuzz::require(!first_invalid_utf8(metadata.body).has_value(), "the body is UTF-8");
  return 0;
}
