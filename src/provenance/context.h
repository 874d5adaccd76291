// What the parts of this room share while they conclude about one article.
//
// Lives on the stack of conclude(); one thread. Parts run in the order of conclude.cpp, each fills
// fields of the drafts, of the ledger, or both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attribution/attributions.h"
#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"
#include "entity/resolve.h"
#include "event/events.h"
#include "ledger/ledger.h"
#include "provenance/rules.h"
#include "provenance/symbols.h"

namespace avstand::provenance {

using Ranges = std::vector<WordRange>;
inline constexpr uint32_t kNone = UINT32_MAX;

/// A statement under construction. Drafts of attributions come first, in the order of the layer
/// (draft i is attribution i); the outlet's own words follow.
struct Draft {
  const Attribution* attribution = nullptr;  ///< null: the outlet's own words
  uint32_t sentence = 0;                     ///< of the cue, else of the content's first word
  uint32_t block = 0;
  WordId anchor = 0;  ///< the cue's head, else the first word
  uint32_t parent = kNone;
  EntityId speaker = kNoEntity;  ///< whom the source words mean
  WordId source_head = kNoWord;
  bool anaphoric = false;   ///< the content only points at an earlier one
  bool by_outlet = false;   ///< the source is this outlet
  uint32_t number = kNone;  ///< place in the ledger, once numbered
  ledger::Statement out;

  EntityId origin() const {
    return out.chain.empty() || !out.chain.front().entity ? kNoEntity : *out.chain.front().entity;
  }
};

class Context {
 public:
  Context(const Article& article, const Analysis& analysis, const Tree& tree,
          const EntityLayer& entities, const AttributionLayer& attributions,
          const Knowledge& knowledge, const ProvenanceRules::Impl& rules, ledger::Ledger& ledger);

  const Article& article;
  const Analysis& analysis;
  const Tree& tree;
  const EntityLayer& entities;
  const AttributionLayer& attributions;
  const Knowledge& knowledge;
  const ProvenanceRules::Impl& rules;
  ledger::Ledger& ledger;
  const std::vector<std::string> hands;  ///< names in the metadata; the text's are added later
  WordSymbols symbols;
  std::vector<Draft> drafts;
  std::vector<std::vector<uint32_t>> drafts_of_sentence;  ///< attributions by `sentence`
  std::vector<WordRange> sentences_of_block;              ///< sentence indices [begin, end)
  std::vector<uint32_t> no_access;  ///< sentences that say that nobody independent was let in

  /// Matches of a marker in a range, which may run over sentences of several languages.
  std::vector<Match> find(Marker marker, WordRange range) const;
  bool has(Marker marker, WordRange range) const { return !find(marker, range).empty(); }
  /// Whether the marker has a match that ends with this word, beginning at most 4 words before it
  /// in its sentence: what a noun phrase's head is.
  bool is(Marker marker, WordId head) const;

  Span span(WordRange r) const { return analysis.span(r); }
  std::vector<Span> spans(const Ranges& ranges) const;
  std::string text(WordRange r) const;
  /// The word of the ranges that the others hang on; kNoWord if they are empty.
  WordId head_of(const Ranges& ranges) const;
  /// The largest mention inside one of the ranges.
  const Mention* principal(const Ranges& ranges) const;
  bool inside(const Ranges& ranges, WordRange r) const;
  /// Whether the entity is one of the layer (not none, not a group that this room has added).
  bool knows(EntityId id) const { return id < entities.entities.size(); }
  const Entity& entity(EntityId id) const { return entities.entities[id]; }
  bool is_medium(EntityId id) const { return symbols.is_medium(id); }
  /// What the ledger calls a hop: the entity's name, "unnamed" for persons and groups without one.
  std::string hop_name(EntityId id) const;
  /// The first entity of that name, in any case; kNoEntity: none.
  EntityId named(std::string_view name) const;
  /// Whether a name from the metadata is this outlet's.
  bool is_outlet(std::string_view name) const;
  /// Whether two entities speak for one side: the same, or one is the other's body or state.
  bool same_side(EntityId a, EntityId b) const;
  /// The body an entity belongs to by a stated office, else itself.
  EntityId body_of(EntityId id) const;
  LanguageCode language() const { return article.language; }

 private:
  EntityId find_outlet() const;
};

// The parts, in their order. Each is documented where it is defined.
void drop_remarks(const Context& c, AttributionLayer& layer);  // remarks.cpp; before any statement
void make_statements(Context& c);                              // statements.cpp
void make_own_words(Context& c);                               // statements.cpp
void build_chains(Context& c);                                 // chains.cpp
void announce_origins(Context& c);                             // announced.cpp
void add_agency_hops(Context& c);                              // agency_hops.cpp
void judge_evidence(Context& c);                               // evidence.cpp
void judge_pictures(Context& c);                               // pictures.cpp
void judge_picture_files(Context& c);                          // picture_files.cpp
void judge_verification(Context& c);                           // verification.cpp
void judge_answers(Context& c);                                // answers.cpp
void judge_interest(Context& c);                               // interest.cpp
void find_agency(Context& c);                                  // pictures.cpp
void find_findings(Context& c);                                // findings.cpp
void find_conflicts(Context& c);                               // conflicts.cpp
void number_statements(Context& c);                            // statements.cpp
void summarise(Context& c);                                    // summary.cpp
void make_events(Context& c, const EventLayer& layer);         // events.cpp

/// Raises the verification where the new label stands before the old one in README's order.
/// `by` may be kNoEntity. Adds the reason.
void raise(Context& c, Draft& d, std::string_view status, WordRange words, EntityId by,
           std::string_view rule);
void add_why(const Context& c, Draft& d, std::string_view rule, WordRange words);
/// Whether two hops are the same hand; somebody unnamed is so only by the same words.
bool is_same_hop(const ledger::Hop& a, const ledger::Hop& b);
bool contains_hop(const std::vector<ledger::Hop>& chain, const ledger::Hop& hop);
/// Adds a hand, a relay unless it is the first, where the chain does not have it yet.
void append_hop(std::vector<ledger::Hop>& chain, ledger::Hop hop);
/// The evidence class that a noun with the words before it stands for ("satellite images"); empty
/// if it is none. Defined in evidence.cpp.
std::string noun_evidence(const Context& c, WordId noun);
/// Words [begin, end) of the block's sentences; empty if it has none.
WordRange words_of_block(const Context& c, uint32_t block);
/// Lower-case stems of the content words (nouns, verbs, adjectives, numbers) in the ranges.
std::vector<std::string> content_stems(const Context& c, const Ranges& ranges);
/// How many stems both have (sorted lists).
size_t shared(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace avstand::provenance
