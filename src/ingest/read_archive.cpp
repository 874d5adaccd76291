#include "ingest/read_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "archive/digest.h"
#include "archive/record.h"
#include "archive/zip.h"
#include "ingest/html_article.h"
#include "ingest/passed_over.h"
#include "ingest/picture_wait.h"
#include "ingest/seen_records.h"

namespace avstand::ingest {
namespace {

using archive::ByteSource;
using archive::Record;
using archive::RecordKind;
using archive::RecordReader;

constexpr uint64_t kHead = uint64_t{64} * 1024;  // of a response
constexpr size_t kRepeatsTold = 5;

std::optional<std::string> given(const std::string& value) {
  if (value.empty()) return std::nullopt;
  return value;
}

/// What a record has to be told about it, in the article.
Capture capture_of(const Record& record, const std::string& name) {
  return {
      .archive = name,
      .offset = record.offset,
      .record = given(record.id),
      .url = given(record.url),
      .time = given(record.date),
      .digest = given(record.payload_digest.empty() ? record.block_digest : record.payload_digest),
      .truncated = given(record.truncated)};
}

bool is_page(std::string_view type) {
  return type == "text/html" || type == "application/xhtml+xml";
}

/// A page out of a record, before it is read.
struct Page {
  std::string bytes;
  std::string charset;
  bool cut = false;
  std::optional<bool> digest_right;
};

/// The records of one file; several files of one input are read one after the other.
class ArchiveReader {
 public:
  ArchiveReader(const std::string& input, uint64_t size, const Options& options,
                const Patterns& patterns, Run& run, const Emit& emit)
      : input_(input),
        size_(size),
        options_(options),
        patterns_(patterns),
        run_(run),
        waiting_(options, emit) {}

  void read(ByteSource& source, const std::string& name, uint64_t progress_base) {
    name_ = name;
    files_.push_back({base_, name});
    RecordReader records(source, {.max_records = options_.limits.max_records -
                                                 std::min(options_.limits.max_records, base_)});
    for (bool more = true; more;) {
      deadline_ = Deadline(options_.limits.max_seconds);
      source.limit_time(deadline_);
      auto record = records.next();
      number_ = base_ + records.count();
      if (!record) {
        fail(std::move(record).error());
        continue;
      }
      more = record->has_value();
      if (!more) break;
      in_trouble_ = false;
      read_record(records, **record);
      waiting_.record_passed();
      run_.progress(input_, progress_base + source.file_offset(), size_);
    }
    base_ += records.count();
  }

  void fail(Error error) {
    // Behind a broken place one guess after the other may be wrong: one error is enough.
    if (std::exchange(in_trouble_, true)) return;
    ++errors_;
    hand_on({std::nullopt, std::move(error).in(name_), 2 * number_ + 1});
  }

  /// A broken member of a WACZ file.
  void fail_member(const std::string& name, Error error) {
    in_trouble_ = false;
    name_ = name;
    number_ = base_;
    fail(std::move(error));
    in_trouble_ = false;
  }

  void finish() {
    waiting_.hand_on_all();
    const std::string counts = passed_over_.to_string();
    const std::string all =
        fmt::format("{} records, {} articles{}{}{}", base_, articles_,
                    pictures_ == 0 ? "" : fmt::format(", {} of their pictures", pictures_),
                    counts.empty() ? "" : "; passed over: ", counts);
    if (articles_ == 0 && errors_ == 0 && options_.skip_to == 0) {
      name_ = input_;
      fail({.code = ErrorCode::kInput,
            .message = fmt::format("no article in the archive: {}", all)});
      waiting_.hand_on_all();
    } else {
      run_.note(fmt::format("{}: {}", input_, all));
    }
  }

 private:
  void hand_on(Item item) {
    if (item.place > options_.skip_to) waiting_.add(std::move(item));
  }

