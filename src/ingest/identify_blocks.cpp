#include "ingest/identify_blocks.h"

namespace avstand::ingest {
namespace {

constexpr std::string_view kNorwegian = "no";

/// Norwegian without a written standard named: the one that the text speaks for.
LanguageCode written_standard(const Article& article, const LanguageIdentifier& identifier) {
  const LanguageCode bokmaal("nb");
  const LanguageCode nynorsk("nn");
  const LanguageCode guess = identifier.identify(article.text, bokmaal).language;
  return guess == nynorsk ? nynorsk : bokmaal;
}

}  // namespace

void identify_languages(Article& article, const LanguageIdentifier& identifier) {
  if (article.language.view() == kNorwegian) {
    article.language = written_standard(article, identifier);
  } else if (!article.language_given) {
    article.language = identifier.identify(article.text).language;
  }
  for (Block& block : article.blocks)
    block.language = identifier.identify(block.span.in(article.text), article.language).language;
}

}  // namespace avstand::ingest
