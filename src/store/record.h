// One reading of an article as an archive keeps it, and the rows that are made of its ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/analysis.h"

namespace avstand::store {

/// What is added. The rows follow from the ledger alone, so an archive can be rebuilt from ledgers.
struct Record {
  std::string ledger;    ///< JSON, schema avstand/ledger/1
  std::string lemmas;    ///< of the text, lower case, parted by spaces: what is searched
  std::string features;  ///< what stories are made of; opaque here, may be empty
};

/// The lemmas of a text as a Record has them: of all words but punctuation.
std::string search_lemmas(const Analysis& analysis);

struct StatementRow {
  std::string id, content, quote, act, evidence, commitment, verification;
  std::optional<std::string> source, cue, speaker, origin, chain, parent;
  int64_t distance = 0, begin = 0, end = 0;  ///< begin, end: code points of the content
  bool interested = false;
};

struct HopRow {
  std::string statement, name, link;
  std::optional<std::string> entity;
  int64_t place = 0;
};

struct EntityRow {
  std::string id, name, type, kind, control;
  std::optional<std::string> country, qid;
  int64_t mentions = 0;
};

struct PictureRow {
  std::optional<std::string> caption, credit, origin, chain, file, pdq;
  bool credited = false;
  std::optional<bool> handout;
  std::string verification;
};

struct FindingRow {
  std::string kind, message;
  std::optional<std::string> words, accepted;
};

struct Rows {
  std::string key;  ///< what the article is known by: its address, else its id
  std::string document, text, digest, language;
  std::optional<std::string> url, outlet, title, published, modified;
  int64_t statements = 0, independent_origins = 0, unverified = 0;  ///< statements: attributions
  std::vector<StatementRow> statement_rows;
  std::vector<HopRow> hops;
  std::vector<EntityRow> entities;
  std::vector<PictureRow> pictures;
  std::vector<FindingRow> findings;
};

/// Reads a ledger. Errors: it is none (wrong schema, wrong types, spans outside of the text), or
/// its digest is not that of its text.
Result<Rows> rows_of(std::string_view ledger);

/// "url:…" without fragment and tracking parameters, or "id:…".
std::string article_key(const std::optional<std::string>& url, std::string_view id);

}  // namespace avstand::store
