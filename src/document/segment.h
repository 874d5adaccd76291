// From text to words and sentences, after the conventions of the UD treebanks.
#pragma once

#include "document/analysis.h"
#include "document/article.h"
#include "text/text_rules.h"

namespace avstand {

/// Fills `analysis.text`, words, sentences, multiword and sentence_of from the article's blocks.
/// Words cover every byte that is not white space or ignorable (soft hyphen, BOM, zero width);
/// a sentence never crosses a block or a newline and has at most `max_words` words (longer ones are
/// cut). A block in an unsupported language is segmented with general rules and left with its code.
void segment(const Article& article, const TextRules& rules, Analysis& analysis,
             uint32_t max_words = 256);

}  // namespace avstand
