#include "ingest/seen_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"

namespace avstand::ingest {
namespace {

using archive::Record;

constexpr std::string_view kId = "id ", kCapture = "capture ", kDigest = "digest ";
constexpr unsigned kTagBits = 32;

std::string capture(std::string_view url, std::string_view date) {
  if (url.empty() || date.empty()) return {};
  return fmt::format("{} {}", date, url);
}

std::string_view url_of_target(const Record& revisit) {
  return revisit.refers_to_url.empty() ? revisit.url : revisit.refers_to_url;
}

uint64_t hash_of(std::string_view kind, std::string_view key) {
  return xxh64(fmt::format("{}{}", kind, key));
}

}  // namespace

void SeenRecords::add(const Record& record, uint64_t number) {
  if (number > UINT32_MAX) return;
  if (entries_.empty()) entries_.resize(kEntries);
  put(kId, record.id, static_cast<uint32_t>(number));
  put(kCapture, capture(record.url, record.date), static_cast<uint32_t>(number));
  put(kDigest, record.payload_digest, static_cast<uint32_t>(number));
}

uint64_t SeenRecords::find(const Record& revisit) const {
  if (const uint64_t number = look_up(kId, revisit.refers_to)) return number;
  if (const uint64_t number =
          look_up(kCapture, capture(url_of_target(revisit), revisit.refers_to_date)))
    return number;
  return look_up(kDigest, revisit.payload_digest);
}

void SeenRecords::put(std::string_view kind, std::string_view key, uint32_t number) {
  if (key.empty()) return;
  const uint64_t hash = hash_of(kind, key);
  const auto tag = static_cast<uint32_t>(hash >> kTagBits);
  Entry* const first = &entries_[hash % (kEntries / kWays) * kWays];
  Entry* const same =
      std::find_if(first, first + kWays, [&](const Entry& e) { return e.number && e.tag == tag; });
  Entry* const oldest = std::min_element(
      first, first + kWays, [](const Entry& a, const Entry& b) { return a.number < b.number; });
  *(same != first + kWays ? same : oldest) = {tag, number};
}

uint64_t SeenRecords::look_up(std::string_view kind, std::string_view key) const {
  if (key.empty() || entries_.empty()) return 0;
  const uint64_t hash = hash_of(kind, key);
  const Entry* const first = &entries_[hash % (kEntries / kWays) * kWays];
  for (const Entry* e = first; e != first + kWays; ++e)
    if (e->number != 0 && e->tag == static_cast<uint32_t>(hash >> kTagBits)) return e->number;
  return 0;
}

std::string target_of(const Record& revisit) {
  if (!revisit.refers_to.empty()) return revisit.refers_to;
  const std::string_view url = url_of_target(revisit);
  if (!revisit.refers_to_date.empty()) return fmt::format("{} of {}", url, revisit.refers_to_date);
  if (!revisit.payload_digest.empty()) return revisit.payload_digest;
  return fmt::format("an earlier {}", url.empty() ? "record" : url);
}

}  // namespace avstand::ingest
