// The languages that can be read, as data/languages.tsv names them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "text/language_code.h"

namespace avstand {

/// One row of data/languages.tsv.
struct SupportedLanguage {
  LanguageCode code;
  std::string name;   ///< its own name
  std::string model;  ///< file name in the model directory
  std::string base;   ///< code of the language whose lexicons it uses; empty: its own

  /// Code of the language whose folder under data/lang holds its lexicons.
  std::string folder() const { return base.empty() ? std::string(code.view()) : base; }
};

/// The supported languages, in the order of data/languages.tsv.
Result<std::vector<SupportedLanguage>> supported_languages(const std::string& data_dir);

}  // namespace avstand
