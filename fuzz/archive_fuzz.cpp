// Web archives: any bytes give records within the limits and articles that hold together, or
// errors; reading ends, and what is at hand is read again where a run is gone on with.
#include <algorithm>
#include <vector>

#include "archive/record.h"
#include "archive/unpack.h"
#include "archive_checks.h"

using namespace avstand;

namespace {

using fuzz::kLimits;
using fuzz::kRecords;
using fuzz::kUnpacked;

void check_coding(std::string_view body, const archive::HttpHead& head) {
  bool cut = false;
  if (const auto whole = archive::dechunk(body, cut))
    fuzz::require(whole->size() <= body.size(), "chunks put together are no longer than before");
  const auto plain = archive::unpack_coding(body, head.content_encoding, 100'000, cut);
  fuzz::require(!plain || plain->size() <= 100'000 || plain->size() == body.size(),
                "what is unpacked is within its limit");
}

void check_records(archive::ByteSource& source) {
  archive::RecordReader records(source, {.max_records = kRecords});
  uint64_t last = 0;
  for (size_t tries = 0;; ++tries) {
    fuzz::require(tries <= 100'000, "the records end");
    auto record = records.next();
    if (!record) {
      fuzz::require(!record.error().message.empty(), "an error says what is wrong");
      continue;
    }
    if (!*record) break;
    fuzz::require((*record)->number > last, "records are counted");
    last = (*record)->number;
    std::string block;
    const auto status = records.read_block(block, 50'000);
    fuzz::require(block.size() <= std::min<uint64_t>(50'000, (*record)->length),
                  "a block is no longer than its record says");
    // An ARC file's own record was read from to know its version.
    const bool whole = (*record)->kind != archive::RecordKind::kInfo;
    fuzz::require(
        !status || !whole || block.size() == std::min<uint64_t>(50'000, (*record)->length),
        "a block that is not whole is an error");
    if (const auto head = archive::parse_http_head(block)) {
      fuzz::require(head->size <= block.size(), "a head is in its block");
      check_coding(std::string_view(block).substr(head->size), *head);
    }
  }
  fuzz::require(records.count() <= kRecords, "no more records than the limit");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  archive::ByteSource source(bytes);
  if (archive::looks_packed(bytes)) {
    archive::ByteSource plain(archive::unpack(std::move(source), kLimits));
    check_records(plain);
    fuzz::require(plain.offset() <= kUnpacked, "a file is within its limit");
  } else {
    check_records(source);
  }
  fuzz::check_archive(bytes);
  return 0;
}
