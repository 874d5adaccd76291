#include <fmt/format.h>
#include <png.h>

#include <csetjmp>
#include <cstring>
#include <string>

#include "base/deadline.h"
#include "picture/byte_reader.h"
#include "picture/luma.h"

namespace avstand::picture {
namespace {

constexpr uint64_t kMostBytesPerPixel = 4;  // of rows that are held between passes

/// Owns the decoder; setjmp lives in functions without destructors to jump over.
class PngDecoder {
 public:
  explicit PngDecoder(std::string_view bytes) : bytes_(bytes) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &fail, [](png_structp, auto) {});
    if (png_ != nullptr) info_ = png_create_info_struct(png_);
  }
  PngDecoder(const PngDecoder&) = delete;
  ~PngDecoder() { png_destroy_read_struct(&png_, &info_, nullptr); }

  Result<Luma> decode(const Limits& limits) {
    if (info_ == nullptr) return Error{.message = "no memory for a PNG"};
    deadline_ = Deadline(limits.max_seconds);
    max_seconds_ = limits.max_seconds;
    if (!begin(limits)) return error();
    const png_uint_32 width = png_get_image_width(png_, info_);
    const png_uint_32 height = png_get_image_height(png_, info_);
    const bool in_passes = png_get_interlace_type(png_, info_) != PNG_INTERLACE_NONE;
    AVSTAND_CHECK(check_pixels(width, height, in_passes ? kMostBytesPerPixel : 0, limits));
    if (!start()) return error();
    channels_ = png_get_channels(png_, info_);
    LumaRows rows(width, height);
    return passes_ > 1 ? interlaced(rows, width, height) : straight(rows, width, height);
  }

 private:
  static void fail(png_structp png, png_const_charp message) {
    auto* self = static_cast<PngDecoder*>(png_get_error_ptr(png));
    std::strncpy(self->message_, message, sizeof self->message_ - 1);
    png_longjmp(png, 1);
  }
  static void read(png_structp png, png_bytep to, size_t size) {
    auto* self = static_cast<PngDecoder*>(png_get_io_ptr(png));
    if (size > self->bytes_.size()) png_error(png, "the file is cut");
    std::memcpy(to, self->bytes_.data(), size);
    self->bytes_.remove_prefix(size);
  }

  bool begin(const Limits& limits) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_read_fn(png_, this, &read);
    png_set_user_limits(png_, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(png_, limits.max_metadata_bytes);
    // Text and profiles are read elsewhere; here they would only cost time.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_crc_action(png_, PNG_CRC_WARN_USE, PNG_CRC_QUIET_USE);
    png_read_info(png_, info_);
    return true;
  }
  bool start() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_set_expand(png_);
    png_set_scale_16(png_);
    png_set_strip_alpha(png_);
    passes_ = png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }
  bool read_row(png_bytep row) {
    if ((too_late_ = deadline_.passed())) return false;
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_row(png_, row, nullptr);
    return true;
  }

  Result<Luma> straight(LumaRows& rows, uint32_t width, uint32_t height) {
    std::vector<uint8_t> row(png_get_rowbytes(png_, info_) + size_t{width} * channels_);
    uint32_t y = 0;
    for (; y < height && read_row(row.data()); ++y) rows.add(row.data(), channels_);
    if (too_late_ || y < (height + 1) / 2) return error();
    Luma out = rows.take();
    out.whole = y == height;
    return out;
  }
  /// All rows must be in memory: each pass fills some pixels of them.
  Result<Luma> interlaced(LumaRows& rows, uint32_t width, uint32_t height) {
    const size_t size = std::max<size_t>(png_get_rowbytes(png_, info_), size_t{width} * channels_);
    std::vector<uint8_t> all(size * height);
    for (int pass = 0; pass < passes_; ++pass)
      for (uint32_t y = 0; y < height; ++y)
        if (!read_row(all.data() + y * size)) return error();
    for (uint32_t y = 0; y < height; ++y) rows.add(all.data() + y * size, channels_);
    return rows.take();
  }

  Error error() const {
    if (too_late_)
      return {.code = ErrorCode::kLimit,
              .message = fmt::format("decoding takes longer than {} s", max_seconds_)};
    return {.message = fmt::format("broken PNG: {}", message_)};
  }

  std::string_view bytes_;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  Deadline deadline_;
  double max_seconds_ = 0;
  bool too_late_ = false;
  int passes_ = 1;
  uint32_t channels_ = 1;
  char message_[200] = {};
};

}  // namespace

Result<Luma> decode_png(std::string_view bytes, const Limits& limits) {
  return PngDecoder(bytes).decode(limits);
}

}  // namespace avstand::picture
