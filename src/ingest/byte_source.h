// A file, standard input or bytes in memory, read once from front to back in bounded pieces.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace avstand::ingest {

/// Not copyable, used by one thread.
class ByteSource {
 public:
  /// "-" is standard input. A directory or a file that cannot be opened is kIo.
  static Result<ByteSource> open(const std::string& path);
  explicit ByteSource(std::string_view bytes) : window_(bytes) {}

  /// The next byte, or -1 at the end (also after a read error, see failed()).
  int peek() {
    if (at_ == window_.size() && !fill()) return -1;
    return static_cast<uint8_t>(window_[at_]);
  }
  void skip() {
    ++at_;
    ++offset_;
  }
  uint64_t offset() const { return offset_; }  ///< bytes read so far
  bool failed() const { return failed_; }

  /// Appends bytes up to and with the next LF (or the end) to `line`, but no more than `limit`;
  /// what is over the limit is skipped. False: the line was longer.
  bool read_line(std::string& line, size_t limit);
  /// Appends the rest, but no more than `limit` bytes. False: there was more.
  bool read_rest(std::string& rest, size_t limit);

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };
  ByteSource() = default;
  bool fill();

  std::unique_ptr<std::FILE, Close> file_;
  std::unique_ptr<char[]> buffer_;
  std::string_view window_;
  size_t at_ = 0;
  uint64_t offset_ = 0;
  bool failed_ = false;
};

}  // namespace avstand::ingest
