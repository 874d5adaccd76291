// What a reader says instead of what the engine read: an annotation of a stretch of text, which no
// reading changes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace avstand::store {

/// Keyed by the digest of the text and the words in it, so it is about the text, whatever engine
/// reads it again and whichever article has it. Never changed; a later one of the same words and
/// field stands before it.
struct Correction {
  std::string digest;          ///< "sha256:…" of the text
  int64_t begin = 0, end = 0;  ///< code points of the text
  std::string what;            ///< "source", "chain" or "label"
  std::string field;  ///< for a label: quote, act, evidence, commitment, verification; else ""
  std::string value;  ///< a name; names parted by " > ", the origin first; a word of the ledger
  std::string was;    ///< what the reading said that its author saw; may be empty
  std::string note;   ///< why, in the author's words; may be empty
  std::string author;
  std::string time;  ///< RFC 3339, UTC, whole seconds

  friend bool operator==(const Correction&, const Correction&) = default;
};

/// Whether it is whole: kinds and lengths of its fields, UTF-8 without controls, a time. What a
/// label may be is not looked at. Errors (kInput) name the field.
Status check(const Correction& correction);

/// From a JSON object as to_json gives it. Errors (kInput): a field is of another kind, or
/// there is no span. What is missing is "": check() says so.
Result<Correction> correction_from_json(std::string_view json);

}  // namespace avstand::store
