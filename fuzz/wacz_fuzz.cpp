// Zip files, as WACZ are: members are read within the limits, none leads out, articles hold
// together.
#include "archive/byte_source.h"
#include "archive/zip.h"
#include "archive_checks.h"

using namespace avstand;

namespace {

void check_zip(std::string_view bytes) {
  const auto zip = archive::ZipArchive::from_memory(bytes);
  if (!zip) return;
  size_t left = 20;
  for (const archive::ZipMember& member : zip->members()) {
    if (!archive::is_inside(member.name)) continue;
    if (left-- == 0) break;
    auto stream = zip->stream(member, fuzz::kLimits);
    if (!stream) continue;
    archive::ByteSource source(std::move(*stream));
    source.skip_bytes(UINT64_MAX);
    fuzz::require(source.offset() <= fuzz::kUnpacked, "a member is within its limit");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = fuzz::bytes_of(data, size);
  check_zip(bytes);
  fuzz::check_archive(bytes);
  return 0;
}
