// UTF-8 as bytes: validation, decoding, and the normal form that words are compared in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace avstand {

/// Byte offset of the first sequence that is not UTF-8 (RFC 3629: no overlong forms, no surrogates,
/// nothing over U+10FFFF); nullopt where the text is valid.
std::optional<size_t> first_invalid_utf8(std::string_view text);

/// One code point of valid UTF-8 and its length in bytes.
struct CodePoint {
  char32_t value = 0;
  uint32_t size = 0;
};

/// The first code points of valid UTF-8 that fit into `bytes`.
std::string_view utf8_prefix(std::string_view text, size_t bytes);

/// Decodes at `pos`, which must be a code-point border of valid UTF-8 with pos < text.size().
CodePoint decode_utf8(std::string_view text, size_t pos);

/// Appends one code point.
void append_utf8(std::string& out, char32_t c);

/// Code points that stand in a text without being read: soft hyphen, zero-width characters, BOM,
/// bidi controls, variation selectors. A judgement never depends on them.
bool is_ignorable(char32_t c);

/// White space that does not end a line: space, tab, no-break space and the typographic spaces.
bool is_blank(char32_t c);

/// LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR.
bool is_line_break(char32_t c);

/// Whether a code point joins the one before it into one letter (combining marks, Hangul vowels).
bool is_combining(char32_t c);

/// NFC (Unicode Annex 15) without ignorables, blanks as U+0020. The form in which words are stored
/// and lexicons are matched. Input must be valid UTF-8. O(n); a run of more than 32 combining marks
/// is normalised in pieces (Annex 15, Stream-Safe Text Format), so hostile input stays linear.
std::string normalised(std::string_view text);

/// Simple case folding for lexicon look-ups: lower case, code point by code point.
std::string lower_case(std::string_view text);

/// Whether the text begins with an upper-case (or title-case) letter.
bool starts_upper(std::string_view text);

/// Whether a word is written in capitals: "Oslo" has one, "OSLO" and "ØSTRE" have more. The second
/// letter tells.
bool all_capitals(std::string_view word);

/// Appends the NFC of text[begin, end): a base character, its combining marks and ignorables.
void append_nfc(std::string& out, std::string_view cluster);

/// End of the cluster that begins at `pos`: the code point there, and combining marks after it
/// (at most 32), with the ignorables in front of such a mark.
size_t cluster_end(std::string_view text, size_t pos);

}  // namespace avstand
