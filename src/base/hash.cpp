#include "base/hash.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <algorithm>
#include <array>

namespace avstand {

std::optional<std::string> raw_digest(std::string_view algorithm, std::string_view bytes) {
  constexpr std::array<std::string_view, 5> kNames = {"md5", "sha1", "sha256", "sha384", "sha512"};
  if (std::find(kNames.begin(), kNames.end(), algorithm) == kNames.end()) return std::nullopt;
  const EVP_MD* const method = EVP_get_digestbyname(std::string(algorithm).c_str());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (method == nullptr || EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, method,
                                      nullptr) != 1)  // as where a system forbids MD5
    return std::nullopt;
  return std::string(reinterpret_cast<const char*>(digest.data()), size);
}

std::string sha256(std::string_view bytes) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "sha256:";
  for (const char c : raw_digest("sha256", bytes).value_or("")) {
    out += kHex[static_cast<uint8_t>(c) >> 4];
    out += kHex[static_cast<uint8_t>(c) & 15];
  }
  return out;
}

uint64_t xxh64(std::span<const std::byte> bytes) { return XXH64(bytes.data(), bytes.size(), 0); }

}  // namespace avstand