  void read_record(RecordReader& records, const Record& record) {
    const bool answer =
        record.kind == RecordKind::kResponse || record.kind == RecordKind::kResource;
    if (is_done_before() && !answer) return passed_over_.add("done before");
    switch (record.kind) {
      case RecordKind::kResponse:
      case RecordKind::kResource:
        return read_answer(records, record);
      case RecordKind::kRevisit:
        return read_revisit(records, record);
      case RecordKind::kInfo:
        return passed_over_.add("warcinfo");
      case RecordKind::kRequest:
        return passed_over_.add("requests");
      case RecordKind::kMetadata:
        return passed_over_.add("metadata");
      default:
        return passed_over_.add("other kinds of records");
    }
  }

  /// A capture that had the bytes of another: it is told which, and nothing is read twice. It may
  /// stand before what it repeats, or that may be in another archive: then nobody here has its
  /// text.
  void read_revisit(RecordReader& records, const Record& record) {
    std::string block;
    Status status = records.read_block(block, kHead);
    const auto http = archive::parse_http_head(block);
    if (http && !http->content_type.empty() && !is_page(http->content_type))
      return done(std::move(status), fmt::format("revisits of {}", http->content_type));
    const uint64_t number = seen_.find(record);
    const std::string id = id_of(number_);
    if (number == 0)
      take_remark(
          fmt::format("{}: a revisit of {}, which does not stand before it in the archive: "
                      "there is nothing to read",
                      id, target_of(record)));
    else if (repeats_++ < kRepeatsTold)
      take_remark(fmt::format("{}: the same as {}, which is not read again{}", id, id_of(number),
                              repeats_ == kRepeatsTold ? "; further ones are only counted" : ""));
    done(std::move(status),
         number == 0 ? "revisits of records that are not here" : "revisits of records here");
  }

  /// NAME#n of a record of any file read so far.
  std::string id_of(uint64_t number) const {
    const auto file = std::find_if(files_.rbegin(), files_.rend(),
                                   [&](const File& f) { return f.base < number; });
    return fmt::format("{}#{}", file->name, number - file->base);
  }

  /// A response of HTTP, or the thing itself.
  void read_answer(RecordReader& records, const Record& record) {
    seen_.add(record, number_);
    std::string block;
    Status status = records.read_block(block, kHead);
    archive::HttpHead head;
    if (auto http = archive::parse_http_head(block)) {
      head = std::move(*http);
      if (is_done_before() && !head.content_type.starts_with("image/"))
        return done(std::move(status), "done before");
      if (head.status < 200 || head.status > 299)
        return done(std::move(status), fmt::format("status {}", head.status));
    } else {
      archive::parse_content_type(record.content_type, head.content_type, head.charset);
    }
    const std::string_view body = std::string_view(block).substr(head.size);
    if (waiting_.wants(record.url) || head.content_type.starts_with("image/"))
      return read_picture(records, record, head, std::move(block), std::move(status));
    if (is_done_before()) return done(std::move(status), "done before");
    const bool sniffed = head.content_type.empty() && looks_like_html(body, "");
    if (!sniffed && !is_page(head.content_type))
      return done(std::move(status), head.content_type.empty() ? "no type" : head.content_type);
    if (record.length > options_.max_bytes + kHead)
      return fail(
          {.code = ErrorCode::kLimit,
           .message = fmt::format("record {}: larger than {} bytes", number_, options_.max_bytes),
           .offset = record.offset,
           .hint = "raise --max-bytes"});
    if (status) status = records.read_block(block, options_.max_bytes + kHead);
    Page page{.bytes = block.substr(head.size), .charset = head.charset};
    if (block.size() == record.length)
      page.digest_right =
          archive::check_digests(block, page.bytes, record.block_digest, record.payload_digest);
    if (auto decoded = decode(head, page); !decoded)
      hand_on({std::nullopt, at_record(std::move(decoded).error(), record), 2 * number_});
    else
      read_page(record, std::move(page), !status);
    if (!status) fail(std::move(status).error());
  }

