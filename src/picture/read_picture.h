// A picture file, read: the room's one entrance.
//
//   auto picture = read_picture(bytes);      // JPEG, PNG, WebP, TIFF, HEIF, AVIF, GIF
//   picture->metadata.credit, picture->c2pa, picture->pdq
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "document/picture.h"
#include "picture/limits.h"

namespace avstand::picture {

struct Options {
  Limits limits;
  bool hash = true;  ///< decode and hash
};

/// Whether the bytes begin as a picture that is read here. Names and media types do not count:
/// they are often wrong, and bytes are not.
bool is_picture(std::string_view bytes);

/// Reads a picture. Errors: kInput (no picture, or of a kind that is not read), kLimit (more than
/// max_bytes). What is broken inside is left out and told in PictureFile::remarks. Thread-safe.
Result<PictureFile> read_picture(std::string_view bytes, const Options& options = {});

/// The bytes of a "data:" address (RFC 2397); nullopt where it is none, or its base64 is broken.
std::optional<std::string> data_url_bytes(std::string_view url, size_t max_bytes);

}  // namespace avstand::picture
