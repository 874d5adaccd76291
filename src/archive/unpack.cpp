#include "archive/unpack.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>

namespace avstand::archive {
namespace {

constexpr std::string_view kGzip = "\x1F\x8B\x08";
constexpr std::string_view kZstd = "\x28\xB5\x2F\xFD";
constexpr std::string_view kDictionary("\x5D\x2A\x4D\x18", 4);
constexpr int kMaxWindowLog = 24;  // 16 MB
constexpr uint32_t kMaxDictionary = 4U << 20;

bool is_skippable(std::string_view bytes) {
  return bytes.size() >= 4 && (static_cast<uint8_t>(bytes[0]) & 0xF0) == 0x50 &&
         bytes.substr(1, 3) == std::string_view("\x2A\x4D\x18", 3);
}

uint32_t little_endian(std::string_view four) {
  uint32_t out = 0;
  for (size_t i = 4; i-- > 0;) out = out << 8 | static_cast<uint8_t>(four[i]);
  return out;
}

Error broken(std::string message, uint64_t offset) {
  return {.code = ErrorCode::kInput, .message = std::move(message), .offset = offset};
}

/// One step of unpacking: takes from `in`, adds to `out`.
struct Step {
  size_t taken = 0;
  size_t made = 0;
  bool member_ended = false;
  const char* problem = nullptr;
};

class Codec {
 public:
  virtual ~Codec() = default;
  virtual void begin_member() = 0;
  virtual Step step(std::string_view in, char* out, size_t room) = 0;
};

class GzipCodec : public Codec {
 public:
  GzipCodec() { inflateInit2(&state_, 15 + 16); }
  ~GzipCodec() override { inflateEnd(&state_); }
  GzipCodec(const GzipCodec&) = delete;
  GzipCodec& operator=(const GzipCodec&) = delete;
  void begin_member() override { inflateReset(&state_); }
  Step step(std::string_view in, char* out, size_t room) override {
    // zlib does not write to its input.
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // NOLINT
    state_.avail_in = static_cast<uInt>(in.size());
    state_.next_out = reinterpret_cast<Bytef*>(out);
    state_.avail_out = static_cast<uInt>(room);
    const int code = inflate(&state_, Z_NO_FLUSH);
    Step step{.taken = in.size() - state_.avail_in, .made = room - state_.avail_out};
    step.member_ended = code == Z_STREAM_END;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
      step.problem = state_.msg != nullptr ? state_.msg : "no valid data";
    return step;
  }

 private:
  z_stream state_{};
};

class ZstdCodec : public Codec {
 public:
  ZstdCodec() : state_(ZSTD_createDCtx(), &ZSTD_freeDCtx) {
    ZSTD_DCtx_setParameter(state_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }
  void use_dictionary(std::string_view dictionary) {
    ZSTD_DCtx_loadDictionary(state_.get(), dictionary.data(), dictionary.size());
  }
  void begin_member() override { ZSTD_DCtx_reset(state_.get(), ZSTD_reset_session_only); }
  Step step(std::string_view in, char* out, size_t room) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, room, 0};
    const size_t code = ZSTD_decompressStream(state_.get(), &to, &from);
    Step step{.taken = from.pos, .made = to.pos};
    if (ZSTD_isError(code) != 0)
      step.problem = ZSTD_getErrorName(code);
    else
      step.member_ended = code == 0;
    return step;
  }

 private:
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> state_;
};

class Unpacker : public ByteStream {
 public:
  Unpacker(ByteSource packed, const UnpackLimits& limits)
      : packed_(std::move(packed)), limits_(limits) {
    if (packed_.lookahead(kGzip.size()) == kGzip)
      codec_ = std::make_unique<GzipCodec>();
    else
      codec_ = std::make_unique<ZstdCodec>();
    is_gzip_ = packed_.lookahead(kGzip.size()) == kGzip;
  }

  Result<size_t> read(char* into, size_t size) override {
    if (failed_) return size_t{0};
    if (auto in_time = deadline_.check("unpacking"); !in_time) {
      in_time.error().offset = member_begin_;
      return fail(std::move(in_time).error());
    }
    for (;;) {
      if (!in_member_) {
        AVSTAND_TRY(more, next_member());
        if (!more) return size_t{0};
      }
      const std::string_view in = packed_.window();
      if (in.empty()) return ended_early();
      const Step step = codec_->step(in, into, size);
      packed_.consume(step.taken);
      AVSTAND_CHECK(check(step));
      if (step.made > 0) return step.made;
      if (step.taken == 0 && in_member_)
        return fail(broken("packed data are broken", member_begin_));
    }
  }

