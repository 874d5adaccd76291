#include "base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace avstand {
namespace {

Error io_error(const std::string& path, std::string_view what) {
  return {.code = ErrorCode::kIo,
          .message = std::string(what) + ": " + std::strerror(errno),
          .file = path};
}

/// A file descriptor that closes itself; standard input is left open.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

Result<std::string> read_file(const std::string& path, size_t max_bytes) {
  const Descriptor fd(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return io_error(path, "cannot open");
  std::string bytes;
  std::array<char, 1 << 16> buffer;
  for (;;) {
    const ssize_t n = ::read(fd.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error(path, "cannot read");
    if (n == 0) return bytes;
    if (static_cast<size_t>(n) > max_bytes - bytes.size())
      return Error{.code = ErrorCode::kLimit,
                   .message = "larger than the limit of " + std::to_string(max_bytes) + " bytes",
                   .file = path};
    bytes.append(buffer.data(), static_cast<size_t>(n));
  }
}

Status write_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".tmp" + std::to_string(::getpid());
  {
    const Descriptor fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (fd.get() < 0) return io_error(path, "cannot write");
    while (!bytes.empty()) {
      const ssize_t n = ::write(fd.get(), bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) {
        Error error = io_error(path, "cannot write");
        ::unlink(temporary.c_str());
        return error;
      }
      bytes.remove_prefix(static_cast<size_t>(n));
    }
  }
  if (std::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = io_error(path, "cannot write");
    ::unlink(temporary.c_str());
    return error;
  }
  return Unit{};
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return io_error(path, "cannot open");
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return io_error(path, "cannot stat");
  if (!S_ISREG(info.st_mode))
    return Error{.code = ErrorCode::kIo, .message = "not a regular file", .file = path};
  const auto size = static_cast<size_t>(info.st_size);
  if (size == 0) return MappedFile(nullptr, 0);  // mmap refuses an empty range
  void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd.get(), 0);
  if (data == MAP_FAILED) return io_error(path, "cannot map");
  return MappedFile(static_cast<const std::byte*>(data), size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace avstand
