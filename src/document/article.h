// An article as a value: one UTF-8 text that never moves, blocks over it, and what is known of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/picture.h"
#include "text/language_code.h"
#include "text/span.h"

namespace avstand {

/// The part a block plays in the article (LEDGER.md, `blocks[].kind`).
enum class BlockKind : uint8_t {
  kHeadline,
  kLede,
  kParagraph,
  kSubheading,
  kCaption,
  kByline,
  kDateline,
  kCredit,
  kList,
  kQuote,
};

/// A stretch of text without an empty line in it. Blocks are in text order and do not overlap;
/// what stands between them is white space.
struct Block {
  BlockKind kind = BlockKind::kParagraph;
  Span span;
  std::optional<Span> kicker;        ///< "GREI AVSTAND" of a caption, without its colon
  LanguageCode language;             ///< und: not identified
  std::optional<Span> source_bytes;  ///< where the block stood in the file, where it stood in one
};

/// One hand that a story went through, by its own metadata (hopHistory of NewsML-G2).
struct AgencyHop {
  std::string party;
  std::vector<std::string> actions;  ///< "created content"
  std::optional<std::string> time;   ///< RFC 3339, as given
};

/// What a news agency's own metadata say (filled by formats that carry them).
struct AgencyInfo {
  std::optional<std::string> credit;
  std::optional<std::string> source;  ///< where the information comes from, as the agency names it
  std::vector<std::string> hops;      ///< names, the first hand first
  std::vector<AgencyHop> hop_history;
  std::optional<std::string> embargo;
  std::optional<std::string> version;
  std::optional<std::string> status;     ///< usable, withheld, canceled
  std::optional<std::string> note;       ///< to editors
  std::vector<std::string> corrections;  ///< what says that this corrects or replaces something
};

/// Where a page was taken from the web, by the archive that holds it.
struct Capture {
  std::string archive;                   ///< name of the file, and of the member in it
  uint64_t offset = 0;                   ///< of the record in the archive, unpacked
  std::optional<std::string> record;     ///< its id
  std::optional<std::string> url;        ///< that was asked for
  std::optional<std::string> time;       ///< RFC 3339
  std::optional<std::string> digest;     ///< of the payload, else of the block: "sha1:…"
  std::optional<bool> digest_right;      ///< whether the bytes have it; nullopt: cannot be told
  std::optional<std::string> truncated;  ///< why the record is not whole
};

/// An address that a block links to.
struct Link {
  Span block;  ///< the block it stands in
  std::string url;
};

/// A picture of the article, and what its file says where that was at hand.
struct ArticlePicture {
  std::optional<uint32_t> block;  ///< its caption; nullopt: it has none
  std::vector<std::string> urls;  ///< where it may be had, as the page names it; no "data:" ones
  std::string name;               ///< of the file that was read: path, address, or "data:"
  std::optional<PictureFile> file;
};

/// One article. `text` is what was given; all offsets in the engine are bytes into it.
struct Article {
  std::string id;    ///< as given: a file's is its path
  std::string text;  ///< valid UTF-8
  std::optional<std::string> title;
  std::optional<std::string> url;
  std::optional<std::string> published;          ///< "2023-07-26" or RFC 3339; checked by ingest
  std::optional<std::string> modified;           ///< likewise; only formats that say it
  std::optional<std::string> outlet;             ///< name as given
  std::optional<std::string> declared_language;  ///< what a page says; the text is what counts
  std::vector<std::string> bylines;
  LanguageCode language;  ///< given by the caller or identified; und if neither
  bool language_given = false;
  std::vector<Block> blocks;
  std::vector<Link> links;
  std::vector<ArticlePicture> pictures;  ///< by block; those of formats that name them
  bool stub = false;                     ///< only the beginning; the rest is for subscribers
  AgencyInfo agency;
  std::optional<Capture> capture;  ///< of pages from web archives
};

std::string_view to_string(BlockKind kind);  ///< LEDGER.md's word: "headline"

}  // namespace avstand
