#include "archive/zip.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>

namespace avstand::archive {
namespace {

Error zip_error(zip_error_t& error) {
  Error out{.code = ErrorCode::kInput,
            .message = fmt::format("no valid zip file: {}", zip_error_strerror(&error))};
  zip_error_fini(&error);
  return out;
}

class MemberStream : public ByteStream {
 public:
  MemberStream(zip_file_t* file, const ZipMember& member, const UnpackLimits& limits)
      : file_(file, &zip_fclose), packed_(member.packed_size), limits_(limits) {}
  Result<size_t> read(char* into, size_t size) override {
    if (auto in_time = deadline_.check("unpacking"); !in_time) {
      in_time.error().offset = made_;
      return std::move(in_time).error();
    }
    const zip_int64_t got = zip_fread(file_.get(), into, size);
    if (got < 0)
      return Error{
          .code = ErrorCode::kInput,
          .message = fmt::format("the member is broken: {}", zip_file_strerror(file_.get())),
          .offset = made_};
    made_ += static_cast<uint64_t>(got);
    if (made_ > limits_.max_bytes)
      return Error{.code = ErrorCode::kLimit,
                   .message = fmt::format("unpacks to more than {} bytes", limits_.max_bytes),
                   .offset = made_,
                   .hint = "raise --max-unpacked"};
    if (made_ > limits_.free_bytes && made_ / limits_.max_ratio > packed_)
      return Error{.code = ErrorCode::kLimit,
                   .message = fmt::format("a member that unpacks to more than {} times its size",
                                          limits_.max_ratio),
                   .offset = made_,
                   .hint = "raise --max-ratio"};
    return static_cast<size_t>(got);
  }
  void limit_time(const Deadline& deadline) override { deadline_ = deadline; }
  uint64_t file_offset() const override { return made_; }

 private:
  std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file_;
  uint64_t packed_, made_ = 0;
  UnpackLimits limits_;
  Deadline deadline_;
};

}  // namespace

bool looks_like_zip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06");
}

bool is_inside(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos ||
      name.find(':') != std::string_view::npos)
    return false;
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<uint8_t>(c) < 0x20; }))
    return false;
  for (size_t begin = 0; begin <= name.size();) {
    const size_t end = std::min(name.find('/', begin), name.size());
    if (name.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return true;
}

void ZipArchive::Close::operator()(void* archive) const {
  zip_discard(static_cast<zip_t*>(archive));
}

Result<ZipArchive> ZipArchive::open(const std::string& path) {
  int code = 0;
  zip_t* opened = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (opened == nullptr) {
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    return zip_error(error);
  }
  ZipArchive out;
  out.archive_.reset(opened);
  AVSTAND_CHECK(out.list());
  return out;
}

Result<ZipArchive> ZipArchive::from_memory(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return zip_error(error);
  zip_t* opened = zip_open_from_source(source, ZIP_RDONLY, &error);
  if (opened == nullptr) {
    zip_source_free(source);
    return zip_error(error);
  }
  ZipArchive out;
  out.archive_.reset(opened);
  AVSTAND_CHECK(out.list());
  return out;
}

Status ZipArchive::list() {
  auto* archive = static_cast<zip_t*>(archive_.get());
  const auto count =
      static_cast<uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(archive, 0)));
  if (count > kMaxMembers)
    return Error{.code = ErrorCode::kLimit,
                 .message = fmt::format("a zip file with more than {} members", kMaxMembers)};
  for (uint64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    if (zip_stat_index(archive, i, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & ZIP_STAT_NAME) == 0)
      continue;
    members_.push_back({stat.name, i, stat.size, stat.comp_size});
  }
  return Unit{};
}

Result<std::unique_ptr<ByteStream>> ZipArchive::stream(const ZipMember& member,
                                                       const UnpackLimits& limits) const {
  auto* archive = static_cast<zip_t*>(archive_.get());
  zip_file_t* file = zip_fopen_index(archive, member.index, 0);
  if (file == nullptr)
    return Error{.code = ErrorCode::kInput,
                 .message = fmt::format("the member cannot be read: {}", zip_strerror(archive))};
  return std::unique_ptr<ByteStream>(std::make_unique<MemberStream>(file, member, limits));
}

}  // namespace avstand::archive
