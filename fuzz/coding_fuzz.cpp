// Packed bytes: gzip and Zstandard as files, the content codings of HTTP, chunks, digests. The
// first byte says which.
#include <array>

#include "archive/byte_source.h"
#include "archive/digest.h"
#include "archive/record.h"
#include "archive_checks.h"

using namespace avstand;

namespace {

constexpr std::array<std::string_view, 5> kCodings = {"gzip", "deflate", "br", "zstd", "x-gzip"};

void check_file(std::string_view bytes) {
  archive::ByteSource plain(archive::unpack(archive::ByteSource(bytes), fuzz::kLimits));
  for (int tries = 0; tries < 1'000; ++tries) {
    plain.skip_bytes(UINT64_MAX);
    if (!plain.failed() || !plain.recover()) break;
  }
  fuzz::require(plain.offset() <= fuzz::kUnpacked, "a file is within its limit");
}

void check_coding(std::string_view bytes, std::string_view coding) {
  bool cut = false;
  const auto plain = archive::unpack_coding(bytes, coding, 100'000, cut);
  fuzz::require(!plain || plain->size() <= 100'000 || plain->size() == bytes.size(),
                "what is unpacked is within its limit");
}

void check_chunks(std::string_view bytes) {
  bool cut = false;
  if (const auto whole = archive::dechunk(bytes, cut))
    fuzz::require(whole->size() <= bytes.size(), "chunks put together are no longer than before");
  const std::string_view digest = bytes.substr(0, bytes.find('\n'));
  (void)archive::check_digests(bytes, bytes.substr(digest.size()), digest, digest);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes = fuzz::bytes_of(data + 1, size - 1);
  const size_t which = data[0] % (kCodings.size() + 2);
  if (which < kCodings.size()) {
    check_coding(bytes, kCodings[which]);
  } else if (which == kCodings.size()) {
    check_file(bytes);
  } else {
    check_chunks(bytes);
  }
  return 0;
}