  bool recover() override {
    if (!failed_ || over_all_) return false;
    failed_ = false;
    in_member_ = false;
    // From behind the beginning of the broken member: one cut short is followed by a good one. Not
    // again for what only looked like a member, or hostile bytes would be read over and over.
    if (!recovered_ && packed_.offset() > member_begin_)
      packed_.unread(packed_.offset() - member_begin_ - 1);
    if (packed_.offset() == member_begin_ && packed_.peek() >= 0) packed_.skip();
    recovered_ = true;
    while (!packed_.lookahead(1).empty()) {
      const std::string_view window = packed_.window();
      const std::string_view magic = is_gzip_ ? kGzip : kZstd;
      const size_t at = window.find(magic[0]);
      packed_.consume(std::min(at, window.size()));
      if (at == std::string_view::npos) continue;
      if (packed_.lookahead(magic.size()) == magic) return true;
      packed_.consume(1);
    }
    return false;
  }

  void limit_time(const Deadline& deadline) override {
    deadline_ = deadline;
    packed_.limit_time(deadline);
  }

  uint64_t file_offset() const override { return packed_.file_offset(); }

 private:
  /// False: the file is over.
  Result<bool> next_member() {
    if (packed_.failed()) return fail(*packed_.error());
    while (!is_gzip_ && is_skippable(packed_.lookahead(4))) AVSTAND_CHECK(skippable());
    const std::string_view head = packed_.lookahead(4);
    if (head.empty()) {
      if (packed_.failed()) return fail(*packed_.error());
      return false;
    }
    const bool good = is_gzip_ ? head.substr(0, 3) == kGzip : head == kZstd;
    if (!good && skip_padding()) return false;
    member_begin_ = packed_.offset();
    if (!good) return fail(broken("bytes that are not packed behind a packed part", member_begin_));
    member_made_ = 0;
    in_member_ = true;
    codec_->begin_member();
    return true;
  }

  /// Tapes and some tools fill up with zeros. True: nothing else was left.
  bool skip_padding() {
    while (packed_.peek() == 0) packed_.skip();
    return packed_.peek() < 0;
  }

  Status skippable() {
    const bool dictionary = packed_.lookahead(4) == kDictionary && packed_.offset() == 0;
    const std::string_view head = packed_.lookahead(8);
    if (head.size() < 8) return fail(broken("a Zstandard frame that ends early", packed_.offset()));
    const uint32_t size = little_endian(head.substr(4));
    packed_.consume(8);
    if (!dictionary) {
      packed_.skip_bytes(size);
      return Unit{};
    }
    if (size > kMaxDictionary)
      return fail({.code = ErrorCode::kLimit,
                   .message = fmt::format("a dictionary larger than {} bytes", kMaxDictionary),
                   .offset = 0});
    std::string bytes;
    if (!packed_.read_bytes(bytes, size)) return fail(broken("a dictionary that ends early", 0));
    if (bytes.starts_with(kZstd)) {
      bool cut = false;
      auto plain = unpack_coding(bytes, "zstd", kMaxDictionary, cut);
      if (!plain) return fail(std::move(plain).error());
      bytes = std::move(*plain);
    }
    static_cast<ZstdCodec&>(*codec_).use_dictionary(bytes);
    return Unit{};
  }

  Status check(const Step& step) {
    total_ += step.made;
    member_made_ += step.made;
    const uint64_t taken = packed_.offset() - member_begin_;
    if (step.problem != nullptr)
      return fail(broken(fmt::format("packed data are broken: {}", step.problem), member_begin_));
    if (total_ > limits_.max_bytes) {
      over_all_ = true;
      return fail({.code = ErrorCode::kLimit,
                   .message = fmt::format("unpacks to more than {} bytes", limits_.max_bytes),
                   .offset = packed_.offset(),
                   .hint = "raise --max-unpacked"});
    }
    if (member_made_ > limits_.free_bytes && member_made_ / limits_.max_ratio > taken)
      return fail({.code = ErrorCode::kLimit,
                   .message = fmt::format("a part that unpacks to more than {} times its size",
                                          limits_.max_ratio),
                   .offset = member_begin_,
                   .hint = "raise --max-ratio"});
    if (!step.member_ended) return Unit{};
    in_member_ = false;
    recovered_ = false;
    return Unit{};
  }

  Error ended_early() {
    if (packed_.failed()) return fail(*packed_.error());
    return fail(broken("the file ends inside a packed part", member_begin_));
  }

  Error fail(Error error) {
    failed_ = true;
    in_member_ = false;
    return error;
  }

  ByteSource packed_;
  UnpackLimits limits_;
  Deadline deadline_;
  std::unique_ptr<Codec> codec_;
  bool is_gzip_ = false, in_member_ = false, failed_ = false, over_all_ = false;
  bool recovered_ = false;  // this member was found behind a broken one
  uint64_t member_begin_ = 0, member_made_ = 0, total_ = 0;
};

}  // namespace

bool looks_packed(std::string_view bytes) {
  return bytes.starts_with(kGzip) || bytes.starts_with(kZstd) || is_skippable(bytes);
}

std::unique_ptr<ByteStream> unpack(ByteSource packed, const UnpackLimits& limits) {
  return std::make_unique<Unpacker>(std::move(packed), limits);
}

}  // namespace avstand::archive
