#include "language/model_file.h"

#include <bit>
#include <cmath>
#include <cstring>

#include "base/hash.h"

namespace avstand::language {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are read in place");

constexpr std::string_view kMagic = "AVSTMODL";
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderSize = 128, kHeaderChecked = 64, kHeaderUsed = 72;
constexpr size_t kNameSize = 16, kEntrySize = 32, kAlignment = 64, kMaxSections = 64;

template <typename T>
T read_at(std::span<const std::byte> bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

std::string hex(std::span<const std::byte> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const std::byte b : bytes) {
    out += kDigits[std::to_integer<unsigned>(b) >> 4];
    out += kDigits[std::to_integer<unsigned>(b) & 15];
  }
  return out;
}

bool all_zero(std::span<const std::byte> bytes) {
  for (const std::byte b : bytes)
    if (b != std::byte{}) return false;
  return true;
}

}  // namespace

Result<ModelFile> ModelFile::open(const std::string& path) {
  AVSTAND_TRY(mapped, MappedFile::open(path));
  ModelFile file(path, std::move(mapped));
  AVSTAND_CHECK(file.check_header());
  AVSTAND_CHECK(file.read_sections(read_at<uint32_t>(file.file_.bytes(), 12)));
  return file;
}

Status ModelFile::check_header() {
  const auto bytes = file_.bytes();
  if (bytes.size() < kMagic.size() || std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
    return damaged("not an Avstand model", 0);
  if (bytes.size() < kHeaderSize) return damaged("the file ends in its header", bytes.size());
  if (read_at<uint64_t>(bytes, kHeaderChecked) != xxh64(bytes.first(kHeaderChecked)) ||
      !all_zero(bytes.subspan(kHeaderUsed, kHeaderSize - kHeaderUsed)))
    return damaged("the header is damaged", kHeaderChecked);
  if (const auto version = read_at<uint32_t>(bytes, 8); version != kVersion)
    return Error{.code = ErrorCode::kModel,
                 .message = "model format " + std::to_string(version) + ", this program reads " +
                            std::to_string(kVersion),
                 .file = path_,
                 .offset = 8,
                 .hint = "take the model that belongs to this version"};
  if (read_at<uint64_t>(bytes, 16) != bytes.size())
    return damaged("the file is cut or longer than it should be", bytes.size());
  checksum_ = read_at<uint64_t>(bytes, 24);
  if (checksum_ != xxh64(bytes.subspan(kHeaderSize)))
    return damaged("the checksum does not fit", kHeaderSize);
  digest_ = "sha256:" + hex(bytes.subspan(32, 32));
  return Unit{};
}

Status ModelFile::read_sections(uint32_t count) {
  const auto bytes = file_.bytes();
  if (count > kMaxSections || kHeaderSize + count * kEntrySize > bytes.size())
    return damaged("too many sections", 12);
  for (size_t i = 0; i < count; ++i) {
    const size_t entry = kHeaderSize + i * kEntrySize;
    const auto* text = reinterpret_cast<const char*>(bytes.data() + entry);
    const std::string name(text, strnlen(text, kNameSize));
    const auto offset = read_at<uint64_t>(bytes, entry + kNameSize);
    const auto size = read_at<uint64_t>(bytes, entry + kNameSize + 8);
    if (offset % kAlignment != 0 || offset > bytes.size() || size > bytes.size() - offset)
      return damaged("section " + name + " lies outside the file", entry);
    if (!sections_.emplace(name, bytes.subspan(offset, size)).second)
      return damaged("section " + name + " stands twice", entry);
  }
  return Unit{};
}

Result<std::span<const std::byte>> ModelFile::section(std::string_view name) const {
  const auto it = sections_.find(name);
  if (it == sections_.end()) return damaged("section " + std::string(name) + " is missing", 12);
  return it->second;
}

Result<std::span<const float>> ModelFile::floats(std::string_view name, size_t count) const {
  AVSTAND_TRY(values, array<float>(name, count));
  for (const float& v : values)
    if (!std::isfinite(v))
      return damaged(
          "section " + std::string(name) + " holds a value that is no number",
          static_cast<uint64_t>(reinterpret_cast<const std::byte*>(&v) - file_.bytes().data()));
  return values;
}

Result<std::vector<std::string_view>> ModelFile::lines(std::string_view name) const {
  AVSTAND_TRY(bytes, section(name));
  std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::string_view> out;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    if (end == std::string_view::npos)
      return damaged("section " + std::string(name) + " ends within a line",
                     static_cast<uint64_t>(bytes.data() - file_.bytes().data()));
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return out;
}

Error ModelFile::damaged(std::string message, uint64_t offset) const {
  return Error{.code = ErrorCode::kModel,
               .message = std::move(message),
               .file = path_,
               .offset = offset,
               .hint = "restore the model file or train it again"};
}

}  // namespace avstand::language
