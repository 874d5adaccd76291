// Inside of Patterns, shared by the files that find blocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/date_line.h"
#include "ingest/encoding.h"
#include "ingest/page_rules.h"
#include "ingest/patterns.h"
#include "text/line.h"
#include "text/text_rules.h"

namespace avstand::ingest {

/// All forms in lower case.
struct Patterns::Impl {
  std::vector<std::string> photo;
  std::vector<std::string> byline;
  std::vector<std::string> credit;
  StringSet byline_and;
  StringSet agency;
  StringSet list;
  DateWords dates;
  PageRules page;
  Encodings encodings;
};

/// Bytes of a byline, a credit, a dateline in NFC; and of text without runs of white space that can
/// become so short: NFC makes none shorter than a third (three jamo to one syllable).
inline constexpr size_t kShort = 120;
inline constexpr size_t kShortSource = 3 * kShort;

/// A block in the form in which its kind is decided.
struct BlockForm {
  std::string text;                     ///< normalised; only the first 2,048 bytes of a long block
  std::string lower;                    ///< the same in lower case
  std::vector<std::string_view> lines;  ///< of `text`, trimmed, at most 64
  bool whole = true;                    ///< nothing was left out
  bool stop = false;                    ///< ends like a sentence, closing quotes and brackets aside

  size_t size() const { return text.size(); }
};

/// Reads the form of a block's bytes.
BlockForm block_form(std::string_view bytes);

/// The words in capitals before the colon that begins a caption: "GREI AVSTAND: …".
std::optional<Span> find_kicker(std::string_view text, Span block);

bool is_photo_caption(const BlockForm& form, const Patterns::Impl& patterns);
bool is_credit(const BlockForm& form, const Patterns::Impl& patterns);
bool is_dateline(const BlockForm& form, const Patterns::Impl& patterns);
bool is_list(const BlockForm& form, const Patterns::Impl& patterns);
bool is_quotation(const BlockForm& form);
bool is_subheading(const BlockForm& form);
/// The names of a byline; empty: the block is none. An e-mail address alone gives one empty name.
std::vector<std::string> byline_names(const BlockForm& form, const Patterns::Impl& patterns);

}  // namespace avstand::ingest
