#include "store/packing.h"

#include <zstd.h>

#include <memory>

namespace avstand::store {
namespace {

constexpr int kLevel = 3;
constexpr unsigned long long kLongest = 1ULL << 30;

Error damaged(const char* why) {
  return {.code = ErrorCode::kData, .message = std::string("a packed value is damaged: ") + why};
}

/// A context for each thread: making one costs more than packing an article. With a checksum, so
/// that a wrong bit is told.
ZSTD_CCtx* context() {
  struct Free {
    void operator()(ZSTD_CCtx* one) const { ZSTD_freeCCtx(one); }
  };
  thread_local const std::unique_ptr<ZSTD_CCtx, Free> made = [] {
    std::unique_ptr<ZSTD_CCtx, Free> one(ZSTD_createCCtx());
    ZSTD_CCtx_setParameter(one.get(), ZSTD_c_compressionLevel, kLevel);
    ZSTD_CCtx_setParameter(one.get(), ZSTD_c_checksumFlag, 1);
    return one;
  }();
  return made.get();
}

}  // namespace

std::string pack(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const size_t size = ZSTD_compress2(context(), out.data(), out.size(), bytes.data(), bytes.size());
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
