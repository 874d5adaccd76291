// RSS, RDF and Atom, and what stands in their items: any bytes give articles or errors.
#include "checks.h"
#include "ingest/feed.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ingest::Run run;
  size_t items = 0;
  ingest::read_xml(fuzz::bytes_of(data, size), "in.xml", {}, fuzz::patterns(), run,
                   [&](const ingest::Item& item) {
                     ++items;
                     fuzz::check_item(item);
                   });
  fuzz::require(items > 0, "a feed gives something, or says why not");
  return 0;
}
