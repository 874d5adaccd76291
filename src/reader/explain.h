// Why a statement of a ledger was made: its reasons, and the tree and the model's judgement of the
// sentence with its cue. Text for a terminal.
#pragma once

#include <cstddef>
#include <string>

#include "reader/reader.h"

namespace avstand {

/// About ledger.statements[statement] of a reading that went as far as the ledger; `reader` parses
/// the article again, as the model's states are not kept. Columns are parted by tabs;
/// docs/layers.md, "Explanations", describes them.
std::string explain_statement(const Reader& reader, const Reading& reading, size_t statement);

}  // namespace avstand
