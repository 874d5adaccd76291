#include "text/text_rules.h"

#include <filesystem>

#include "base/table.h"
#include "text/supported_languages.h"
#include "text/utf8.h"

namespace avstand {
namespace {

using Language = TextRules::Language;

Status set_flag(Language& language, const Table& table, const TableRow& row) {
  const std::string& name = row.cells[1];
  if (name == "split_hyphens") {
    language.split_hyphens = true;
  } else if (name == "split_ranges") {
    language.split_ranges = true;
  } else if (name == "split_units") {
    language.split_units = true;
  } else if (name == "digit_slashes") {
    language.digit_slashes = true;
  } else if (name == "ordinals") {
    language.ordinals = true;
  } else if (name == "dash_joins") {
    language.dash_joins = true;
  } else if (name == "emoticons") {
    language.emoticons = true;
  } else {
    return table.error(row, "unknown setting '" + name + "'");
  }
  return Unit{};
}

Status load_tokens(Language& language, const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"kind", "form"}));
  for (const TableRow& row : table.rows()) {
    const std::string& kind = row.cells[0];
    const std::string& form = row.cells[1];
    if (form.empty()) return table.error(row, "no form");
    if (kind == "setting") {
      AVSTAND_CHECK(set_flag(language, table, row));
    } else if (kind == "grouped") {
      language.grouped += form[0];
    } else if (kind == "whole") {
      language.whole.insert(form);
    } else if (kind == "prefix") {
      language.prefixes.insert(form);
    } else if (kind == "unit") {
      language.units.insert(form);
    } else if (kind == "open") {
      language.open_words.insert(form);
    } else if (kind == "possessive_after") {
      language.possessive_after = form;
    } else {
      return table.error(row, "unknown kind '" + kind + "'");
    }
  }
  return Unit{};
}

Status load_abbreviations(Language& language, const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"form", "kind"}));
  for (const TableRow& row : table.rows()) {
    const std::string& form = row.cells[0];
    const std::string& name = row.cells[1];
    const Abbreviation kind = name == "inner"    ? Abbreviation::kInner
                              : name == "any"    ? Abbreviation::kAny
                              : name == "number" ? Abbreviation::kNumber
                                                 : Abbreviation::kNone;
    if (kind == Abbreviation::kNone) return table.error(row, "unknown kind '" + name + "'");
    if (!form.ends_with('.')) return table.error(row, "an abbreviation ends with a full stop");
    language.abbreviations.insert_or_assign(form, kind);
  }
  return Unit{};
}

Status load_clitics(Language& language, const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"kind", "parts"}));
  for (const TableRow& row : table.rows()) {
    const std::string& parts = row.cells[1];
    if (row.cells[0] == "suffix") {
      language.clitic_suffixes.push_back(parts);
    } else if (row.cells[0] == "word") {
      std::string whole;
      std::vector<uint8_t> sizes;
      for (const std::string_view piece : split(parts, ' ')) {
        whole += piece;
        sizes.push_back(static_cast<uint8_t>(piece.size()));
      }
      if (sizes.size() < 2) return table.error(row, "a word needs two parts or more");
      language.clitic_words.insert_or_assign(whole, sizes);
    } else {
      return table.error(row, "unknown kind '" + row.cells[0] + "'");
    }
  }
  return Unit{};
}

/// The file of the language, else that of its base, else nothing.
std::string find_file(const std::string& data_dir, const std::string& code, const std::string& base,
                      const char* name) {
  for (const std::string& folder : {code, base}) {
    std::string path = data_dir + "/lang/" + folder + "/" + name;
    if (!folder.empty() && std::filesystem::is_regular_file(path)) return path;
  }
  return {};
}

}  // namespace

Abbreviation TextRules::Language::abbreviation(std::string_view form) const {
  if (const auto it = abbreviations.find(form); it != abbreviations.end()) return it->second;
  if (!starts_upper(form)) return Abbreviation::kNone;
  // At the beginning of a sentence, or in a heading set in capitals.
  const auto it = abbreviations.find(lower_case(form));
  return it == abbreviations.end() ? Abbreviation::kNone : it->second;
}

Result<std::unique_ptr<TextRules::Language>> load_text_rules(const std::string& data_dir,
                                                             const std::string& code,
                                                             const std::string& base) {
  auto language = std::make_unique<Language>();
  using Loader = Status (*)(Language&, const std::string&);
  constexpr std::pair<const char*, Loader> kFiles[] = {{"tokens.tsv", load_tokens},
                                                       {"abbreviations.tsv", load_abbreviations},
                                                       {"clitics.tsv", load_clitics}};
  for (const auto& [name, load] : kFiles)
    if (const std::string path = find_file(data_dir, code, base, name); !path.empty())
      AVSTAND_CHECK(load(*language, path));
  const std::string ends =
      find_file(data_dir, code, base.empty() ? "und" : base, "sentence_ends.tsv");
  if (!ends.empty()) {
    AVSTAND_TRY(weights, SentenceEnds::load(ends));
    language->ends = std::move(weights);
  }
  return language;
}

TextRules::TextRules() = default;
TextRules::TextRules(TextRules&&) noexcept = default;
TextRules& TextRules::operator=(TextRules&&) noexcept = default;
TextRules::~TextRules() = default;

Result<TextRules> TextRules::load(const std::string& data_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  TextRules rules;
  for (const SupportedLanguage& supported : languages) {
    AVSTAND_TRY(language,
                load_text_rules(data_dir, std::string(supported.code.view()), supported.base));
    rules.languages_.insert_or_assign(supported.code, std::move(language));
  }
  AVSTAND_TRY(general, load_text_rules(data_dir, "und", ""));
  rules.languages_.insert_or_assign(LanguageCode(), std::move(general));
  return rules;
}

const TextRules::Language* TextRules::find(LanguageCode code) const {
  const auto it = languages_.find(code);
  return it == languages_.end() ? nullptr : it->second.get();
}

}  // namespace avstand
