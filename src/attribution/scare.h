// Scare quotes: a word or short phrase that the writer holds at arm's length.
#pragma once

#include <vector>

#include "attribution/attributions.h"
#include "attribution/phrases.h"
#include "attribution/quotation.h"

namespace avstand {

/// Short quoted phrases inside running text that are no title, no name, no word spoken of as a word
/// and nobody's speech. `attributions` are those found so far; scare quotes are not among them.
std::vector<Attribution> find_scare_quotes(const FrameContext& context, const QuotationMap& quotes,
                                           const WordRange& sentence,
                                           const std::vector<Attribution>& attributions);

}  // namespace avstand
