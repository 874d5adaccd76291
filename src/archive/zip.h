// Zip files, as WACZ are. The one place that knows the library (libzip). Nothing is ever written to
// disk: members are streams, so no name of one can lead anywhere.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "archive/byte_source.h"
#include "archive/unpack.h"

namespace avstand::archive {

struct ZipMember {
  std::string name;
  uint64_t index = 0;
  uint64_t size = 0, packed_size = 0;
};

/// Whether bytes begin as a zip file does.
bool looks_like_zip(std::string_view bytes);

/// Whether a member's name stays inside the archive: relative, without "..", backslashes, drives
/// and control characters.
bool is_inside(std::string_view name);

/// Movable; used by one thread. Streams must not outlive it.
class ZipArchive {
 public:
  static constexpr uint64_t kMaxMembers = 100'000;
  static Result<ZipArchive> open(const std::string& path);
  /// `bytes` must outlive the archive.
  static Result<ZipArchive> from_memory(std::string_view bytes);

  /// In the order of the archive's directory.
  const std::vector<ZipMember>& members() const { return members_; }
  /// The unpacked bytes of a member, within the limits. Encrypted and unknown methods are errors.
  Result<std::unique_ptr<ByteStream>> stream(const ZipMember& member,
                                             const UnpackLimits& limits) const;

 private:
  struct Close {
    void operator()(void* archive) const;
  };
  ZipArchive() = default;
  Status list();
  std::unique_ptr<void, Close> archive_;  // zip_t
  std::vector<ZipMember> members_;
};

}  // namespace avstand::archive
