#include "archive/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace avstand::archive {
namespace {

constexpr size_t kBuffer = size_t{64} * 1024;

Error io_error(const std::string& path, std::string message) {
  return {.code = ErrorCode::kIo, .message = std::move(message), .file = path};
}

class FileStream : public ByteStream {
 public:
  explicit FileStream(std::FILE* file) : file_(file) {}
  Result<size_t> read(char* into, size_t size) override {
    const size_t got = std::fread(into, 1, size, file_.get());
    offset_ += got;
    if (got == 0 && std::ferror(file_.get()) != 0)
      return Error{.code = ErrorCode::kIo, .message = "reading failed", .offset = offset_};
    return got;
  }
  uint64_t file_offset() const override { return offset_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };
  std::unique_ptr<std::FILE, Close> file_;
  uint64_t offset_ = 0;
};

}  // namespace

ByteSource::ByteSource(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)), buffer_(std::make_unique<char[]>(kBuffer)) {}

Result<ByteSource> ByteSource::open(const std::string& path) {
  if (path == "-") return ByteSource(std::make_unique<FileStream>(stdin));
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return io_error(path, "is a directory, not a file");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr)
    return io_error(path, std::string("cannot be opened: ") + std::strerror(errno));
  return ByteSource(std::make_unique<FileStream>(file));
}

bool ByteSource::fill() {
  if (!stream_ || error_) return false;
  const size_t left = window_.size() - at_;
  std::copy_n(window_.data() + at_, left, buffer_.get());  // to the front: never overlaps backwards
  const auto got = stream_->read(buffer_.get() + left, kBuffer - left);
  if (!got) error_ = got.error();
  window_ = std::string_view(buffer_.get(), left + (got ? *got : 0));
  at_ = 0;
  return got && *got > 0;
}

bool ByteSource::recover() {
  if (!error_ || !stream_ || !stream_->recover()) return false;
  error_.reset();
  return true;
}

std::string_view ByteSource::lookahead(size_t size) {
  while (window_.size() - at_ < size && fill()) {
  }
  return window_.substr(at_, size);
}

std::string_view ByteSource::window() {
  if (at_ == window_.size()) fill();
  return window_.substr(at_);
}

bool ByteSource::read_line(std::string& line, size_t limit) {
  const size_t start = line.size();
  bool whole = true;
  while (peek() >= 0) {
    const std::string_view left = window_.substr(at_);
    const size_t newline = left.find('\n');
    const size_t size = newline == std::string_view::npos ? left.size() : newline + 1;
    const size_t room = limit - std::min(limit, line.size() - start);
    line += left.substr(0, std::min(size, room));
    whole &= size <= room;
    consume(size);
    if (newline != std::string_view::npos) break;
  }
  return whole;
}

bool ByteSource::read_rest(std::string& rest, size_t limit) {
  const size_t start = rest.size();
  while (peek() >= 0) {
    const std::string_view left = window_.substr(at_);
    const size_t room = limit - std::min(limit, rest.size() - start);
    const size_t size = std::min(left.size(), room);
    rest += left.substr(0, size);
    consume(size);
    if (size < left.size()) return false;
  }
  return true;
}

bool ByteSource::read_bytes(std::string& bytes, uint64_t size) {
  while (size > 0) {
    const std::string_view piece = window().substr(0, size);
    if (piece.empty()) return false;
    bytes += piece;
    consume(piece.size());
    size -= piece.size();
  }
  return true;
}

bool ByteSource::skip_bytes(uint64_t size) {
  while (size > 0) {
    const size_t piece = window().substr(0, size).size();
    if (piece == 0) return false;
    consume(piece);
    size -= piece;
  }
  return true;
}

}  // namespace avstand::archive
