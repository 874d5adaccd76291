// Files behind one interface: whole-file reads with a limit, and read-only memory maps.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "base/result.h"

namespace avstand {

/// Reads a whole file ("-" is standard input). Over `max_bytes` is an error of kind kLimit and
/// never more than max_bytes + 1 bytes are held; a directory or unreadable file is kIo.
Result<std::string> read_file(const std::string& path, size_t max_bytes);

/// Writes a whole file through a temporary name and rename, so that a reader never sees half.
Status write_file(const std::string& path, std::string_view bytes);

/// A read-only memory map. Movable; the bytes stay where they are until it is destroyed.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  MappedFile(const std::byte* data, size_t size) : data_(data), size_(size) {}
  const std::byte* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace avstand
