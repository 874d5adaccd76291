// NewsML-G2: any XML, whatever its root, gives articles or errors, and
// hands with their names.
#include "checks.h"
#include "ingest/newsml.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  ingest::Options options;
  options.limits.max_entity_bytes = size % 2 == 0 ? 0 : 10'000;
  const auto xml = XmlTree::parse(bytes, {.max_entity_bytes = options.limits.max_entity_bytes});
  if (!xml) {
    fuzz::require(!xml.error().message.empty(), "an error says what is wrong");
    return 0;
  }
  ingest::Run run;
  ingest::read_newsml(
      *xml, "in.xml", options, fuzz::patterns(), run, [&](const ingest::Item& item) {
        fuzz::check_item(item);
        if (!item.article) return;
        const AgencyInfo& agency = item.article->agency;
        fuzz::require(agency.hops.size() == agency.hop_history.size(), "every hop has its name");
        for (const std::string& hop : agency.hops)
          fuzz::require(!hop.empty(), "a hop has a name, or is unnamed");
      });
  return 0;
}
