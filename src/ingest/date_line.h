// The line over an article that says when it was published.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/string_map.h"

namespace avstand::ingest {

/// Words of such lines: month names (lower case, of all languages that data/lang has times of),
/// words that may stand beside a date ("publisert", "kl.", days of the week), and those that say
/// that the day is not the first one ("oppdatert").
struct DateWords {
  StringMap<int> months;
  StringSet beside, updated;

  /// Reads data/lang/*/times.tsv and the rows of kinds date and updated that `patterns` holds.
  Status load_months(const std::string& data_dir);
};

struct DateLine {
  std::string date;      ///< "2024-05-14"
  bool updated = false;  ///< of a later version
};

/// The day that a line tells, if it tells nothing else: "Publisert 14. mai 2024 kl. 06.12",
/// "Saturday 21 June 2025", "March 30, 2025", "03.09.2025", "2025-09-03". A day without its year is
/// none.
std::optional<DateLine> read_date_line(std::string_view line, const DateWords& words);

}  // namespace avstand::ingest
