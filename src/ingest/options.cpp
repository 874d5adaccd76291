#include "ingest/ingest.h"

namespace avstand::ingest {

void fill_gaps(Article& article, const Options& options) {
  if (!article.url) article.url = options.url;
  if (!article.outlet) article.outlet = options.outlet;
  if (!article.published) article.published = options.published;
  if (options.language.known()) article.language = options.language;
  article.language_given = article.language.known();
}

}  // namespace avstand::ingest
