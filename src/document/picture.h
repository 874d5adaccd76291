// What a picture file says about itself: metadata, content credentials, perceptual hash. Values
// only; the room picture/ fills them from bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace avstand {

enum class PictureFormat : uint8_t { kJpeg, kPng, kWebp, kTiff, kHeif, kAvif, kGif };

/// "jpeg", "png", "webp", "tiff", "heif", "avif", "gif".
std::string_view to_string(PictureFormat format);

/// What EXIF, IPTC IIM and XMP say. Valid UTF-8 without controls; empty: not said. Where several
/// say it, XMP goes before IIM before EXIF (IPTC and MWG guidelines); `creators` and the names in
/// `also` keep what the others say.
struct PictureMetadata {
  std::vector<std::string> creators;  ///< persons or bodies that made it
  std::string credit;                 ///< line to print: "Kari Bø / NTB"
  std::string source;                 ///< who supplied it
  std::string copyright;
  std::string headline, caption;
  std::string date_created;  ///< ISO 8601, as exact as it is said
  /// Last part of the IPTC code: "digitalCapture", "trainedAlgorithmicMedia", …
  std::string digital_source_type;
  std::string software;              ///< that wrote it
  std::vector<std::string> also;     ///< other credits, sources and owners, where blocks disagree
  std::vector<std::string> read_of;  ///< "exif", "iim", "xmp": the blocks that were there

  bool empty() const { return read_of.empty(); }
};

/// One step that a C2PA manifest tells of.
struct C2paAction {
  std::string action;  ///< "c2pa.created", "c2pa.edited", …
  std::string software;
  std::string digital_source_type;  ///< as in PictureMetadata
};

/// A picture or other file that went into this one.
struct C2paIngredient {
  std::string title;
  std::string relationship;  ///< "parentOf", "componentOf", "inputTo"
  std::string manifest;      ///< label of its own manifest in the store; empty: it has none
};

/// One link of the chain of claims.
struct C2paManifest {
  std::string label;
  std::string generator;  ///< the program that made the claim, in its own words
  std::string signer;     ///< organisation or name in the signing certificate, as it claims
  std::vector<std::string> creators;  ///< authors in a CreativeWork assertion
  std::vector<C2paAction> actions;
  std::vector<C2paIngredient> ingredients;
};

/// Content credentials (C2PA specification 2).
enum class C2paStatus : uint8_t {
  kNotValidated,  ///< there is a manifest; its signature and hashes were not checked
  kUnreadable,    ///< there is one, but it is broken or packed in a way that is not read
  kRemote,        ///< the file only gives an address, which is not fetched
};

/// "not_validated", "unreadable", "remote".
std::string_view to_string(C2paStatus status);

struct C2pa {
  C2paStatus status = C2paStatus::kNotValidated;
  std::string reason;  ///< why it is not read; else empty
  std::string remote;  ///< address of a manifest kept elsewhere
  /// The active manifest first, then those it builds on, as its ingredients name them.
  std::vector<C2paManifest> manifests;
};

/// A PDQ hash (Facebook, 2019): 256 bits, and how much there is to hash, 0 to 100.
struct Pdq {
  std::array<uint64_t, 4> bits{};  ///< bit k of the reference is bit k % 64 of bits[k / 64]
  uint32_t quality = 0;

  std::string hex() const;  ///< 64 digits, as the reference prints it
  /// Of such digits; nothing where they are none.
  static std::optional<Pdq> from_hex(std::string_view digits, uint32_t quality);
  friend bool operator==(const Pdq&, const Pdq&) = default;
};

/// Bits that differ.
uint32_t distance(const Pdq& a, const Pdq& b);
/// Whether two hashes are one picture's by the reference's thresholds: at most 31 bits apart, both
/// of quality 50 or more.
bool same_picture(const Pdq& a, const Pdq& b);

/// A picture file as read.
struct PictureFile {
  PictureFormat format = PictureFormat::kJpeg;
  uint32_t width = 0, height = 0;  ///< as stored, before any rotation; 0: not known
  PictureMetadata metadata;
  std::optional<C2pa> c2pa;          ///< nullopt: no manifest
  std::optional<Pdq> pdq;            ///< nullopt: not decoded, `remarks` says why
  std::vector<std::string> remarks;  ///< what was broken, cut or not read, for the user
};

}  // namespace avstand
