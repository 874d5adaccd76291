#include "reader/word_forms.h"

#include <algorithm>

#include "base/table.h"
#include "text/utf8.h"

namespace avstand {
namespace {

constexpr size_t kShortestStem = 2;  // bytes that an ending leaves: "bro" of "broene"

void add_form(std::vector<std::string>& all, std::string form) {
  if (!form.empty() && std::find(all.begin(), all.end(), form) == all.end())
    all.push_back(std::move(form));
}

std::string lemmas_of(const std::string& word, LanguageCode language, const Reader& reader,
                      Reader::Workspace& workspace) {
  Article article;
  article.text = word;
  article.language = language;
  article.language_given = true;
  const auto reading = reader.read(std::move(article), workspace, Stage::kParse);
  const Analysis& analysis = reading->analysis;
  std::string out;
  for (WordId w = 0; w < analysis.words.size(); ++w)
    out += (w == 0 ? "" : " ") + lower_case(analysis.lemma(w));
  return out;
}

}  // namespace

Result<WordForms> WordForms::load(const std::string& data_dir) {
  WordForms out;
  AVSTAND_TRY(languages, supported_languages(data_dir));
  for (const SupportedLanguage& language : languages) {
    AVSTAND_TRY(table, Table::load(language.files(data_dir).path("query_endings.tsv"),
                                   {"ending", "replacement"}));
    for (const TableRow& row : table.rows()) out.endings_.emplace_back(row.cells[0], row.cells[1]);
  }
  out.languages_ = std::move(languages);
  return out;
}

Result<std::vector<std::vector<std::string>>> WordForms::of(const std::vector<std::string>& words,
                                                            const Reader& reader,
                                                            Reader::Workspace& workspace) const {
  std::vector<std::vector<std::string>> out;
  for (const std::string& word : words) {
    if (first_invalid_utf8(word))
      return Error{.code = ErrorCode::kUsage, .message = "a word to search for is not UTF-8"};
    std::vector<std::string>& all = out.emplace_back(1, lower_case(word));
    for (const SupportedLanguage& language : languages_)
      add_form(all, lemmas_of(word, language.code, reader, workspace));
    const std::string given = all.front();
    for (const auto& [ending, replacement] : endings_)
      if (given.ends_with(ending) && given.size() >= ending.size() + kShortestStem)
        add_form(all, given.substr(0, given.size() - ending.size()) + replacement);
  }
  return out;
}

std::vector<std::string> search_words(std::string_view line) {
  std::vector<std::string> out;
  while (true) {
    const size_t begin = line.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return out;
    line.remove_prefix(begin);
    const bool phrase = line.front() == '"';
    if (phrase) line.remove_prefix(1);
    const size_t end = std::min(line.find_first_of(phrase ? "\"" : " \t\r\n\""), line.size());
    if (end > 0) out.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(phrase ? end + 1 : end, line.size()));
  }
}

}  // namespace avstand
