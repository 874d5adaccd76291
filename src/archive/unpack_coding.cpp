#include <brotli/decode.h>
#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <functional>

#include "archive/unpack.h"

namespace avstand::archive {
namespace {

constexpr size_t kPiece = size_t{64} * 1024;
constexpr int kMaxWindowLog = 24;

enum class Progress : uint8_t { kMore, kEnd, kCut, kBroken };

/// Calls `step(out, room, made)` until it is done; `made` is what it wrote.
using StepFunction = std::function<Progress(char* out, size_t room, size_t& made)>;

Result<std::string> run(const StepFunction& step, uint64_t max_bytes, bool& cut) {
  std::string out;
  std::array<char, kPiece> buffer;
  for (;;) {
    size_t made = 0;
    const Progress progress = step(buffer.data(), buffer.size(), made);
    if (made > max_bytes - out.size())
      return Error{.code = ErrorCode::kLimit,
                   .message = fmt::format("unpacks to more than {} bytes", max_bytes),
                   .hint = "raise --max-bytes"};
    out.append(buffer.data(), made);
    if (progress == Progress::kMore) continue;
    cut = progress != Progress::kEnd;
    if (progress == Progress::kBroken && out.empty())
      return Error{.code = ErrorCode::kInput, .message = "its content coding is broken"};
    return out;
  }
}

/// gzip and zlib by their heads (window + 32), raw deflate by a negative window.
Result<std::string> inflate_all(std::string_view packed, int window, uint64_t max_bytes,
                                bool& cut) {
  z_stream state{};
  if (inflateInit2(&state, window) != Z_OK)
    return Error{.code = ErrorCode::kLimit, .message = "no memory to unpack"};
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // NOLINT
  state.avail_in = static_cast<uInt>(packed.size());
  auto out = run(
      [&](char* to, size_t room, size_t& made) {
        state.next_out = reinterpret_cast<Bytef*>(to);
        state.avail_out = static_cast<uInt>(room);
        const int code = inflate(&state, Z_NO_FLUSH);
        made = room - state.avail_out;
        if (code == Z_STREAM_END) return Progress::kEnd;
        if (code == Z_BUF_ERROR || (code == Z_OK && state.avail_in == 0 && made < room))
          return Progress::kCut;
        return code == Z_OK ? Progress::kMore : Progress::kBroken;
      },
      max_bytes, cut);
  inflateEnd(&state);
  return out;
}

Result<std::string> brotli_all(std::string_view packed, uint64_t max_bytes, bool& cut) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  size_t left = packed.size();
  const auto* in = reinterpret_cast<const uint8_t*>(packed.data());
  return run(
      [&](char* to, size_t room, size_t& made) {
        auto* out = reinterpret_cast<uint8_t*>(to);
        size_t free = room;
        const auto code =
            BrotliDecoderDecompressStream(state.get(), &left, &in, &free, &out, nullptr);
        made = room - free;
        if (code == BROTLI_DECODER_RESULT_SUCCESS) return Progress::kEnd;
        if (code == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return Progress::kCut;
        return code == BROTLI_DECODER_RESULT_ERROR ? Progress::kBroken : Progress::kMore;
      },
      max_bytes, cut);
}

Result<std::string> zstd_all(std::string_view packed, uint64_t max_bytes, bool& cut) {
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> state(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  ZSTD_DCtx_setParameter(state.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  ZSTD_inBuffer from{packed.data(), packed.size(), 0};
  return run(
      [&](char* to, size_t room, size_t& made) {
        ZSTD_outBuffer out{to, room, 0};
        const size_t code = ZSTD_decompressStream(state.get(), &out, &from);
        made = out.pos;
        if (ZSTD_isError(code) != 0) return Progress::kBroken;
        const bool all = from.pos == from.size;
        if (code == 0 && all) return Progress::kEnd;
        return all && made < room ? Progress::kCut : Progress::kMore;
      },
      max_bytes, cut);
}

}  // namespace

Result<std::string> unpack_coding(std::string_view packed, std::string_view coding,
                                  uint64_t max_bytes, bool& cut) {
  cut = false;
  if (coding == "gzip" || coding == "x-gzip") return inflate_all(packed, 15 + 32, max_bytes, cut);
  if (coding == "deflate") {  // zlib by the standard, raw by many servers
    auto zlib = inflate_all(packed, 15 + 32, max_bytes, cut);
    if (zlib || zlib.error().code == ErrorCode::kLimit) return zlib;
    return inflate_all(packed, -15, max_bytes, cut);
  }
  if (coding == "br") return brotli_all(packed, max_bytes, cut);
  if (coding == "zstd") return zstd_all(packed, max_bytes, cut);
  if (coding.empty() || coding == "identity") return std::string(packed);
  return Error{.code = ErrorCode::kInput, .message = "a content coding that is not read"};
}

}  // namespace avstand::archive
