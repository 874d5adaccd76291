// Records of web archives: WARC 1.0 and 1.1 (ISO 28500) and ARC 1 and 2.
//
//   RecordReader records(source, limits);
//   while (auto record = records.next()) {        // Result<std::optional<Record>>
//     if (!*record) break;                        // the end
//     if (wanted(**record)) records.read_block(block, limit);
//   }
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "archive/byte_source.h"

namespace avstand::archive {

/// What a record is; WARC-Type, and all records of an ARC file are responses.
enum class RecordKind : uint8_t {
  kInfo,
  kResponse,
  kResource,
  kRequest,
  kMetadata,
  kRevisit,
  kConversion,
  kContinuation,
  kOther
};

/// The head of a record; fields that are not there are empty. Dates are RFC 3339.
struct Record {
  RecordKind kind = RecordKind::kOther;
  uint64_t number = 0;  ///< in its file, from 1
  uint64_t offset = 0;  ///< of its first byte, unpacked
  uint64_t length = 0;  ///< of its block
  std::string id;       ///< WARC-Record-ID without angle brackets
  std::string url, date, content_type;
  std::string payload_digest, block_digest;
  /// What a revisit repeats: a record's id, or its address and date (WARC-Refers-To…).
  std::string refers_to, refers_to_url, refers_to_date;
  std::string truncated;  ///< WARC-Truncated: length, time, disconnect, unspecified
};

struct RecordLimits {
  uint64_t max_records = 1'000'000'000;
  size_t max_head_bytes = size_t{64} * 1024;  ///< of a record's header
};

/// Whether bytes begin as a WARC or ARC file does.
bool looks_like_records(std::string_view bytes);

/// Streams the records of a file; memory does not grow with it. Used by one thread.
class RecordReader {
 public:
  RecordReader(ByteSource& source, const RecordLimits& limits) : source_(source), limits_(limits) {}

  /// Passes over what is left of the record before and reads the next head. nullopt: the end. After
  /// an error, next() goes on at the next record that can be found; over max_records it ends.
  Result<std::optional<Record>> next();

  /// Records begun so far.
  uint64_t count() const { return count_; }

  /// Appends up to `limit` bytes of the record's block that were not read yet. Less than the record
  /// has left and less than the limit: an error, and the bytes that were there are in `out`.
  Status read_block(std::string& out, uint64_t limit);

 private:
  Status finish_block();
  Result<std::optional<Record>> next_warc();
  Result<std::optional<Record>> next_arc();
  Status read_warc_fields(Record& record);
  Status arc_head(std::string_view line, Record& record);
  bool resync();
  Error broken(std::string message) const;
  Error cut();

  ByteSource& source_;
  RecordLimits limits_;
  uint64_t count_ = 0;
  uint64_t record_begin_ = 0;
  uint64_t left_ = 0;  // of the block
  bool arc_ = false, lost_ = false, over_ = false;
  bool told_ = false;  // that the source failed
  size_t arc_fields_ = 5;
};

/// A block's first line and fields, where it is a response of HTTP.
struct HttpHead {
  int status = 0;
  std::string content_type;  ///< "text/html", lower case, without parameters
  std::string charset;       ///< of Content-Type
  std::string transfer_encoding, content_encoding;
  size_t size = 0;  ///< bytes up to the body
};

/// nullopt: no head of a response stands at the beginning.
std::optional<HttpHead> parse_http_head(std::string_view block);
/// The type and charset of a Content-Type field.
void parse_content_type(std::string_view value, std::string& type, std::string& charset);
/// Puts the chunks together (RFC 9112, 7.1). nullopt: the body is not chunked. `cut`: the last
/// chunk is missing.
std::optional<std::string> dechunk(std::string_view body, bool& cut);

}  // namespace avstand::archive
