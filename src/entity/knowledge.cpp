#include <algorithm>

#include "base/table.h"
#include "entity/knowledge_impl.h"
#include "text/supported_languages.h"
#include "text/utf8.h"

namespace avstand {
namespace {

using entity::Gazetteer;
using entity::LanguageLexicon;

/// Adjectives and demonyms stand with the countries' names but belong to the nouns of a language.
Status add_national_words(const std::string& path, LanguageLexicon& lexicon) {
  AVSTAND_TRY(table, Table::load(path, {"iso", "names", "adjectives", "demonyms"}));
  for (const TableRow& row : table.rows()) {
    for (const std::string_view word : split(row.cells[2], '|'))
      lexicon.adjectives.emplace(lower_case(word), row.cells[0]);
    for (const std::string_view word : split(row.cells[3], '|'))
      lexicon.demonyms.emplace(lower_case(word), row.cells[0]);
  }
  return Unit{};
}

}  // namespace

Knowledge::Knowledge() : impl_(std::make_unique<Impl>()) {}
Knowledge::Knowledge(Knowledge&&) noexcept = default;
Knowledge& Knowledge::operator=(Knowledge&&) noexcept = default;
Knowledge::~Knowledge() = default;

Result<Knowledge> Knowledge::load(const std::string& data_dir) {
  Knowledge k;
  AVSTAND_TRY(languages, supported_languages(data_dir));
  // The gazetteer takes the first of two meanings of a name: its order is that of the codes.
  std::sort(languages.begin(), languages.end(),
            [](const auto& a, const auto& b) { return a.code < b.code; });
  for (const SupportedLanguage& language : languages) {
    const LanguageFiles files = language.files(data_dir);
    AVSTAND_TRY(lexicon, LanguageLexicon::load(files));
    AVSTAND_CHECK(add_national_words(files.path("countries.tsv"), lexicon));
    k.impl_->lexicons.emplace(language.code, std::move(lexicon));
  }
  AVSTAND_TRY(gazetteer, Gazetteer::load(data_dir, languages));
  k.impl_->gazetteer = std::move(gazetteer);
  const std::string folder = data_dir + "/knowledge";
  AVSTAND_TRY(letters, entity::Transliteration::load(folder + "/transliteration.tsv"));
  k.impl_->letters = std::move(letters);
  AVSTAND_TRY(holders, entity::OfficeHolders::load(folder, k.impl_->letters));
  k.impl_->office_holders = std::move(holders);
  return k;
}

Profile Knowledge::profile_of_name(std::string_view name) const {
  const entity::KnownName* known = impl_->gazetteer.find(name);
  return known ? known->profile : Profile{};
}

bool Knowledge::is_medium(std::string_view name) const {
  const entity::KnownName* known = impl_->gazetteer.find(name);
  return known && known->sort == entity::KnownSort::kMedium;
}

bool Knowledge::is_media_noun(LanguageCode language, std::string_view lemma) const {
  const LanguageLexicon* lexicon = impl_->lexicon(language);
  return lexicon && lexicon->media.find(lower_case(lemma)) != nullptr;
}

bool Knowledge::is_collective_medium(LanguageCode language, std::string_view lemma) const {
  const LanguageLexicon* lexicon = impl_->lexicon(language);
  const entity::MediaNoun* noun = lexicon ? lexicon->media.find(lower_case(lemma)) : nullptr;
  return noun != nullptr && noun->collective;
}

}  // namespace avstand
