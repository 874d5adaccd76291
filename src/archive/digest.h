// Digests of records: "sha1:3EF4GH5IJ6KL7MN8OPQAB2CDEFGHIJKL" (ISO 28500, 5.8 and 5.9).
#pragma once

#include <optional>
#include <string_view>

namespace avstand::archive {

/// Whether bytes have this digest: md5, sha1, sha256, sha384 or sha512, its value in base32
/// (RFC 4648, with or without padding) or hexadecimal, in any case. nullopt: cannot be told, the
/// algorithm or the form is unknown. O(bytes).
std::optional<bool> has_digest(std::string_view bytes, std::string_view digest);

/// Whether the block of a record and the payload in it have the digests that the record gives.
/// Writers disagree on whether a payload is hashed with or without its chunks (RFC 9112, 7.1);
/// either will do. Empty digests are passed over; nullopt: none could be checked.
std::optional<bool> check_digests(std::string_view block, std::string_view payload,
                                  std::string_view block_digest, std::string_view payload_digest);

}  // namespace avstand::archive
