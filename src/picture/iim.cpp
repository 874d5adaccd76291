#include <fmt/format.h>

#include "picture/byte_reader.h"
#include "picture/metadata.h"

namespace avstand::picture {
namespace {

constexpr size_t kMostCreators = 100;
constexpr uint64_t kMarker = 0x1C;         // before each data set
constexpr uint16_t kIimResource = 0x0404;  // Photoshop File Formats, image resource ids

enum DataSet : uint8_t {
  kDate = 55,
  kTime = 60,
  kByline = 80,
  kHeadline = 105,
  kCredit = 110,
  kSource = 115,
  kCopyright = 116,
  kCaption = 120,
  kProgram = 65,
};

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// CCYYMMDD and HHMMSS±HHMM (IIM 4.2, 2:55 and 2:60) to ISO 8601. Month and day may be 00.
std::string iim_date(std::string_view date, std::string_view time) {
  if (date.size() != 8 || !is_digits(date) || date.starts_with("0000")) return {};
  std::string out(date.substr(0, 4));
  if (date.substr(4, 2) == "00") return out;
  out += fmt::format("-{}", date.substr(4, 2));
  if (date.substr(6, 2) == "00") return out;
  out += fmt::format("-{}", date.substr(6, 2));
  if (time.size() < 6 || !is_digits(time.substr(0, 6))) return out;
  out += fmt::format("T{}:{}:{}", time.substr(0, 2), time.substr(2, 2), time.substr(4, 2));
  if (time.size() == 11 && (time[6] == '+' || time[6] == '-') && is_digits(time.substr(7)))
    out += fmt::format("{}:{}", time.substr(6, 3), time.substr(9, 2));
  return out;
}

/// Where a data set's text goes; null: it is none that is read, or the byline, which may come
/// again.
std::string* place_of(uint64_t number, PictureMetadata& out, std::string& date, std::string& time) {
  switch (number) {
    case kHeadline:
      return &out.headline;
    case kCredit:
      return &out.credit;
    case kSource:
      return &out.source;
    case kCopyright:
      return &out.copyright;
    case kCaption:
      return &out.caption;
    case kProgram:
      return &out.software;
    case kDate:
      return &date;
    case kTime:
      return &time;
    default:
      return nullptr;
  }
}

}  // namespace

std::string_view iim_of_photoshop(std::string_view resources, const Limits& limits) {
  ByteReader in(resources);
  for (uint32_t count = 0; in.left() > 0 && count < limits.max_parts; ++count) {
    const std::string_view signature = in.take(4);
    if (signature != "8BIM" && signature != "MeSa" && signature != "AgHg") return {};
    const auto id = static_cast<uint16_t>(in.number(2));
    const uint64_t name = in.number(1);
    in.take(name | 1);  // length byte and name are together even
    const uint64_t size = in.number(4);
    if (id == kIimResource) return in.rest().substr(0, size);
    in.take(size);
    if (size & 1) in.number(1);
    if (!in.ok()) return {};
  }
  return {};
}

PictureMetadata read_iim(std::string_view data_sets, const Limits& limits) {
  PictureMetadata out;
  std::string date, time;
  ByteReader in(data_sets);
  for (uint32_t count = 0; in.left() >= 5 && count < limits.max_parts; ++count) {
    if (in.number(1) != kMarker) break;
    const uint64_t record = in.number(1);
    const uint64_t number = in.number(1);
    uint64_t size = in.number(2);
    if (size & 0x8000) size = in.number(std::min<size_t>(size & 0x7FFF, 9));  // extended: 1.5 d
    if (!in.ok() || size > in.left()) break;
    const std::string_view value = in.take(size);
    if (record != 2) continue;
    if (number == kByline && out.creators.size() < kMostCreators)
      out.creators.push_back(clean_text(value));
    if (std::string* const to = place_of(number, out, date, time)) *to = clean_text(value);
  }
  std::erase(out.creators, std::string());
  out.date_created = iim_date(date, time);
  if (!data_sets.empty()) out.read_of.emplace_back("iim");
  return out;
}

}  // namespace avstand::picture
