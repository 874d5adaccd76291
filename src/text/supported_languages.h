// The languages that can be read, as data/languages.tsv names them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "text/language_code.h"

namespace avstand {

/// Where the lexicons of one language lie: each in its own folder, else in that of its base.
struct LanguageFiles {
  std::string own, base;  ///< folders; `base` is empty where the language builds on none

  /// Whether the language itself has the file.
  bool has(std::string_view name) const;
  /// Path of the file; where neither folder has it, the one in which it is missed.
  std::string path(std::string_view name) const;
};

/// One row of data/languages.tsv.
struct SupportedLanguage {
  LanguageCode code;
  std::string name;   ///< its own name
  std::string model;  ///< file name in the model directory
  std::string base;   ///< code of the language whose lexicons it builds on; empty: none

  LanguageFiles files(const std::string& data_dir) const;
};

/// The supported languages, in the order of data/languages.tsv.
Result<std::vector<SupportedLanguage>> supported_languages(const std::string& data_dir);

}  // namespace avstand
