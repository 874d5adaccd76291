// The words of the reports, per language, as data: data/report/<language>.tsv, and the style sheet
// data/report/report.css with that of drawings, graph.css. A new language is one file; no report
// code knows a word.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "text/language_code.h"

namespace avstand::report {

/// Interface strings of all languages and the style sheet. Immutable after load, shared by all
/// threads.
class ReportStrings {
 public:
  /// Reads data_dir/languages.tsv, report/<code>.tsv of each language (or of its base, where it has
  /// none) and report/*.css. A key that one language has and another lacks is a kData error.
  static Result<ReportStrings> load(const std::string& data_dir);

  /// `wanted` if we have it, else English, else the first language we have.
  LanguageCode pick(LanguageCode wanted) const;
  /// The string, or null where there is no such key. `language` as pick() gave it.
  const std::string* find(LanguageCode language, std::string_view key) const;
  /// All keys, sorted. The same in every language.
  std::vector<std::string> keys() const;
  const std::vector<LanguageCode>& languages() const { return languages_; }
  const std::string& css() const { return css_; }

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  static Result<Texts> load_texts(const std::string& path);
  Status check_keys() const;

  std::vector<LanguageCode> languages_;
  std::map<LanguageCode, Texts> texts_;
  std::string css_;
};

/// The strings in one language, with the few forms of speech that reports need.
class Phrases {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Phrases(const ReportStrings& strings, LanguageCode wanted)
      : strings_(strings), language_(strings.pick(wanted)) {}

  LanguageCode language() const { return language_; }
  const ReportStrings& strings() const { return strings_; }
  /// The string; the key itself where there is none.
  std::string_view operator()(std::string_view key) const {
    const std::string* text = strings_.find(language_, key);
    return text != nullptr ? *text : key;
  }
  /// The word for a ledger label: label("evidence", "satellite"). A label newer than the data is
  /// shown as it is rather than lost.
  std::string_view label(std::string_view kind, std::string_view value) const;
  /// The string with every {name} replaced by its value.
  std::string fill(std::string_view key, Values values) const;
  /// "1 statement", "3 statements": key.one or key.other with {n}.
  std::string count(std::string_view key, uint64_t n) const;
  /// "Own words", "One hand away", … "7 hands away".
  std::string distance(uint32_t hands) const;
  /// A month, date or RFC 3339 time as people write it, in the zone it was given in: "2026-05-04"
  /// is "4. mai 2026". What is none of these is given as it is.
  std::string when(std::string_view time) const;
  /// The name of a language, or that it was not determined.
  std::string_view language_name(LanguageCode code) const;

 private:
  const ReportStrings& strings_;
  LanguageCode language_;
};

}  // namespace avstand::report
