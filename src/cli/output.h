// Where the result goes: standard output, or a file that appears only when it is whole.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace avstand::cli {

/// Not thread-safe. A write that fails (full disk, closed output) is remembered; later writes do
/// nothing, and finish() tells.
class Output {
 public:
  /// `path` empty or "-": standard output. A regular file is written under a temporary name beside
  /// it and renamed by finish(); a device or a pipe is written in place.
  static Result<Output> open(const std::string& path);
  /// Writes PATH.part behind its first `keep` bytes; finish() renames it to PATH. It stays when the
  /// run does not end well, to go on with. Another run that writes it is kUsage.
  static Result<Output> open_resumable(const std::string& path, uint64_t keep);
  Output(Output&& other) noexcept;
  Output& operator=(Output&&) = delete;
  ~Output();

  bool to_terminal() const;
  bool failed() const { return error_ != 0; }
  /// Bytes written so far, with those that were kept.
  uint64_t length() const { return length_; }
  void write(std::string_view bytes);
  /// Hands over what is buffered now (a terminal sees each article as it is done).
  void flush();
  Status finish();

 private:
  Output(std::FILE* file, std::string path, std::string temporary)
      : file_(file), path_(std::move(path)), temporary_(std::move(temporary)) {}

  std::FILE* file_;
  std::string path_;       // empty: standard output
  std::string temporary_;  // empty: written in place
  bool resumable_ = false;
  uint64_t length_ = 0;
  int error_ = 0;  // errno of the first write that failed
};

}  // namespace avstand::cli
