// The container of a model: a header, checksums, and named sections (docs/model-format.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/result.h"

namespace avstand::language {

/// An open, checked model file. Sections are views into the memory map; every one begins on a
/// multiple of 64 bytes. What the sections mean is not known here.
class ModelFile {
 public:
  /// Maps the file and checks magic, version, sizes, both checksums and the section table, so a
  /// changed byte anywhere is a kModel error. Cost: one pass over the file.
  static Result<ModelFile> open(const std::string& path);

  bool has(std::string_view name) const { return sections_.contains(name); }
  /// The bytes of a section; kModel error where there is none.
  Result<std::span<const std::byte>> section(std::string_view name) const;
  /// A section of exactly `count` values of T; any other size is a kModel error.
  template <typename T>
  Result<std::span<const T>> array(std::string_view name, size_t count) const {
    AVSTAND_TRY(bytes, section(name));
    if (bytes.size() != count * sizeof(T))
      return damaged("section " + std::string(name) + " has the wrong size",
                     static_cast<uint64_t>(bytes.data() - file_.bytes().data()));
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), count);
  }
  /// A section of `count` floats, all finite.
  Result<std::span<const float>> floats(std::string_view name, size_t count) const;
  /// A section of lines, each ended by a newline.
  Result<std::vector<std::string_view>> lines(std::string_view name) const;

  const std::string& path() const { return path_; }
  const std::string& digest() const { return digest_; }  ///< "sha256:…" of the payload
  uint64_t checksum() const { return checksum_; }        ///< XXH64 of the payload
  /// An error that names this file.
  Error damaged(std::string message, uint64_t offset) const;

 private:
  ModelFile(std::string path, MappedFile file) : path_(std::move(path)), file_(std::move(file)) {}
  Status check_header();
  Status read_sections(uint32_t count);

  std::string path_;
  MappedFile file_;
  std::string digest_;
  uint64_t checksum_ = 0;
  std::map<std::string, std::span<const std::byte>, std::less<>> sections_;
};

}  // namespace avstand::language
