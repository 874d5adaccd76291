#include "cli/output.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/commands.h"

namespace avstand::cli {
namespace {

Error io_error(const std::string& path, int number) {
  return {.code = ErrorCode::kIo,
          .message = std::string("cannot write: ") + std::strerror(number),
          .file = path.empty() ? "standard output" : path};
}

}  // namespace

Result<Output> Output::open(const std::string& path) {
  if (path.empty() || path == "-") return Output(stdout, "", "");
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  const bool in_place =
      std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  const std::string temporary = in_place ? "" : path + ".part" + std::to_string(getpid());
  std::FILE* file = std::fopen((in_place ? path : temporary).c_str(), "wb");
  if (file == nullptr) return io_error(path, errno);
  return Output(file, path, temporary);
}

Result<Output> Output::open_resumable(const std::string& path, uint64_t keep) {
  const std::string part = path + ".part";
  const int fd = ::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) return io_error(path, errno);
  if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
    ::close(fd);
    return Error{.code = ErrorCode::kUsage, .message = "another run is writing it", .file = path};
  }
  std::FILE* file = fdopen(fd, "r+b");
  if (file == nullptr || ftruncate(fd, static_cast<off_t>(keep)) != 0 ||
      std::fseek(file, 0, SEEK_END) != 0)
    return io_error(path, errno);
  Output out(file, path, part);
  out.resumable_ = true;
  out.length_ = keep;
  return out;
}

Output::Output(Output&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      resumable_(other.resumable_),
      length_(other.length_),
      error_(other.error_) {}

Output::~Output() {
  if (file_ == nullptr) return;
  if (!path_.empty()) std::fclose(file_);
  if (!temporary_.empty() && (!resumable_ || length_ == 0)) std::remove(temporary_.c_str());
}

bool Output::to_terminal() const { return isatty(fileno(file_)) != 0; }

void Output::write(std::string_view bytes) {
  if (failed()) return;
  length_ += bytes.size();
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) error_ = errno;
}

void Output::flush() {
  if (!failed() && std::fflush(file_) != 0) error_ = errno;
}

Status Output::finish() {
  flush();
  if (failed()) return io_error(path_, error_);
  if (path_.empty()) return Unit{};
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (!closed) return io_error(path_, errno);
  if (!temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0) {
    const Error error = io_error(path_, errno);
    std::remove(temporary_.c_str());
    return error;
  }
  temporary_.clear();
  return Unit{};
}

int print(const Result<std::string>& text, Console& console) {
  Status status = Unit{};
  if (text) {
    auto output = Output::open("");
    output->write(*text);
    status = output->finish();
  } else {
    status = text.error();
  }
  if (!status) console.problem(status.error());
  return status ? kOk : kFailed;
}

}  // namespace avstand::cli
