// A stream of bytes that is read once, from front to back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/deadline.h"
#include "base/result.h"

namespace avstand::archive {

/// Used by one thread.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Puts up to `size` bytes at `into` and gives their number; 0: the end. After an error the
  /// stream is at its end unless recover() says otherwise.
  virtual Result<size_t> read(char* into, size_t size) = 0;
  /// Goes on behind what could not be read. False: there is nothing behind it.
  virtual bool recover() { return false; }
  /// Unpacking that goes on when the deadline has passed is an error (kLimit); it holds until the
  /// next call. Bytes that are not packed cost next to nothing and are not timed.
  virtual void limit_time(const Deadline& deadline) { (void)deadline; }
  /// How far the stream is in the file on disk; 0 where there is none.
  virtual uint64_t file_offset() const { return 0; }
};

}  // namespace avstand::archive
