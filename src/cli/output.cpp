#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

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

Output::Output(Output&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      error_(other.error_) {}

Output::~Output() {
  if (file_ == nullptr) return;
  if (!path_.empty()) std::fclose(file_);
  if (!temporary_.empty()) std::remove(temporary_.c_str());
}

bool Output::to_terminal() const { return isatty(fileno(file_)) != 0; }

void Output::write(std::string_view bytes) {
  if (failed()) return;
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

}  // namespace avstand::cli
