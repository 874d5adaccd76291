// What annotators made of a ledger, as a ledger again: gold.
//
// With the ledger that was exported, all that the annotators left alone stays as it was, to the
// byte; what they changed, added or removed is changed, added or removed, and carries the rule
// "annotator" as its reason. Without it the rest of the ledger is what the text alone gives.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "export/annotations.h"

namespace avstand::exports {

/// Parses one ledger of a line of JSON Lines and checks what gold needs of it: schema, spans inside
/// the text, digest. Errors without file and line.
Result<Json> parse_ledger(std::string_view line);

/// A ledger that knows nothing of `text` but its paragraphs.
Json bare_ledger(const std::string& id, const std::string& text);

/// The ledger of a settled set over `base` (from parse_ledger or bare_ledger), whose text must be
/// the set's. Errors carry the line in the annotations.
Result<Json> to_gold(const AnnotationSet& set, const Json& base);

/// A ledger in JSON on one line, in the bytes of ledger::to_json.
std::string ledger_line(const Json& ledger);

/// The same as an answer file of the acceptance form: statements with exact words, chains of names,
/// pictures, findings, entities, events; docs/exports.md has its fields. One line.
std::string to_acceptance(const Json& ledger);

}  // namespace avstand::exports
