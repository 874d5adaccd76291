#include "picture/read_picture.h"

#include <fmt/format.h>

#include "picture/c2pa.h"
#include "picture/luma.h"
#include "picture/metadata.h"
#include "picture/parts.h"
#include "picture/pdq.h"

namespace avstand::picture {
namespace {

/// The value of a base64 letter (RFC 4648, the alphabet for addresses too); -1: none.
int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return -1;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size();
    const int high = escape ? hex_value(text[i + 1]) : -1;
    const int low = escape ? hex_value(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      out += static_cast<char>(high << 4 | low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::optional<std::string> base64_decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0, count = 0;
  for (const char c : text) {
    if (c == '=') break;
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    const int value = base64_value(c);
    if (value < 0) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

bool is_data_url(std::string_view url) {
  constexpr std::string_view kScheme = "data:";
  for (size_t i = 0; i < kScheme.size(); ++i)
    if (i >= url.size() ||
        (static_cast<uint8_t>(url[i]) | 0x20) != static_cast<uint8_t>(kScheme[i] | 0x20))
      return false;
  return true;
}

void hash(std::string_view bytes, const Options& options, PictureFile& out) {
  auto luma = decode_luma(bytes, out.format, options.limits);
  if (!luma) {
    out.remarks.push_back(fmt::format("not hashed: {}", luma.error().message));
    return;
  }
  if (!luma->whole) out.remarks.emplace_back("cut or damaged: the hash is of what is there");
  out.pdq = pdq_hash(*luma);
}

}  // namespace

bool is_picture(std::string_view bytes) { return sniff(bytes).has_value(); }

Result<PictureFile> read_picture(std::string_view bytes, const Options& options) {
  AVSTAND_TRY(parts, take_apart(bytes, options.limits));
  PictureFile out;
  out.format = parts.format;
  out.width = parts.width;
  out.height = parts.height;
  Xmp xmp = read_metadata(parts, options.limits);
  out.metadata = std::move(xmp.metadata);
  if (!parts.jumbf.empty()) {
    out.c2pa = read_c2pa(parts.jumbf, options.limits);
  } else if (!xmp.provenance.empty()) {
    out.c2pa = C2pa{.status = C2paStatus::kRemote, .remote = std::move(xmp.provenance)};
  }
  out.remarks = std::move(parts.remarks);
  if (options.hash) hash(bytes, options, out);
  return out;
}

std::optional<std::string> data_url_bytes(std::string_view url, size_t max_bytes) {
  const size_t comma = url.find(',');
  if (!is_data_url(url) || comma == std::string_view::npos) return std::nullopt;
  if (url.size() - comma > max_bytes / 3 * 4 + 8) return std::nullopt;
  const std::string_view type = url.substr(0, comma), data = url.substr(comma + 1);
  std::string plain = percent_decoded(data);
  return type.ends_with("base64") ? base64_decoded(plain) : std::optional(std::move(plain));
}

}  // namespace avstand::picture
