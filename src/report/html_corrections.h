// What readers say of an archived article instead of its reading, and the form to say more.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "report/archive_pages.h"
#include "store/correction.h"

namespace avstand::report {

/// An article as an archive has it.
struct ArchivedView {
  store::Listed listed;
  int64_t version = 1;                         ///< which of listed.versions the ledger is of
  std::vector<store::Correction> corrections;  ///< of its text, oldest first
  bool may_correct = false;                    ///< the server takes corrections
  const StoryView* story = nullptr;            ///< that it is told in with others
  std::string problem;                         ///< why the last one was not taken; mostly empty
};

/// Above the article: its story, versions, and what was corrected. Empty where there is none of it.
std::string archived_above(const PageContext& page, const ledger::Ledger& ledger,
                           const ArchivedView& view);
/// Below it: the form. Empty where no corrections are taken.
std::string archived_below(const PageContext& page, const ledger::Ledger& ledger,
                           const ArchivedView& view);

/// What the reading says of a statement: "KCNA > Reuters", its source's words, or a label.
/// `field` as the form has it: chain, source, quote, act, evidence, commitment, verification.
std::string reading_of(const ledger::Ledger& ledger, const ledger::Statement& statement,
                       std::string_view field);
/// From the first word of its content to the last.
Span extent_of(const ledger::Statement& statement);

/// The fields that can be corrected.
inline constexpr std::string_view kCorrectable[] = {
    "source", "chain", "act", "evidence", "commitment", "verification", "quote"};

}  // namespace avstand::report
