// Bytes of a page to UTF-8, by the rules of the WHATWG Encoding and HTML standards.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"

namespace avstand::ingest {

/// Labels of data/ingest/encodings.tsv. Immutable after load, shared by all threads.
class Encodings {
 public:
  static Result<Encodings> load(const std::string& data_dir);
  /// The converter's name ("CP1252" for "latin1"); empty: no such label.
  std::string_view find(std::string_view label) const;

 private:
  StringMap<std::string> converters_;
};

/// A page as UTF-8, and the way back to its bytes.
class DecodedPage {
 public:
  /// Byte order mark, <meta> in the first 1,024 bytes, else UTF-8 where that is valid and
  /// windows-1252 where not. What cannot be decoded becomes U+FFFD and is counted; where that is
  /// over a hundredth of the bytes it is an error. `bytes` must outlive the page.
  /// `charset`: what the transport says; it goes before <meta>. An unknown label is passed over.
  static Result<DecodedPage> decode(std::string_view bytes, const Encodings& encodings,
                                    std::string_view charset = {});

  std::string_view utf8() const { return converter_.empty() ? bytes_.substr(skip_) : converted_; }
  /// The byte of the file that the UTF-8 at `offset` was made of.
  uint32_t source_offset(uint32_t offset) const;
  /// Remarks for the user: broken bytes, a false declaration.
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  struct Checkpoint {
    uint32_t utf8;
    uint32_t source;
    bool narrow = false;  ///< up to the next, each byte is a character
  };
  Status convert(std::string_view converter);

  std::string_view bytes_;
  uint32_t skip_ = 0;  // of the byte order mark
  std::string converter_;
  std::string converted_;
  std::vector<Checkpoint> checkpoints_;
  uint64_t broken_ = 0;
  std::vector<std::string> remarks_;
};

/// The encoding label that the first 1,024 bytes declare (HTML standard, 13.2.3.2); may be empty.
std::string declared_encoding(std::string_view bytes);

}  // namespace avstand::ingest
