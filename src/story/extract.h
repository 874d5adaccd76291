// Article -> StoryArticle: the features that stories are made of. A pure function.
#pragma once

#include "document/analysis.h"
#include "ledger/ledger.h"
#include "story/article.h"
#include "story/lexicon.h"

namespace avstand::story {

/// `ledger` must be complete (with events) and `analysis` that of the same text. Cost: linear in
/// the article, but for look-ups inside a sentence.
StoryArticle extract(const Analysis& analysis, const ledger::Ledger& ledger,
                     const Lexicon& lexicon);

/// Minutes since 1970 (UTC) of a date or RFC 3339 time; 0 where it is none.
int64_t minute_of(std::string_view published);

}  // namespace avstand::story
