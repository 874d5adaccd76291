#include "archive/digest.h"

#include <cstdint>
#include <string>

#include "archive/record.h"
#include "base/hash.h"

namespace avstand::archive {
namespace {

std::optional<uint8_t> digit(char c, bool base32) {
  if (c >= '0' && c <= '9' && !base32) return static_cast<uint8_t>(c - '0');
  if (c >= '2' && c <= '7' && base32) return static_cast<uint8_t>(c - '2' + 26);
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= (base32 ? 'z' : 'f'))
    return static_cast<uint8_t>(lower - 'a' + (base32 ? 0 : 10));
  return std::nullopt;
}

/// The bytes that digits stand for; nullopt: they are none, or not so many.
std::optional<std::string> decoded(std::string_view digits, size_t size) {
  while (digits.ends_with('=')) digits.remove_suffix(1);
  const bool base32 = digits.size() == (size * 8 + 4) / 5;
  if (!base32 && digits.size() != size * 2) return std::nullopt;
  const int width = base32 ? 5 : 4;
  std::string out;
  uint32_t held = 0;
  int bits = 0;
  for (const char c : digits) {
    const auto value = digit(c, base32);
    if (!value) return std::nullopt;
    held = held << width | *value;
    bits += width;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>(held >> bits);
    held &= (1U << bits) - 1;
  }
  return out;
}

}  // namespace

std::optional<bool> has_digest(std::string_view bytes, std::string_view digest) {
  const size_t colon = digest.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string name;
  for (const char c : digest.substr(0, colon))
    if (c != '-') name += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  const auto own = raw_digest(name, bytes);
  if (!own) return std::nullopt;
  const auto given = decoded(digest.substr(colon + 1), own->size());
  if (!given) return std::nullopt;
  return *given == *own;
}

std::optional<bool> check_digests(std::string_view block, std::string_view payload,
                                  std::string_view block_digest, std::string_view payload_digest) {
  auto right = has_digest(payload, payload_digest);
  if (right == false) {
    bool cut = false;
    if (const auto whole = dechunk(payload, cut)) right = has_digest(*whole, payload_digest);
  }
  const auto block_right = has_digest(block, block_digest);
  if (!right || !block_right) return right ? right : block_right;
  return *right && *block_right;
}

}  // namespace avstand::archive
