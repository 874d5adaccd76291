#include "store/packing.h"

#include <zstd.h>

namespace avstand::store {
namespace {

constexpr int kLevel = 3;
constexpr unsigned long long kLongest = 1ULL << 30;

Error damaged(const char* why) {
  return {.code = ErrorCode::kData, .message = std::string("a packed value is damaged: ") + why};
}

}  // namespace

std::string pack(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kLevel);
  out.resize(ZSTD_isError(size) ? 0 : size);
  return out;
}

Result<std::string> unpack(std::string_view packed) {
  const unsigned long long size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return damaged("no Zstandard frame");
  // A frame that lies about its size must not take the memory first: 1 byte gives 128 KB at most.
  if (size > kLongest || size / (128 * 1024) > packed.size()) return damaged("its size is absurd");
  std::string out(size, '\0');
  const size_t got = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(got)) return damaged(ZSTD_getErrorName(got));
  out.resize(got);
  return out;
}

}  // namespace avstand::store
