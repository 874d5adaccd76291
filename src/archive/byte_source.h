// A file, standard input, a stream or bytes in memory, read once from front to back in bounded
// pieces, with a look ahead.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/byte_stream.h"

namespace avstand::archive {

/// Not copyable, used by one thread.
class ByteSource {
 public:
  static constexpr size_t kMaxLookahead = 4'096;

  /// "-" is standard input. A directory or a file that cannot be opened is kIo.
  static Result<ByteSource> open(const std::string& path);
  explicit ByteSource(std::string_view bytes) : window_(bytes) {}
  explicit ByteSource(std::unique_ptr<ByteStream> stream);

  /// The next byte, or -1 at the end (also after an error, see failed()).
  int peek() {
    if (at_ == window_.size() && !fill()) return -1;
    return static_cast<uint8_t>(window_[at_]);
  }
  void skip() {
    ++at_;
    ++offset_;
  }
  /// The next `size` bytes (at most kMaxLookahead), fewer only before the end; they stay unread.
  std::string_view lookahead(size_t size);
  /// Bytes at hand, read on where there are none; empty: the end. consume() takes from them.
  std::string_view window();
  void consume(size_t size) {
    at_ += size;
    offset_ += size;
  }
  /// Takes back up to `size` bytes, as far as they are still at hand.
  void unread(uint64_t size) {
    const size_t back = size < at_ ? static_cast<size_t>(size) : at_;
    at_ -= back;
    offset_ -= back;
  }
  uint64_t offset() const { return offset_; }  ///< bytes read so far
  /// Where the next byte stands in the file on disk, about: a packed file is read in pieces.
  uint64_t file_offset() const { return stream_ ? stream_->file_offset() : offset_; }
  bool failed() const { return error_.has_value(); }
  const std::optional<Error>& error() const { return error_; }
  /// Of unpacking, see ByteStream::limit_time.
  void limit_time(const Deadline& deadline) {
    if (stream_) stream_->limit_time(deadline);
  }
  /// After an error: goes on behind what could not be read. False: nothing is left.
  bool recover();

  /// Appends bytes up to and with the next LF (or the end) to `line`, but no more than `limit`;
  /// what is over the limit is skipped. False: the line was longer.
  bool read_line(std::string& line, size_t limit);
  /// Appends the rest, but no more than `limit` bytes. False: there was more.
  bool read_rest(std::string& rest, size_t limit);
  /// Appends the next `size` bytes; false: the end came before.
  bool read_bytes(std::string& bytes, uint64_t size);
  /// Passes over `size` bytes; false: the end came before.
  bool skip_bytes(uint64_t size);

 private:
  bool fill();

  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<char[]> buffer_;
  std::string_view window_;
  size_t at_ = 0;
  uint64_t offset_ = 0;
  std::optional<Error> error_;
};

}  // namespace avstand::archive
