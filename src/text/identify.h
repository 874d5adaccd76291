// Language identification per article and per block.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "text/language_code.h"

namespace avstand {

/// Identifies languages. Knows the supported ones from data/languages.tsv and is able to say that a
/// text is in another one; immutable and shared by all threads.
class LanguageIdentifier {
 public:
  static Result<LanguageIdentifier> load(const std::string& data_dir);
  LanguageIdentifier(LanguageIdentifier&&) noexcept;
  LanguageIdentifier& operator=(LanguageIdentifier&&) noexcept;
  ~LanguageIdentifier();

  /// The language of `text` and how sure it is (0..1). "und" where the text tells too little.
  /// `prior` is the language of the article around it, used to settle short and close cases.
  struct Guess {
    LanguageCode language;
    double confidence = 0;
  };
  Guess identify(std::string_view text, LanguageCode prior = {}) const;
  bool supported(LanguageCode code) const;

 private:
  LanguageIdentifier();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace avstand
