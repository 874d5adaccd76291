#include <fmt/format.h>

#include <set>

#include "picture/metadata.h"
#include "picture/tiff_directory.h"

namespace avstand::picture {
namespace {

constexpr size_t kMostCreators = 100;

enum Tag : uint16_t {
  kDescription = 0x010E,
  kSoftware = 0x0131,
  kArtist = 0x013B,
  kCopyright = 0x8298,
  kExifDirectory = 0x8769,
  kOriginalTime = 0x9003,
  kOriginalZone = 0x9011,
  kXpTitle = 0x9C9B,
  kXpAuthor = 0x9C9D,
  kXpSubject = 0x9C9F,
};

/// "2023:07:26 19:30:00" to ISO 8601; empty where it is no date.
std::string exif_date(std::string_view text, std::string_view zone) {
  const auto digits = [&](size_t at, size_t size) {
    for (size_t i = at; i < at + size; ++i)
      if (i >= text.size() || text[i] < '0' || text[i] > '9') return false;
    return true;
  };
  if (!digits(0, 4) || !digits(5, 2) || !digits(8, 2) || text.starts_with("0000")) return {};
  std::string day =
      fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(5, 2), text.substr(8, 2));
  if (!digits(11, 2) || !digits(14, 2) || !digits(17, 2)) return day;
  return fmt::format("{}T{}{}", day, text.substr(11, 8), zone.size() == 6 ? zone : "");
}

/// Artists are parted by semicolons (Exif 2.32, 4.6.4).
void add_creators(std::vector<std::string>& creators, std::string_view text) {
  for (size_t begin = 0; begin <= text.size() && creators.size() < kMostCreators;) {
    const size_t end = std::min(text.find(';', begin), text.size());
    std::string name = clean_text(text.substr(begin, end - begin));
    if (!name.empty()) creators.push_back(std::move(name));
    begin = end + 1;
  }
}

/// The photographer's notice, and after a NUL the editor's (Exif 2.32, 4.6.4).
std::string copyright_of(std::string_view value) {
  const size_t nul = value.find('\0');
  std::string first = clean_text(value.substr(0, nul));
  if (!first.empty() || nul == std::string_view::npos) return first;
  return clean_text(value.substr(nul + 1));
}

std::string text_of(const TiffEntry& entry) {
  return clean_text(entry.value.substr(0, entry.value.find('\0')));
}

/// The entries of the first directory and of the one that EXIF keeps its own in. Each tag counts
/// once, at its first place: a thousand of one tag that point at one another would be a bomb.
std::vector<TiffEntry> exif_entries(const TiffFile& file, uint32_t limit) {
  std::vector<TiffEntry> out;
  std::set<uint16_t> seen;
  const auto add = [&](uint64_t offset) {
    for (const TiffEntry& entry : file.directory(offset, limit))
      if (seen.insert(entry.tag).second) out.push_back(entry);
  };
  add(file.first_directory());
  for (const TiffEntry& entry : out) {
    if (entry.tag != kExifDirectory) continue;
    add(file.number(entry).value_or(0));  // ends the walk over `out`, which has grown
    break;
  }
  return out;
}

/// Texts that are put together once all entries are read.
struct Loose {
  std::string title, author, subject, date, zone;
};

/// Where a tag's text goes; null: it is none that goes as it stands.
std::string* place_of(uint16_t tag, PictureMetadata& out, Loose& loose) {
  switch (tag) {
    case kDescription:
      return &out.caption;
    case kSoftware:
      return &out.software;
    case kOriginalTime:
      return &loose.date;
    case kOriginalZone:
      return &loose.zone;
    case kXpTitle:
      return &loose.title;
    case kXpAuthor:
      return &loose.author;
    case kXpSubject:
      return &loose.subject;
    default:
      return nullptr;
  }
}

bool is_utf16(uint16_t tag) { return tag == kXpTitle || tag == kXpAuthor || tag == kXpSubject; }

}  // namespace

PictureMetadata read_exif(std::string_view tiff, const Limits& limits) {
  PictureMetadata out;
  const auto file = TiffFile::open(tiff);
  if (!file) return out;
  Loose loose;
  const auto entries = exif_entries(*file, limits.max_parts);
  for (const TiffEntry& entry : entries) {
    if (entry.tag == kArtist) add_creators(out.creators, text_of(entry));
    if (entry.tag == kCopyright) out.copyright = copyright_of(entry.value);
    if (std::string* const to = place_of(entry.tag, out, loose))
      *to = is_utf16(entry.tag) ? clean_utf16(entry.value) : text_of(entry);
  }
  out.date_created = exif_date(loose.date, loose.zone);
  if (out.creators.empty()) add_creators(out.creators, loose.author);
  if (loose.title != out.caption) out.headline = loose.title;
  if (out.caption.empty()) out.caption = loose.subject;
  if (!entries.empty()) out.read_of.emplace_back("exif");
  return out;
}

}  // namespace avstand::picture
