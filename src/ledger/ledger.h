// The result type: what Avstand says about one article (schema avstand/ledger/1, LEDGER.md).
//
// A plain value that nothing computes in. Spans are bytes into `text`; the JSON writer turns them
// into code points. Ids are positions: statement i is "s{i+1}", entity i "e{i+1}".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/article.h"
#include "text/span.h"

namespace avstand::ledger {

inline constexpr std::string_view kSchema = "avstand/ledger/1";

struct Engine {
  std::string version;
  std::map<std::string, std::string> models;  ///< language -> "sha256:…"
  std::string data;                           ///< "sha256:…" over the data files
};

struct Role {
  std::string title;
  std::optional<uint32_t> of;  ///< entity
  std::optional<std::string> from, to;
  bool stated = true;
  std::optional<std::string> tenure;   ///< if !stated: held, former, unknown on the article's day
  std::optional<std::string> checked;  ///< if `to` is open: the last day on which that is known
};

struct Mention {
  Span span;
  std::string form;
};

struct Profile {
  std::string kind = "unknown";
  std::optional<std::string> country;
  std::string control = "unknown";
  std::optional<std::string> basis;
  std::optional<std::string> owner;  ///< in words
  std::string funding = "unknown", ownership = "unknown", editorial = "unknown";
};

struct Entity {
  std::string type;
  std::string name;
  std::optional<std::string> qid;
  std::vector<Role> roles;
  Profile profile;
  std::vector<Mention> mentions;
};

/// One hand in a chain: the origin or a relay. `name` is "unnamed" where the text gives none.
struct Hop {
  std::optional<uint32_t> entity;
  std::string name = "unnamed";
  bool relay = false;  ///< JSON `link`: "origin" or "relay"
  bool explicit_ = false;
  std::optional<Span> span;
};

struct Verification {
  std::string status = "none";
  std::optional<uint32_t> by;  ///< entity
  std::optional<Span> span;
};

struct Why {
  std::string rule;
  Span span;
};

struct Statement {
  std::vector<Span> content, cue, source;
  std::string quote = "own";
  std::string act = "say";
  std::optional<uint32_t> speaker;
  std::vector<Hop> chain;
  uint32_t distance = 0;
  std::string evidence = "unstated";
  std::string commitment = "neutral";
  Verification verification;
  bool interested = false;
  std::optional<uint32_t> parent;  ///< statement
  std::vector<Why> why;
  double confidence = 1;  ///< two decimals
};

struct Picture {
  std::optional<uint32_t> block;  ///< its caption; null in JSON where it has none
  std::optional<Hop> origin;      ///< null in JSON where nobody is named, by text or file
  std::vector<Hop> chain;
  std::optional<Span> credit;
  bool credited = false;  ///< by the text
  std::optional<bool> handout;
  Verification verification;
  std::string file_name;            ///< address or path of its file; empty: none is known
  std::optional<PictureFile> file;  ///< what the file says; nullopt: it was not at hand
  std::vector<Why> why;
};

/// When an event is said to be: the words, and ISO 8601 / EDTF where it can be told.
struct EventTime {
  Span span;  ///< JSON `text`: its words
  std::optional<std::string> value;
};

struct Event {
  Span span;
  std::string predicate;            ///< lemma
  std::optional<std::string> type;  ///< PLOVER
  std::vector<uint32_t> actors, targets;
  std::optional<uint32_t> place;  ///< entity
  std::optional<EventTime> time;
  std::string status = "happened";
  std::optional<uint32_t> statement;  ///< the innermost one that holds it
};

struct Finding {
  std::string kind;
  std::string message;
  std::vector<Span> spans;
  std::string rule;
  std::optional<std::string> accepted;  ///< an editor's reason to let it stand
};

/// LEDGER.md `findings[].kind`.
inline constexpr std::string_view kFindingKinds[] = {
    "role_conflict",   "name_conflict", "number_conflict",   "date_conflict", "missing_credit",
    "credit_conflict", "single_origin", "interested_origin", "no_access",     "unverified_picture",
    "anonymous_only",  "circular",      "loaded_term"};

/// Whether there is a finding of that kind.
constexpr bool is_finding_kind(std::string_view kind) {
  for (const std::string_view known : kFindingKinds)
    if (known == kind) return true;
  return false;
}

struct Summary {
  uint32_t statements = 0;  ///< attributions only
  uint32_t own = 0;
  std::vector<std::pair<std::optional<uint32_t>, uint32_t>>
      by_origin;  ///< entity (null: unnamed), statements
  uint32_t independent_origins = 0;
  uint32_t unverified = 0;
  std::map<uint32_t, uint32_t> words_by_distance;
};

struct Ledger {
  Engine engine;
  Article document;    ///< id, text, blocks and metadata as read
  std::string digest;  ///< sha256 of the text
  std::optional<uint32_t> outlet_entity;
  std::vector<Span> sentences;
  std::vector<Entity> entities;
  std::vector<Statement> statements;
  std::vector<Picture> pictures;
  std::optional<std::vector<Event>> events;  ///< null in JSON where not computed
  std::vector<Finding> findings;
  Summary summary;
};

/// The ledger as JSON, one line without a newline at the end. Same ledger, same bytes.
std::string to_json(const Ledger& ledger);
/// The same, indented for people.
std::string to_pretty_json(const Ledger& ledger);
/// A ledger from what either of them wrote: to_json(from_json(x)) is x. Errors (kInput): no ledger,
/// or one whose spans and ids lead outside of it.
Result<Ledger> from_json(std::string_view json);

}  // namespace avstand::ledger
