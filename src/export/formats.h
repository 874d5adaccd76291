// A ledger in the formats of other trades. docs/exports.md has each mapping field by field.
//
// One article is one line of JSON, a document of its format by itself; nothing is rated as true or
// false in any of them. Same ledger, same bytes. All are pure functions, safe on any thread; a
// ledger's spans must lie inside its text.
#pragma once

#include <map>
#include <string>

#include "ledger/ledger.h"

namespace avstand::exports {

/// W3C PROV-O as JSON-LD 1.1: who told it (agents), through whose hands (activities, entities).
std::string to_prov(const ledger::Ledger& ledger);

/// W3C Web Annotation: an AnnotationCollection with its only page inside. Offsets: code points.
std::string to_web_annotation(const ledger::Ledger& ledger);

/// schema.org: Claim and a ClaimReview to be filled in by a fact-checker for each statement that is
/// somebody's. It never has a reviewRating.
std::string to_claim_review(const ledger::Ledger& ledger);

/// IPTC ninjs 3.0: the article, its entities and sources, and each statement as an associated item.
std::string to_ninjs(const ledger::Ledger& ledger);

/// spaCy displaCy, `manual=True`: "ents" for style ent, "tokens" and "spans" for style span.
/// Offsets of "ents": code points; of "spans": tokens.
std::string to_displacy(const ledger::Ledger& ledger);

/// One row a statement (RFC 4180, CRLF); a cell that a spreadsheet would take for a formula begins
/// with an apostrophe.
std::string csv_header();
std::string to_csv(const ledger::Ledger& ledger);

/// Those of them that are one document an article, one a line, by the names that --to takes.
const std::map<std::string, std::string (*)(const ledger::Ledger&)>& line_formats();

}  // namespace avstand::exports
