// Annotations as tools and people may leave them: the first byte picks brat or CAS. What is read is
// written and reads back as the same, and makes gold or an error, never a crash.
#include "checks.h"
#include "export/brat.h"
#include "export/cas.h"
#include "export/gold.h"

using namespace avstand;
using namespace avstand::exports;

namespace {

constexpr std::string_view kText = "Broen er stengt 🚢, sier Kari Bø til NTB.\nIngen vet mer.\n";

bool same(const AnnotationSet& a, const AnnotationSet& b) {
  if (a.text != b.text || a.items.size() != b.items.size()) return false;
  for (size_t i = 0; i < a.items.size(); ++i)
    if (a.items[i].kind != b.items[i].kind || a.items[i].spans != b.items[i].spans ||
        a.items[i].labels != b.items[i].labels || a.items[i].notes != b.items[i].notes)
      return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const bool brat = data[0] % 2 == 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto set = brat ? read_brat(bytes, kText, "x.ann") : read_cas(bytes, "x.json");
  if (!set) return 0;
  const auto again =
      brat ? read_brat(to_brat(*set), set->text, "again") : read_cas(to_cas(*set, {}), "again");
  fuzz::require(again && same(*set, *again), "annotations that were read read back");
  const auto gold = to_gold(*set, bare_ledger("x", set->text));
  if (gold) fuzz::require(Json::accept(ledger_line(*gold)), "gold is a ledger");
  return 0;
}
