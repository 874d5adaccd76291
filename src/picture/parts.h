// Taking a picture file apart: which format it is, its size, and the blocks of metadata in it,
// still packed. Nothing is decoded. Every format ends in the same five blocks, so that those who
// read the blocks need not know where they stood.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/picture.h"
#include "picture/limits.h"

namespace avstand::picture {

struct Parts {
  PictureFormat format = PictureFormat::kJpeg;
  uint32_t width = 0, height = 0;
  std::string exif;              ///< a TIFF structure (Exif 2.32, 4.5)
  std::string photoshop;         ///< image resources ("8BIM …"), IIM among them
  std::string iim;               ///< IIM data sets that stand alone
  std::vector<std::string> xmp;  ///< packets; the first is the main one
  std::string jumbf;             ///< a C2PA manifest store
  std::vector<std::string> remarks;
  size_t metadata_bytes = 0;  ///< taken or unpacked so far, what was thrown away included
};

/// The format by the first bytes (never by name or media type); nullopt: none that is known here.
std::optional<PictureFormat> sniff(std::string_view bytes);

/// Whether the bytes are a picture that is known but not read (SVG is text; BMP, PSD, RAW …): its
/// name for an error message; empty if it is none.
std::string_view known_but_not_read(std::string_view bytes);

/// Takes a file apart. Broken structure ends the walk with a remark and keeps what came before;
/// kInput where the bytes are no picture that is read, kLimit over a limit.
Result<Parts> take_apart(std::string_view bytes, const Limits& limits);

// One file each, called by take_apart; they add to `parts`.
void take_jpeg_apart(std::string_view bytes, const Limits& limits, Parts& parts);
void take_png_apart(std::string_view bytes, const Limits& limits, Parts& parts);
void take_webp_apart(std::string_view bytes, const Limits& limits, Parts& parts);
void take_tiff_apart(std::string_view bytes, const Limits& limits, Parts& parts);
void take_heif_apart(std::string_view bytes, const Limits& limits, Parts& parts);

/// Adds a remark once.
void remark(Parts& parts, std::string text);
/// Appends to a block unless all blocks together would grow over the limit; then there is a remark.
bool append(Parts& parts, std::string& block, std::string_view bytes, const Limits& limits);
/// Adds a packet of XMP unless there are too many, or it is too long; then there is a remark.
void add_xmp(Parts& parts, std::string_view packet, const Limits& limits);

}  // namespace avstand::picture
