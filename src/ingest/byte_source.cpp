#include "ingest/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace avstand::ingest {
namespace {

constexpr size_t kBuffer = size_t{64} * 1024;

Error io_error(const std::string& path, std::string message) {
  return {.code = ErrorCode::kIo, .message = std::move(message), .file = path};
}

}  // namespace

Result<ByteSource> ByteSource::open(const std::string& path) {
  ByteSource source;
  if (path == "-") {
    source.file_.reset(stdin);
  } else {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
      return io_error(path, "is a directory, not a file");
    source.file_.reset(std::fopen(path.c_str(), "rb"));
    if (!source.file_)
      return io_error(path, std::string("cannot be opened: ") + std::strerror(errno));
  }
  source.buffer_ = std::make_unique<char[]>(kBuffer);
  return source;
}

bool ByteSource::fill() {
  if (!file_) return false;
  const size_t size = std::fread(buffer_.get(), 1, kBuffer, file_.get());
  if (size == 0 && std::ferror(file_.get()) != 0) failed_ = true;
  window_ = std::string_view(buffer_.get(), size);
  at_ = 0;
  return size > 0;
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
    at_ += size;
    offset_ += size;
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
    at_ += size;
    offset_ += size;
    if (size < left.size()) return false;
  }
  return true;
}

}  // namespace avstand::ingest
