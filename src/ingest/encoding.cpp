#include "ingest/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/table.h"
#include "ingest/bytes.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kPrescan = 1'024;
constexpr size_t kPiece = 1'024;  // source bytes between checkpoints
constexpr std::string_view kReplacement = "\uFFFD";
constexpr std::string_view kUtf8 = "UTF-8";
constexpr std::string_view kDefault = "CP1252";

std::string ascii_lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  return out;
}

/// iconv as a value.
class Converter {
 public:
  explicit Converter(const std::string& from) : handle_(iconv_open("UTF-8", from.c_str())) {}
  ~Converter() {
    if (good()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  bool good() const {
    return handle_ != reinterpret_cast<iconv_t>(-1);  // NOLINT(*-no-int-to-ptr): POSIX has it so
  }

  /// Converts what it can of `in` into `room` bytes at `out`; both are moved on. The errno, or 0.
  int run(std::string_view& in, char*& out, size_t& room) {
    char* from = const_cast<char*>(in.data());  // NOLINT: iconv's signature; it does not write
    size_t left = in.size();
    const size_t result = iconv(handle_, &from, &left, &out, &room);
    const int error = result == static_cast<size_t>(-1) ? errno : 0;
    in.remove_prefix(in.size() - left);
    return error;
  }
  /// What a converter has kept back to compose it with what might follow.
  void finish(char*& out, size_t& room) { iconv(handle_, nullptr, nullptr, &out, &room); }

 private:
  iconv_t handle_;
};

/// The value behind `key` and an equals sign in a piece of a tag; empty: there is none.
std::string_view value_of(std::string_view tag, std::string_view key) {
  constexpr std::string_view kSpace = " \t\n\r\f";
  for (size_t at = 0; (at = tag.find(key, at)) != std::string_view::npos; at += key.size()) {
    std::string_view rest = tag.substr(at + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size()));
    if (!rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n\r\f\"'"), rest.size()));
    return rest.substr(0, rest.find_first_of(" \t\n\r\f\"';>/?"));
  }
  return {};
}

std::string_view without(std::string_view s, size_t count) {
  s.remove_prefix(std::min(count, s.size()));
  return s;
}

/// Code points of valid UTF-8: the bytes that are not 10xxxxxx, eight at a time.
size_t count_code_points(std::string_view text) {
  size_t continuations = 0, pos = 0;
  for (uint64_t eight = 0; pos + 8 <= text.size(); pos += 8) {
    std::memcpy(&eight, text.data() + pos, 8);
    continuations +=
        static_cast<size_t>(std::popcount((eight >> 7) & ~(eight >> 6) & 0x0101010101010101U));
  }
  for (; pos < text.size(); ++pos)
    continuations += (static_cast<uint8_t>(text[pos]) & 0xC0) == 0x80;
  return text.size() - continuations;
}

bool has_multibyte(std::string_view bytes) {
  for (size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<uint8_t>(bytes[i]);
    if (lead < 0xC2 || lead > 0xF4) continue;
    const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (!first_invalid_utf8(bytes.substr(i, size)).has_value()) return true;
  }
  return false;
}

}  // namespace

Result<Encodings> Encodings::load(const std::string& data_dir) {
  AVSTAND_TRY(table, Table::load(data_dir + "/ingest/encodings.tsv", {"label", "converter"}));
  Encodings out;
  for (const TableRow& row : table.rows()) out.converters_[row.cells[0]] = row.cells[1];
  return out;
}

std::string_view Encodings::find(std::string_view label) const {
  const auto at = converters_.find(ascii_lower(label));
  return at == converters_.end() ? std::string_view() : at->second;
}

std::string declared_encoding(std::string_view bytes) {
  const std::string head = ascii_lower(bytes.substr(0, kPrescan));
  if (head.starts_with("<?xml")) {
    const std::string_view tag = std::string_view(head).substr(0, head.find('>'));
    if (const auto label = value_of(tag, "encoding"); !label.empty()) return std::string(label);
  }
  for (size_t at = 0; at < head.size();) {
    at = head.find('<', at);
    if (at == std::string::npos) break;
    const std::string_view rest = std::string_view(head).substr(at);
    if (rest.starts_with("<!--")) {
      const size_t end = head.find("-->", at + 2);
      at = end == std::string::npos ? head.size() : end + 3;
      continue;
    }
    if (rest.starts_with("<meta")) {
      const std::string_view tag = rest.substr(0, rest.find('>'));
      if (const auto label = value_of(tag, "charset"); !label.empty()) return std::string(label);
    }
    ++at;
  }
  return {};
}

