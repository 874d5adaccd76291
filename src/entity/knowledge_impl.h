// What Knowledge holds; seen by the entity room only.
#pragma once

#include <map>

#include "entity/gazetteer.h"
#include "entity/lexicon.h"
#include "entity/office_holders.h"
#include "entity/resolve.h"
#include "text/language_code.h"

namespace avstand {

struct Knowledge::Impl {
  entity::Gazetteer gazetteer;
  entity::Transliteration letters;
  entity::OfficeHolders office_holders;
  std::map<LanguageCode, entity::LanguageLexicon> lexicons;

  /// The lexicon of a language, or null.
  const entity::LanguageLexicon* lexicon(LanguageCode code) const {
    const auto it = lexicons.find(code);
    return it == lexicons.end() ? nullptr : &it->second;
  }
};

}  // namespace avstand
