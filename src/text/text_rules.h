// What data/lang/<code>/ says about words and sentences of one language (document/segment.h uses
// it).
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "text/language_code.h"
#include "text/sentence_ends.h"

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

/// How an abbreviation stands to the end of a sentence.
enum class Abbreviation : uint8_t {
  kNone,
  kInner,   ///< something always follows: titles, "f.eks."
  kAny,     ///< may be the last word: "etc."
  kNumber,  ///< only before a number: "nr. 3"
};

struct TextRules::Language {
  bool split_hyphens = false;    ///< "long-term" is three words
  bool split_ranges = false;     ///< "25-30" is three words
  bool split_units = false;      ///< "10am" is two words
  bool digit_slashes = false;    ///< "11/28/2000" is one word
  bool ordinals = false;         ///< "13." before a lower-case word is one word
  bool dash_joins = false;       ///< "2001–2002" is one word
  bool emoticons = false;        ///< ":-)" is one word
  std::string possessive_after;  ///< letters behind which an apostrophe is a possessive, or empty
  std::string grouped;           ///< ASCII marks that make one word when repeated
  StringMap<Abbreviation> abbreviations;  ///< with their full stops
  StringSet whole;       ///< lower case; words in spite of the marks in them: "km/t"
  StringSet prefixes;    ///< lower case; with the hyphen after them part of the word
  StringSet units;       ///< lower case; may part from digits before them
  StringSet open_words;  ///< lower case; no sentence ends with one unless a mark follows: "på"
  StringMap<std::vector<uint8_t>>
      clitic_words;                          ///< lower case -> sizes in code points: "cannot" 3 3
  std::vector<std::string> clitic_suffixes;  ///< lower case, straight apostrophe: "n't"
  SentenceEnds ends;

  Abbreviation abbreviation(std::string_view form_with_stop) const;
};

/// Loads data/lang/<code>; files that are absent there are read from `base`.
Result<std::unique_ptr<TextRules::Language>> load_text_rules(const std::string& data_dir,
                                                             const std::string& code,
                                                             const std::string& base);

}  // namespace avstand
