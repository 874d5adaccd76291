// From text to words and sentences, after the conventions of the UD treebanks.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "document/analysis.h"
#include "document/article.h"

namespace avstand {

/// Segmentation rules of all languages in data/languages.tsv: abbreviations, clitics, ordinals.
/// Immutable after load, shared by all threads.
class TextRules {
 public:
  static Result<TextRules> load(const std::string& data_dir);
  TextRules(TextRules&&) noexcept;
  TextRules& operator=(TextRules&&) noexcept;
  ~TextRules();

  struct Language;                                ///< rules of one language
  const Language* find(LanguageCode code) const;  ///< null: not supported

 private:
  TextRules();
  std::map<LanguageCode, std::unique_ptr<Language>> languages_;
};

/// Fills `analysis.text`, words, sentences, multiword and sentence_of from the article's blocks.
/// Words cover every byte that is not white space or ignorable (soft hyphen, BOM, zero width);
/// a sentence never crosses a block or a newline and has at most `max_words` words (longer ones are
/// cut). A block in an unsupported language is segmented with general rules and left with its code.
void segment(const Article& article, const TextRules& rules, Analysis& analysis,
             uint32_t max_words = 256);

}  // namespace avstand