Result<DecodedPage> DecodedPage::decode(std::string_view bytes, const Encodings& encodings,
                                        std::string_view charset) {
  DecodedPage page;
  page.bytes_ = bytes;
  std::string_view converter;
  if (bytes.starts_with(kByteOrderMark)) {
    page.skip_ = 3;
    converter = kUtf8;
  } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    page.skip_ = 2;
    converter = bytes[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
  } else {
    converter = encodings.find(charset);
    if (converter.empty()) {
      converter = encodings.find(declared_encoding(bytes));
      if (converter.starts_with("UTF-16")) converter = kUtf8;  // it says so in ASCII, so it is not
    }
  }
  const std::string_view rest = bytes.substr(page.skip_);
  const bool valid = !converter.starts_with("UTF-16") && !first_invalid_utf8(rest).has_value();
  if (converter.empty()) converter = valid ? kUtf8 : kDefault;
  if (converter == kUtf8 && valid) return page;
  if (converter == kUtf8 && page.skip_ == 0 && !has_multibyte(rest)) {
    page.remarks_.emplace_back("the page says that it is UTF-8; read as windows-1252");
    converter = kDefault;
  }
  AVSTAND_CHECK(page.convert(converter));
  return page;
}

Status DecodedPage::convert(std::string_view name) {
  converter_ = name;
  Converter converter(converter_);
  if (!converter.good())
    return Error{.code = ErrorCode::kInput,
                 .message = fmt::format("this system cannot convert {}", converter_),
                 .hint = "convert the page to UTF-8"};
  const std::string_view all = bytes_.substr(skip_);
  std::string_view in = all;
  std::array<char, kPiece * 4> buffer;
  while (!in.empty()) {
    checkpoints_.push_back(
        {static_cast<uint32_t>(converted_.size()), static_cast<uint32_t>(all.size() - in.size())});
    std::string_view piece = in.substr(0, kPiece);
    const size_t before = piece.size();
    char* out = buffer.data();
    size_t room = buffer.size();
    const int error = converter.run(piece, out, room);
    const size_t used = before - piece.size();
    in.remove_prefix(used);
    if (in.empty() && error == 0) converter.finish(out, room);
    converted_.append(buffer.data(), out);
    if (error == EILSEQ || (error == EINVAL && used == 0)) {
      converted_ += kReplacement;
      in = without(in, converter_.starts_with("UTF-16") ? 2 : 1);
      ++broken_;
    }
    Checkpoint& from = checkpoints_.back();
    from.narrow = count_code_points(std::string_view(converted_).substr(from.utf8)) ==
                  all.size() - in.size() - from.source;
  }
  if (broken_ * 100 > all.size() || first_invalid_utf8(converted_).has_value())
    return Error{.code = ErrorCode::kInput,
                 .message = fmt::format("no text in {}: {} of {} bytes cannot be decoded",
                                        converter_, broken_, all.size()),
                 .hint = "convert the page to UTF-8"};
  if (broken_ > 0)
    remarks_.push_back(fmt::format("{} bytes that are no {} were replaced", broken_, converter_));
  return Unit{};
}

uint32_t DecodedPage::source_offset(uint32_t offset) const {
  if (checkpoints_.empty()) return offset + skip_;
  const auto after =
      std::upper_bound(checkpoints_.begin(), checkpoints_.end(), offset,
                       [](uint32_t value, const Checkpoint& c) { return value < c.utf8; });
  const Checkpoint& from = after == checkpoints_.begin() ? *after : *(after - 1);
  if (from.narrow) {
    const auto made = std::string_view(converted_).substr(from.utf8, offset - from.utf8);
    return skip_ + from.source + static_cast<uint32_t>(count_code_points(made));
  }
  // Converting again into just as much room tells how many bytes that much was made of.
  Converter converter(converter_);
  std::string_view in = bytes_.substr(skip_ + from.source, kPiece);
  const size_t before = in.size();
  std::array<char, kPiece * 4> buffer;
  char* out = buffer.data();
  size_t room = std::min<size_t>(offset - from.utf8, buffer.size());
  if (converter.good()) converter.run(in, out, room);
  // A charset with shifts begins anew at each checkpoint here, so that it may run past the next.
  const auto next =
      after == checkpoints_.end() ? static_cast<uint32_t>(bytes_.size()) - skip_ : after->source;
  return skip_ + std::min(from.source + static_cast<uint32_t>(before - in.size()), next);
}

}  // namespace avstand::ingest
