// Web archives: any bytes give records within the limits and articles that hold together, or
// errors; reading ends, and what is at hand is read again where a run is gone on with.
#include <algorithm>
#include <vector>

#include "archive/record.h"
#include "archive/unpack.h"
#include "archive/zip.h"
#include "checks.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"

using namespace avstand;

namespace {

constexpr uint64_t kUnpacked = 2'000'000;
constexpr uint64_t kRecords = 200;
constexpr archive::UnpackLimits kLimits{.max_bytes = kUnpacked};

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

void check_zip(std::string_view bytes) {
  const auto zip = archive::ZipArchive::from_memory(bytes);
  if (!zip) return;
  size_t left = 20;
  for (const archive::ZipMember& member : zip->members()) {
    if (!archive::is_inside(member.name)) continue;
    if (left-- == 0) break;
    auto stream = zip->stream(member, kLimits);
    if (!stream) continue;
    archive::ByteSource source(std::move(*stream));
    source.skip_bytes(UINT64_MAX);
    fuzz::require(source.offset() <= kUnpacked, "a member is within its limit");
  }
}

std::vector<uint64_t> places(std::string_view bytes, const ingest::Patterns& patterns,
                             uint64_t skip_to) {
  ingest::Options options{.max_bytes = 20'000, .skip_to = skip_to};
  options.limits.max_unpacked = kUnpacked;
  options.limits.max_records = kRecords;
  std::vector<uint64_t> out;
  ingest::Run run;
  ingest::read_bytes(bytes, "input", options, patterns, run, [&](ingest::Item item) {
    fuzz::require(item.article.has_value() != item.error.has_value(), "an article or an error");
    if (item.article) fuzz::check_blocks(*item.article);
    if (item.error) fuzz::require(!item.error->message.empty(), "an error says what is wrong");
    fuzz::require(out.empty() || out.back() <= item.place, "places grow");
    out.push_back(item.place);
  });
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  fuzz::require(patterns.has_value(), "the data files are there");
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  archive::ByteSource source(bytes);
  if (archive::looks_like_zip(bytes)) {
    check_zip(bytes);
  } else if (archive::looks_packed(bytes)) {
    archive::ByteSource plain(archive::unpack(std::move(source), kLimits));
    check_records(plain);
    fuzz::require(plain.offset() <= kUnpacked, "a file is within its limit");
  } else {
    check_records(source);
  }
  const auto all = places(bytes, *patterns, 0);
  if (all.empty()) return 0;
  auto rest = places(bytes, *patterns, all.front());
  fuzz::require(rest.size() == all.size() - std::count(all.begin(), all.end(), all.front()),
                "what is gone on with gives the rest");
  return 0;
}
