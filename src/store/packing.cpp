#include "store/packing.h"

#include <zstd.h>

#include <memory>

namespace avstand::store {
namespace {

constexpr int kLevel = 1;                    // half the time of 3, for a twentieth more bytes
constexpr uint32_t kSealMagic = 0x184D2A5A;  // one of those of skippable frames
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
  thread_local std::string space;  // kept: it is ten times what it comes to
  if (const size_t most = ZSTD_compressBound(bytes.size()); space.size() < most) space.resize(most);
  const size_t size =
      ZSTD_compress2(context(), space.data(), space.size(), bytes.data(), bytes.size());
  return space.substr(0, ZSTD_isError(size) ? 0 : size);
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

std::string sealed(std::string packed, uint64_t checksum) {
  for (const uint64_t value : {uint64_t{kSealMagic} | uint64_t{sizeof checksum} << 32, checksum})
    for (size_t byte = 0; byte < sizeof value; ++byte)
      packed += static_cast<char>(value >> (8 * byte) & 0xFF);
  return packed;
}

std::optional<uint64_t> seal_of(std::string_view packed) {
  const auto number = [&](size_t at) {
    uint64_t out = 0;
    for (size_t byte = 0; byte < sizeof out; ++byte)
      out |= uint64_t{static_cast<uint8_t>(packed[at + byte])} << (8 * byte);
    return out;
  };
  constexpr size_t kSize = 2 * sizeof(uint64_t);
  if (packed.size() <= kSize) return std::nullopt;
  const size_t at = packed.size() - kSize;
  if (number(at) != (uint64_t{kSealMagic} | uint64_t{sizeof(uint64_t)} << 32)) return std::nullopt;
  return number(at + sizeof(uint64_t));
}

}  // namespace avstand::store
