// A ledger on a terminal, for a person who has one minute: what to notice first, then whom the
// words rest on, then statement by statement.
#pragma once

#include <string>

#include "ledger/ledger.h"
#include "report/strings.h"

namespace avstand::report {

struct TerminalOptions {
  bool colour = false;  ///< ANSI colours; they only support what the words and shapes say
  unsigned width = 80;  ///< columns; under 40 counts as 40, over 100 as 100
};

/// The report in the article's language, ending in a newline. Hidden controls of the article are
/// spelled out (terminal_text.h), so that no text can act on the terminal.
std::string terminal_report(const ledger::Ledger& ledger, const ReportStrings& strings,
                            const TerminalOptions& options = {});

}  // namespace avstand::report
