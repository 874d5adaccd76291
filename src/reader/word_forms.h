// The forms in which a word that somebody searches for may stand in an archive: as it is, as its
// lemma in each language, without its ending. "bekreftet" finds "bekrefter".
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "reader/reader.h"
#include "text/supported_languages.h"

namespace avstand {

/// Const after load; shared by all threads.
class WordForms {
 public:
  /// Reads data_dir/lang/<language>/query_endings.tsv of all languages.
  static Result<WordForms> load(const std::string& data_dir);

  /// For each word (quoted ones: a phrase) its forms, the given one first. Costs a parse of each
  /// word in each language: some milliseconds. Errors (kUsage): not UTF-8.
  Result<std::vector<std::vector<std::string>>> of(const std::vector<std::string>& words,
                                                   const Reader& reader,
                                                   Reader::Workspace& workspace) const;

 private:
  std::vector<SupportedLanguage> languages_;
  std::vector<std::pair<std::string, std::string>> endings_;  // ending -> replacement
};

/// A line as people type it into a search box: words, and phrases in quotation marks.
std::vector<std::string> search_words(std::string_view line);

}  // namespace avstand
