// What several formats say alike: identifiers, the words of spans, chains in words.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/json_writer.h"
#include "ledger/ledger.h"

namespace avstand::exports {

/// "urn:avstand:HEX" with the digest of the text: the same article, the same name everywhere, and
/// one that no address on the net can change the meaning of.
std::string article_iri(const ledger::Ledger& ledger);

/// The article's own address if it is an http(s) URL without a character that an IRI cannot hold;
/// else its article_iri().
std::string source_iri(const ledger::Ledger& ledger);

/// "urn:avstand:HEX/s3": `letter` as in the ledger's ids, `index` from 0.
std::string part_iri(const ledger::Ledger& ledger, char letter, size_t index);

/// "s3" for ('s', 2).
std::string local_id(char letter, size_t index);

/// Words of the spans, parts that stand apart joined by " … ".
std::string words(const ledger::Ledger& ledger, const std::vector<Span>& spans);

/// Name of a hop: its entity's, or what the ledger calls it.
std::string_view hop_name(const ledger::Ledger& ledger, const ledger::Hop& hop);

/// "KCNA > Reuters"; empty without a chain.
std::string chain_in_words(const ledger::Ledger& ledger, const std::vector<ledger::Hop>& chain);

/// Whether the statement is somebody's: not the outlet's own words.
bool is_attributed(const ledger::Statement& statement);

/// Whether the date has a time of day (RFC 3339), not a day alone.
bool has_time_of_day(std::string_view date);

/// Valid UTF-8 whatever came in (ids are paths): broken bytes become U+FFFD.
std::string valid_utf8(std::string_view text);

/// `key: value`, left out where there is none.
void field(ledger::JsonWriter& w, std::string_view key, std::string_view value);
void maybe_field(ledger::JsonWriter& w, std::string_view key,
                 const std::optional<std::string>& value);

}  // namespace avstand::exports
