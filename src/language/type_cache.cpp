#include "language/type_cache.h"

#include <xxhash.h>

namespace avstand::language {

TypeCache::Slot TypeCache::find(uint64_t owner, std::string_view form, size_t width) {
  if (vectors_.width() != width || entries_.size() == capacity_) clear(width);
  size_t at = XXH64(form.data(), form.size(), owner) % index_.size();
  for (; index_[at] != 0; at = (at + 1) % index_.size()) {
    const Entry& entry = entries_[index_[at] - 1];
    if (entry.owner == owner && entry.form == form) return {vectors_.row(index_[at] - 1), true};
  }
  entries_.push_back({owner, std::string(form)});
  index_[at] = static_cast<uint32_t>(entries_.size());
  return {vectors_.row(entries_.size() - 1), false};
}

void TypeCache::clear(size_t width) {
  index_.assign(2 * capacity_, 0);
  entries_.clear();
  vectors_.resize(capacity_, width);
}

}  // namespace avstand::language
