#include <fmt/format.h>

#include <csetjmp>
#include <cstdio>
#include <optional>

#include "base/deadline.h"
#include "picture/luma.h"
// After <cstdio>, which it needs and does not include.
#include <jpeglib.h>

namespace avstand::picture {
namespace {

/// What libjpeg calls back. `jpeg_error_mgr` must come first: the library knows only that.
struct Callbacks {
  jpeg_error_mgr errors;
  jpeg_progress_mgr progress;
  std::jmp_buf escape;
  int max_scans;
  bool too_many_scans, too_late;
  Deadline deadline = Deadline();
  char message[JMSG_LENGTH_MAX];
};

/// Owns the decoder; setjmp lives in `step`, so that no destructor is jumped over.
class JpegDecoder {
 public:
  JpegDecoder(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {
    info_.err = jpeg_std_error(&callbacks_.errors);
    callbacks_.errors.error_exit = &fail;
    callbacks_.errors.emit_message = [](j_common_ptr info, int level) {
      if (level < 0) ++info->err->num_warnings;  // cut files decode as far as they go
    };
    callbacks_.errors.output_message = [](j_common_ptr) {};
    callbacks_.progress.progress_monitor = &watch;
    callbacks_.deadline = Deadline(limits.max_seconds);
    callbacks_.max_scans = static_cast<int>(limits.max_scans);
    info_.client_data = &callbacks_;
  }
  JpegDecoder(const JpegDecoder&) = delete;
  ~JpegDecoder() { jpeg_destroy_decompress(&info_); }

  Result<Luma> decode() {
    if (!begin()) return error();
    AVSTAND_CHECK(check_pixels(info_.image_width, info_.image_height, bytes_per_pixel(), limits_));
    if (!start()) return error();
    LumaRows rows(info_.output_width, info_.output_height);
    row_.resize(size_t{info_.output_width} * static_cast<size_t>(info_.output_components));
    while (info_.output_scanline < info_.output_height) {
      if (!read_row()) {
        if (info_.output_scanline * 2 < info_.output_height) return error();
        break;
      }
      if (info_.output_components == 4) from_cmyk();
      rows.add(row_.data(), info_.output_components == 1 ? 1 : 3);
    }
    Luma out = rows.take();
    out.whole = info_.output_scanline == info_.output_height && info_.err->num_warnings == 0;
    return out;
  }

 private:
  /// A progressive picture is held as coefficients of two bytes each until its last scan.
  uint64_t bytes_per_pixel() const {
    return info_.progressive_mode ? 2 * static_cast<uint64_t>(info_.num_components) : 0;
  }

  static void fail(j_common_ptr info) {
    auto* callbacks = static_cast<Callbacks*>(info->client_data);
    info->err->format_message(info, callbacks->message);
    std::longjmp(callbacks->escape, 1);
  }
  /// A progressive file of many scans takes time out of all proportion to its size.
  static void watch(j_common_ptr info) {
    auto* callbacks = static_cast<Callbacks*>(info->client_data);
    const int scan = reinterpret_cast<j_decompress_ptr>(info)->input_scan_number;
    callbacks->too_many_scans = scan > callbacks->max_scans;
    callbacks->too_late = callbacks->deadline.passed();
    if (!callbacks->too_many_scans && !callbacks->too_late) return;
    std::longjmp(callbacks->escape, 1);
  }

  bool begin() {
    if (setjmp(callbacks_.escape) != 0) return false;
    jpeg_create_decompress(&info_);
    info_.progress = &callbacks_.progress;
    jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size());
    return jpeg_read_header(&info_, TRUE) == JPEG_HEADER_OK;
  }
  bool start() {
    if (setjmp(callbacks_.escape) != 0) return false;
    // The Y of YCbCr is the brightness as it stands.
    if (info_.jpeg_color_space == JCS_YCbCr || info_.jpeg_color_space == JCS_GRAYSCALE)
      info_.out_color_space = JCS_GRAYSCALE;
    else if (info_.jpeg_color_space == JCS_YCCK || info_.jpeg_color_space == JCS_CMYK)
      info_.out_color_space = JCS_CMYK;
    else
      info_.out_color_space = JCS_RGB;
    return jpeg_start_decompress(&info_) == TRUE;
  }
  bool read_row() {
    if (setjmp(callbacks_.escape) != 0) return false;
    JSAMPROW row = row_.data();
    return jpeg_read_scanlines(&info_, &row, 1) == 1;
  }

  /// Adobe writes CMYK inverted; without its marker it is as the standard has it.
  void from_cmyk() {
    const bool inverted = info_.saw_Adobe_marker != 0;
    for (size_t x = 0; x < info_.output_width; ++x) {
      const uint8_t* in = row_.data() + x * 4;
      const uint32_t black = inverted ? in[3] : 255U - in[3];
      for (size_t i = 0; i < 3; ++i) {
        const uint32_t ink = inverted ? in[i] : 255U - in[i];
        row_[x * 3 + i] = static_cast<uint8_t>(ink * black / 255);
      }
    }
  }

  Error error() const {
    if (callbacks_.too_many_scans)
      return {.code = ErrorCode::kLimit,
              .message = fmt::format("more than {} scans", limits_.max_scans)};
    if (callbacks_.too_late)
      return {.code = ErrorCode::kLimit,
              .message = fmt::format("decoding takes longer than {} s", limits_.max_seconds)};
    return {.message = fmt::format("broken JPEG: {}", callbacks_.message)};
  }

  std::string_view bytes_;
  const Limits& limits_;
  jpeg_decompress_struct info_{};
  Callbacks callbacks_{};
  std::vector<uint8_t> row_;
};

}  // namespace

Result<Luma> decode_jpeg(std::string_view bytes, const Limits& limits) {
  return JpegDecoder(bytes, limits).decode();
}

}  // namespace avstand::picture
