#include "document/picture.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>

namespace avstand {

namespace {

constexpr uint32_t kSamePictureBits = 31;
constexpr uint32_t kLeastQuality = 50;

}  // namespace

std::string_view to_string(PictureFormat format) {
  constexpr std::string_view kNames[] = {"jpeg", "png", "webp", "tiff", "heif", "avif", "gif"};
  return kNames[static_cast<size_t>(format)];
}

std::string_view to_string(C2paStatus status) {
  constexpr std::string_view kNames[] = {"not_validated", "unreadable", "remote"};
  return kNames[static_cast<size_t>(status)];
}

std::string Pdq::hex() const {
  return fmt::format("{:016x}{:016x}{:016x}{:016x}", bits[3], bits[2], bits[1], bits[0]);
}

std::optional<Pdq> Pdq::from_hex(std::string_view digits, uint32_t quality) {
  Pdq out{.quality = quality};
  if (digits.size() != 16 * out.bits.size()) return std::nullopt;
  for (size_t i = 0; i < out.bits.size(); ++i) {
    const char* begin = digits.data() + 16 * i;
    const auto [end, bad] = std::from_chars(begin, begin + 16, out.bits[3 - i], 16);
    if (bad != std::errc() || end != begin + 16) return std::nullopt;
  }
  return out;
}

uint32_t distance(const Pdq& a, const Pdq& b) {
  uint32_t out = 0;
  for (size_t i = 0; i < a.bits.size(); ++i)
    out += static_cast<uint32_t>(std::popcount(a.bits[i] ^ b.bits[i]));
  return out;
}

bool same_picture(const Pdq& a, const Pdq& b) {
  return a.quality >= kLeastQuality && b.quality >= kLeastQuality &&
         distance(a, b) <= kSamePictureBits;
}

}  // namespace avstand
