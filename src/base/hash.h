// Digests: SHA-256 (identity of documents, models, data; via OpenSSL), those that files of others
// give, and XXH64 (integrity, speed).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace avstand {

/// "sha256:" and 64 lower-case hex digits.
std::string sha256(std::string_view bytes);

/// The digest as bytes, by "md5", "sha1", "sha256", "sha384" or "sha512"; nullopt: another name.
/// MD5 and SHA-1 tell of damage, not of forgery.
std::optional<std::string> raw_digest(std::string_view algorithm, std::string_view bytes);

/// XXH64 with seed 0 over the bytes; the same on every machine.
uint64_t xxh64(std::span<const std::byte> bytes);
inline uint64_t xxh64(std::string_view s) {
  return xxh64(std::as_bytes(std::span(s.data(), s.size())));
}

}  // namespace avstand
