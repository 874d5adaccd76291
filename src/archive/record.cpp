#include "archive/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "archive/fields.h"

namespace avstand::archive {
namespace {

constexpr std::string_view kWarc = "WARC/";
constexpr std::string_view kArc = "filedesc:";
constexpr size_t kScheme = 8;  // "https://"

RecordKind kind_of(std::string_view type) {
  constexpr std::array<std::pair<std::string_view, RecordKind>, 8> kKinds = {
      {{"warcinfo", RecordKind::kInfo},
       {"response", RecordKind::kResponse},
       {"resource", RecordKind::kResource},
       {"request", RecordKind::kRequest},
       {"metadata", RecordKind::kMetadata},
       {"revisit", RecordKind::kRevisit},
       {"conversion", RecordKind::kConversion},
       {"continuation", RecordKind::kContinuation}}};
  for (const auto& [name, kind] : kKinds)
    if (same_letters(type, name)) return kind;
  return RecordKind::kOther;
}

std::optional<uint64_t> number(std::string_view digits) {
  uint64_t out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
  return out;
}

/// "<urn:uuid:…>" without its brackets.
std::string_view without_brackets(std::string_view value) {
  if (value.starts_with('<') && value.ends_with('>')) return value.substr(1, value.size() - 2);
  return value;
}

/// "20140216050221" -> "2014-02-16T05:02:21Z"; empty where it is none.
std::string arc_date(std::string_view d) {
  if (d.size() < 14 || !number(d.substr(0, 14))) return {};
  return fmt::format("{}-{}-{}T{}:{}:{}Z", d.substr(0, 4), d.substr(4, 2), d.substr(6, 2),
                     d.substr(8, 2), d.substr(10, 2), d.substr(12, 2));
}

}  // namespace

bool looks_like_records(std::string_view bytes) {
  return bytes.starts_with("WARC/0.") || bytes.starts_with("WARC/1.") || bytes.starts_with(kArc);
}

Error RecordReader::broken(std::string message) const {
  return {.code = ErrorCode::kInput,
          .message = fmt::format("record {}: {}", count_, message),
          .offset = record_begin_};
}

Error RecordReader::cut() {
  if (source_.failed()) {
    told_ = true;
    Error error = *source_.error();
    error.message = fmt::format("record {}: {}", count_, error.message);
    return error;
  }
  return broken(fmt::format("the file ends {} bytes before the record does", left_));
}

Result<std::optional<Record>> RecordReader::next() {
  if (over_) return std::optional<Record>();
  if (source_.failed()) {
    if (!told_) {  // it failed before a record was asked for
      lost_ = true;
      return cut();
    }
    if (!source_.recover()) return std::optional<Record>();
    told_ = false;
  }
  AVSTAND_CHECK(finish_block());
  if (count_ == 0) arc_ = source_.lookahead(kArc.size()) == kArc;
  if (lost_ && !resync()) {
    if (source_.failed()) return cut();
    return std::optional<Record>();
  }
  if (count_ >= limits_.max_records && source_.peek() >= 0) {
    over_ = true;
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("more than {} records; the rest is not read", count_),
                 .offset = source_.offset(),
                 .hint = "raise --max-records"};
  }
  return arc_ ? next_arc() : next_warc();
}

/// To the beginning of a line that begins a record.
bool RecordReader::resync() {
  std::string ignored;
  while (source_.peek() >= 0) {
    if (!arc_ && source_.lookahead(kWarc.size()) == kWarc) break;
    if (arc_ && source_.lookahead(kScheme).find("://") != std::string_view::npos) break;
    source_.read_line(ignored, 0);
  }
  lost_ = source_.peek() < 0;
  return !lost_;
}

Status RecordReader::finish_block() {
  const uint64_t size = left_;
  left_ = 0;
  if (!source_.skip_bytes(size)) {
    lost_ = true;
    return cut();
  }
  while (source_.peek() == '\r' || source_.peek() == '\n') source_.skip();
  if (source_.failed()) {
    lost_ = true;
    return cut();
  }
  return Unit{};
}

