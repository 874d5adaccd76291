// gzip (RFC 1952) and Zstandard (RFC 8878) files of one or many members, and single packed pieces
// of memory. Never holds more than its buffers and, for Zstandard, a window of 16 MB.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "archive/byte_source.h"

namespace avstand::archive {

/// What packed bytes may become. Over a limit is an error of kind kLimit.
struct UnpackLimits {
  uint64_t max_bytes = uint64_t{1} << 40;  ///< of one file, all members together
  uint32_t max_ratio = 500;                ///< unpacked to packed bytes, of one member
  uint64_t free_bytes = 1U << 20;          ///< of a member, before its ratio is looked at
};

/// Whether bytes begin as a gzip or Zstandard file does.
bool looks_packed(std::string_view bytes);

/// The unpacked bytes of all members. After a member that is broken or over its ratio, recover()
/// goes to the next beginning of one. A Zstandard file may begin with a dictionary, as *.warc.zst
/// do (a skippable frame with the magic number 0x184D2A5D, itself packed or not).
std::unique_ptr<ByteStream> unpack(ByteSource packed, const UnpackLimits& limits);

/// Unpacks bytes by the name of a content coding (RFC 9110, 8.4.1): gzip, deflate, br, zstd,
/// identity. No more than `max_bytes`: over that is kLimit. Bytes that end too early give what was
/// unpacked and set `cut`.
Result<std::string> unpack_coding(std::string_view packed, std::string_view coding,
                                  uint64_t max_bytes, bool& cut);

}  // namespace avstand::archive
