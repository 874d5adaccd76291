// Where the data files and models of this installation are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "text/language_code.h"
#include "text/supported_languages.h"

namespace avstand {

struct Directories {
  std::string data;    ///< holds languages.tsv
  std::string models;  ///< holds *.model
};

/// Takes each directory from the first place that holds it: `wish` (where not empty, and then only
/// there), the variables AVSTAND_DATA and AVSTAND_MODELS (likewise), ../share/avstand beside the
/// running program, the folder above the program (a build folder in the source tree), the
/// installation prefix, the source tree this was built from. Not found: kData, with the hint what
/// to set.
Result<Directories> locate(const Directories& wish = {});

/// The language a user means by `code`: a supported one, or "no" (Norwegian, nb or nn is
/// identified). Else kUsage with the list as hint.
Result<LanguageCode> language_option(std::string_view code,
                                     const std::vector<SupportedLanguage>& supported);

}  // namespace avstand
