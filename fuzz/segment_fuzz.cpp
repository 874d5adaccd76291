// Segmentation of any article text in any language: words and sentences cover it in order.
#include "checks.h"
#include "document/segment.h"
#include "ingest/ingest.h"
#include "ingest/patterns.h"

using namespace avstand;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto patterns = ingest::Patterns::load(AVSTAND_SOURCE_DIR "/data");
  static const auto rules = TextRules::load(AVSTAND_SOURCE_DIR "/data");
  fuzz::require(patterns.has_value() && rules.has_value(), "the data files are there");
  if (size == 0) return 0;
  constexpr const char* kLanguages[] = {"nb", "nn", "en", "und"};
  const LanguageCode language(kLanguages[data[0] % 4]);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);

  auto article = ingest::read_plain_text(bytes, "input", {.language = language}, *patterns);
  if (!article) return 0;
  for (Block& block : article->blocks) block.language = language;
  Analysis analysis;
  segment(*article, *rules, analysis, 40);
  fuzz::check_words(*article, analysis);
  for (const SentenceInfo& s : analysis.sentences)
    fuzz::require(s.words.size() <= 40, "a long sentence is cut");
  return 0;
}
