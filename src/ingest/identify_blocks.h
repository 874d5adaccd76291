// The languages of an article and of its blocks.
#pragma once

#include "document/article.h"
#include "text/identify.h"

namespace avstand::ingest {

/// Sets article.language (unless the caller gave one; "no" becomes nb or nn) and the language of
/// every block. A block is given another language than its article only where its own words are
/// clear about it.
void identify_languages(Article& article, const LanguageIdentifier& identifier);

}  // namespace avstand::ingest