Status RecordReader::read_block(std::string& out, uint64_t limit) {
  const uint64_t before = out.size();
  const uint64_t size = std::min(left_, limit);
  const bool whole = source_.read_bytes(out, size);
  left_ -= out.size() - before;
  if (whole) return Unit{};
  Error error = cut();
  left_ = 0;
  lost_ = true;
  return error;
}

Result<std::optional<Record>> RecordReader::next_warc() {
  if (source_.peek() < 0) {
    if (source_.failed()) return cut();
    return std::optional<Record>();
  }
  record_begin_ = source_.offset();
  ++count_;
  Record record;
  record.number = count_;
  record.offset = record_begin_;
  if (auto status = read_warc_fields(record); !status) {
    lost_ = true;
    if (source_.failed()) return cut();
    return std::move(status).error();
  }
  left_ = record.length;
  return std::optional<Record>(std::move(record));
}

Status RecordReader::read_warc_fields(Record& record) {
  std::string line;
  source_.read_line(line, limits_.max_head_bytes);
  if (!line.starts_with("WARC/1.") && !line.starts_with("WARC/0."))
    return broken(line.starts_with(kWarc) ? "a version of WARC that is not known"
                                          : "no record of WARC begins here");
  HeadFields head;
  AVSTAND_CHECK(read_fields(source_, limits_.max_head_bytes, head, record_begin_));
  const std::optional<uint64_t> length = number(head.get("content-length"));
  if (!length) return broken("a record without a length");
  record.length = *length;
  record.kind = kind_of(head.get("warc-type"));
  record.id = without_brackets(head.get("warc-record-id"));
  record.url = without_brackets(head.get("warc-target-uri"));  // wget 1.x writes brackets
  record.date = head.get("warc-date");
  record.content_type = head.get("content-type");
  record.payload_digest = head.get("warc-payload-digest");
  record.block_digest = head.get("warc-block-digest");
  record.refers_to = without_brackets(head.get("warc-refers-to"));
  record.refers_to_url = without_brackets(head.get("warc-refers-to-target-uri"));
  record.refers_to_date = head.get("warc-refers-to-date");
  record.truncated = head.get("warc-truncated");
  return Unit{};
}

Result<std::optional<Record>> RecordReader::next_arc() {
  if (source_.peek() < 0) {
    if (source_.failed()) return cut();
    return std::optional<Record>();
  }
  record_begin_ = source_.offset();
  ++count_;
  Record record;
  record.number = count_;
  record.offset = record_begin_;
  std::string line;
  source_.read_line(line, limits_.max_head_bytes);
  if (auto status = arc_head(line, record); !status) {
    lost_ = true;
    return std::move(status).error();
  }
  left_ = record.length;
  if (record.kind == RecordKind::kInfo) {  // its second line tells the version
    std::string version;
    AVSTAND_CHECK(read_block(version, std::min<uint64_t>(left_, 4)));
    if (version.starts_with("2")) arc_fields_ = 10;
  }
  return std::optional<Record>(std::move(record));
}

/// Addresses may have spaces in them: the fields are counted from the end. The file's own record
/// has five in both versions.
Status RecordReader::arc_head(std::string_view line, Record& record) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  const bool info = line.starts_with(kArc);
  const size_t fields = info ? 5 : arc_fields_;
  std::array<std::string_view, 10> values;  // values[0] is the last
  for (size_t i = 0; i + 1 < fields; ++i) {
    const size_t at = line.rfind(' ');
    if (at == std::string_view::npos) return broken("no record of ARC begins here");
    values[i] = line.substr(at + 1);
    line = line.substr(0, at);
  }
  const std::optional<uint64_t> length = number(values[0]);
  if (!length) return broken("a record without a length");
  record.length = *length;
  record.kind = info ? RecordKind::kInfo : RecordKind::kResponse;
  record.url = line;
  record.date = arc_date(values[fields - 3]);
  record.content_type = values[fields - 4];
  return Unit{};
}

}  // namespace avstand::archive
