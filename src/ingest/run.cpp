#include "base/hash.h"
#include "ingest/ingest.h"

namespace avstand::ingest {

void Run::note(const std::string& remark) {
  if (notes_.insert(remark).second && note_) note_(remark);
}

bool Run::take_id(std::string_view id) { return ids_.insert(xxh64(id)).second; }

}  // namespace avstand::ingest
