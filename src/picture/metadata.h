// The blocks of metadata of a picture, read: EXIF, IPTC IIM, XMP, and the three put together.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "document/picture.h"
#include "picture/limits.h"
#include "picture/parts.h"

namespace avstand::picture {

/// A text of unknown encoding as it is shown: UTF-8 where it is valid, else windows-1252; without
/// controls, NULs and outer white space; at most 10,000 bytes.
std::string clean_text(std::string_view bytes);
/// The same for UTF-16 in little-endian order (the XP fields of EXIF).
std::string clean_utf16(std::string_view bytes);

/// Exif 2.32 and the directories of TIFF. Never fails: what is broken is left out.
PictureMetadata read_exif(std::string_view tiff, const Limits& limits);

/// Data sets of IPTC-IIM 4.2, record 2.
PictureMetadata read_iim(std::string_view data_sets, const Limits& limits);
/// The IIM data sets among Photoshop's image resources; empty where there are none.
std::string_view iim_of_photoshop(std::string_view resources, const Limits& limits);

/// One XMP packet (ISO 16684-1), with the fields of IPTC Photo Metadata 2023.1.
struct Xmp {
  PictureMetadata metadata;
  std::string provenance;  ///< dcterms:provenance: address of a C2PA manifest kept elsewhere
};
Result<Xmp> read_xmp(std::string_view packet);

/// Reads all blocks of a picture and puts them together (PictureMetadata says how). Remarks go to
/// `parts`; `provenance` as in Xmp.
Xmp read_metadata(Parts& parts, const Limits& limits);

/// The last part of a code ("http://cv.iptc.org/newscodes/digitalsourcetype/NAME", "NAME").
std::string code_name(std::string_view uri);

}  // namespace avstand::picture
