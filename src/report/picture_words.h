// What a picture's file says of itself, in a line for readers.
#pragma once

#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "report/strings.h"

namespace avstand::report {

/// A term and what stands behind it ("The picture file says", "Kari Bø / NTB, 2026-05-04").
struct PictureFact {
  std::string term, value;
};

/// Whom the file names, when it was made and how; its content credentials and the programs that
/// they list, the last first. Nothing where the file was not at hand or says nothing.
std::vector<PictureFact> picture_facts(const ledger::Picture& picture, const Phrases& say);

}  // namespace avstand::report
