// What both reports show of a ledger, worked out once: names for people, excerpts, numbers, routes.
// Nothing here judges; it selects and words what the ledger says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "report/strings.h"

namespace avstand::report {

/// Statements with one and the same way from the origin to the outlet.
struct Route {
  std::vector<ledger::Hop> chain;
  uint32_t statements = 0;
};

/// Statements that go back to one origin, and the routes they took.
struct OriginView {
  std::optional<uint32_t> entity;  ///< null: unnamed
  uint32_t statements = 0;
  uint32_t words = 0;              ///< that go back to it (report/shares.h)
  uint32_t percent = 0;            ///< of all words; with own words all give 100
  std::vector<Route> routes = {};  ///< most used first
};

struct DistanceView {
  uint32_t distance = 0;
  uint32_t words = 0;
  uint32_t percent = 0;  ///< of all words, rounded; all rows together give 100
};

/// The title, else the headline block, else the first block, else what stands for no title.
std::string title_of(const Article& article, const Phrases& say);

/// A ledger with the phrases of a language: `ui`, or its own. Holds references: both must outlive
/// it.
class LedgerView {
 public:
  LedgerView(const ledger::Ledger& ledger, const ReportStrings& strings, LanguageCode ui = {});

  const ledger::Ledger& ledger() const { return ledger_; }
  const Phrases& say() const { return say_; }

  std::string title() const { return title_of(ledger_.document, say_); }
  std::string outlet() const;
  /// Number of an attribution among attributions, from 1; 0 for the outlet's own words.
  uint32_t number(size_t statement) const { return numbers_[statement]; }
  std::string name(const ledger::Hop& hop) const;
  std::string name(std::optional<uint32_t> entity) const;
  /// "news agency, state-controlled, XV"; empty where nothing is known.
  std::string profile(std::optional<uint32_t> entity) const;
  /// Who speaks for the origin, where that is somebody else than the origin and the relays.
  std::optional<std::string> speaker(const ledger::Statement& statement) const;
  /// The words, white space as single spaces, parts joined by " … ".
  std::string excerpt(const std::vector<Span>& spans) const;
  /// The labels of a statement that say more than the ordinary, in reading order.
  std::vector<std::string> facts(const ledger::Statement& statement) const;

  /// Most words first.
  const std::vector<OriginView>& origins() const { return origins_; }
  const std::vector<DistanceView>& distances() const { return distances_; }

 private:
  void count_origins();
  void count_words();
  void count_distances();

  const ledger::Ledger& ledger_;
  Phrases say_;
  std::vector<uint32_t> numbers_;
  std::vector<OriginView> origins_;
  std::vector<DistanceView> distances_;
};

/// Whether the statement is somebody else's (not the outlet's own words).
inline bool is_attribution(const ledger::Statement& s) { return s.quote != "own"; }
/// Whether the hop has no name in the text.
inline bool is_unnamed(const ledger::Hop& hop) { return !hop.entity && hop.name == "unnamed"; }
/// A scare quote that is laid in nobody's mouth: words without a way.
bool is_bare_scare(const ledger::Statement& statement);
/// A letter for each finding: A … Z, AA, AB …
std::string finding_letter(size_t index);

}  // namespace avstand::report
