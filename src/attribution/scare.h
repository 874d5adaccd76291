// Scare quotes: a word or short phrase that the writer holds at arm's length.
#pragma once

#include <vector>

#include "attribution/attributions.h"
#include "attribution/phrases.h"
#include "attribution/quotation.h"

namespace avstand {

/// Short quoted phrases inside running text that are no whole utterance, no title and no name.
/// `inside` tells which attributions' contents or cues already make direct speech of the words.
std::vector<Attribution> find_scare_quotes(const FrameContext& context, const QuotationMap& quotes,
                                           const WordRange& sentence,
                                           const std::vector<Attribution>& attributions);

}  // namespace avstand