  /// A picture: that of an article that waits for it, or one that is kept for an article to come.
  /// Also where it was done before, so that a run that is gone on with gives the same.
  void read_picture(RecordReader& records, const Record& record, const archive::HttpHead& head,
                    std::string block, Status status) {
    const bool wanted = waiting_.wants(record.url);
    const uint64_t limit =
        kHead + (wanted ? options_.limits.max_picture_bytes : PictureWait::kLargestKept);
    if (status && record.length <= limit) status = records.read_block(block, limit);
    Page page{.bytes = block.substr(head.size)};
    if (record.length > limit || !decode(head, page)) page.bytes.clear();
    if (is_done_before()) {
      waiting_.keep(record.url, std::move(page.bytes));
      return done(std::move(status), "done before");
    }
    if (wanted && waiting_.take(record.url, page.bytes, deadline_)) {
      ++pictures_;
      if (!status) fail(std::move(status).error());
      return;
    }
    waiting_.keep(record.url, std::move(page.bytes));
    done(std::move(status), head.content_type.empty() ? "no type" : head.content_type);
  }

  bool is_done_before() const { return 2 * number_ <= options_.skip_to; }

  void done(Status status, const std::string& what) {
    passed_over_.add(what);
    if (!status) fail(std::move(status).error());
  }

  /// Transfer and content codings off.
  Status decode(const archive::HttpHead& head, Page& page) const {
    if (head.transfer_encoding.find("chunked") != std::string::npos)
      if (auto whole = archive::dechunk(page.bytes, page.cut)) page.bytes = std::move(*whole);
    std::string_view codings = head.content_encoding;
    while (!codings.empty()) {  // the last was put on last
      const size_t comma = codings.rfind(',');
      std::string_view coding =
          comma == std::string_view::npos ? codings : codings.substr(comma + 1);
      codings = comma == std::string_view::npos ? std::string_view() : codings.substr(0, comma);
      while (!coding.empty() && coding.front() == ' ') coding.remove_prefix(1);
      while (!coding.empty() && coding.back() == ' ') coding.remove_suffix(1);
      if (looks_like_html(page.bytes, "")) continue;  // some archives unpack and leave the field
      bool cut = false;
      AVSTAND_TRY(plain, archive::unpack_coding(page.bytes, coding, options_.max_bytes, cut));
      page.bytes = std::move(plain);
      page.cut |= cut;
    }
    return Unit{};
  }

  Error at_record(Error error, const Record& record) {
    ++errors_;
    error.message = fmt::format("record {}: {}", number_, error.message);
    error.offset = record.offset;
    return std::move(error).in(name_);
  }

  void read_page(const Record& record, Page page, bool cut_by_file) {
    if (page.bytes.size() > options_.max_bytes) page.bytes.resize(options_.max_bytes);
    Options options = options_;
    if (!options.url && !record.url.empty()) options.url = record.url;
    options.charset = page.charset;
    Run remarks([&](const std::string& remark) { take_remark(remark); });
    const std::string id = id_of(number_);
    auto article = read_html_article(page.bytes, id, options, patterns_, remarks, deadline_);
    if (!article && article.error().code == ErrorCode::kEmpty)
      return passed_over_.add("pages without an article");
    if (!article)
      return hand_on({std::nullopt, at_record(std::move(article).error(), record), 2 * number_});
    ++articles_;
    article->capture = capture_of(record, name_);
    article->capture->digest_right = page.digest_right;
    if (page.digest_right == false)
      take_remark(fmt::format("{}: the bytes are not those that the record's digest is of", id));
    if (!article->capture->truncated && (cut_by_file || page.cut))
      article->capture->truncated = cut_by_file ? "file" : "coding";
    hand_on({std::move(*article), std::nullopt, 2 * number_, std::nullopt, deadline_.spent()});
  }

  /// Remarks on pages: some, so that neither memory nor the terminal fills with them.
  void take_remark(const std::string& remark) {
    constexpr size_t kRemarks = 20;
    if (remarks_ < kRemarks) run_.note(remark);
    if (remarks_ == kRemarks) run_.note(fmt::format("{}: further remarks are left out", input_));
    ++remarks_;
  }

  const std::string& input_;
  uint64_t size_;
  const Options& options_;
  const Patterns& patterns_;
  Run& run_;
  PictureWait waiting_;
  Deadline deadline_;  ///< of the record
  std::string name_;
  PassedOver passed_over_;
  SeenRecords seen_;
  struct File {
    uint64_t base;  ///< number of records before it
    std::string name;
  };
  std::vector<File> files_;  ///< of the input
  uint64_t base_ = 0, number_ = 0, articles_ = 0, errors_ = 0, pictures_ = 0;
  size_t remarks_ = 0, repeats_ = 0;
  bool in_trouble_ = false;
};

bool is_records_name(std::string_view name) {
  for (const std::string_view end : {".gz", ".zst"})
    if (name.ends_with(end)) name.remove_suffix(end.size());
  return name.ends_with(".warc") || name.ends_with(".arc");
}

Result<archive::ZipArchive> open_zip(const std::string& name, const std::string_view* bytes) {
  if (bytes != nullptr) return archive::ZipArchive::from_memory(*bytes);
  if (name == "-")
    return Error{
        .code = ErrorCode::kInput,
        .message = "a zip file cannot be read from a pipe: its list of members is at the end",
        .hint = "name the file"};
  return archive::ZipArchive::open(name);
}

void read_member(const archive::ZipArchive& zip, const archive::ZipMember& member,
                 const std::string& name, const Options& options, uint64_t done,
                 ArchiveReader& reader) {
  auto stream = zip.stream(member, unpack_limits(options.limits));
  if (!stream) return reader.fail_member(name, std::move(stream).error());
  ByteSource source(std::move(*stream));
  if (!archive::looks_packed(source.lookahead(4))) return reader.read(source, name, done);
  ByteSource plain(archive::unpack(std::move(source), unpack_limits(options.limits)));
  reader.read(plain, name, done);
}

}  // namespace

archive::UnpackLimits unpack_limits(const Limits& limits) {
  return {.max_bytes = limits.max_unpacked, .max_ratio = limits.max_ratio};
}

void read_records(ByteSource& source, const std::string& name, uint64_t size,
                  const Options& options, const Patterns& patterns, Run& run, const Emit& emit) {
  ArchiveReader reader(name, size, options, patterns, run, emit);
  reader.read(source, name, 0);
  reader.finish();
}

void read_wacz(const std::string& name, const std::string_view* bytes, const Options& options,
               const Patterns& patterns, Run& run, const Emit& emit) {
  const auto fail = [&](Error error) {
    if (options.skip_to < 1) emit({std::nullopt, std::move(error).in(name), 1});
  };
  auto zip = open_zip(name, bytes);
  if (!zip) return fail(std::move(zip).error());
  std::error_code ignored;
  uint64_t size = 0, found = 0, done = 0;
  for (const archive::ZipMember& member : zip->members())
    if (is_records_name(member.name)) size += member.size, ++found;
  if (found == 0)
    return fail({.code = ErrorCode::kInput,
                 .message = "a zip file without WARC files in it",
                 .hint = "of zip files only WACZ is read"});
  ArchiveReader reader(name, size, options, patterns, run, emit);
  for (const archive::ZipMember& member : zip->members()) {
    if (!archive::is_inside(member.name)) {
      reader.fail_member(name, {.code = ErrorCode::kInput,
                                .message = fmt::format("a member's name leads out of the archive: "
                                                       "'{}'; it is not read",
                                                       member.name.substr(0, 80))});
      continue;
    }
    if (!is_records_name(member.name)) continue;
    read_member(*zip, member, fmt::format("{}/{}", name, member.name), options, done, reader);
    done += member.size;
  }
  reader.finish();
}

}  // namespace avstand::ingest
