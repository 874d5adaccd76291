#include <gtest/gtest.h>

#include "entity/knowledge_impl.h"

namespace avstand {
namespace {

const Knowledge& knowledge() {
  static const Knowledge k = [] {
    auto loaded = Knowledge::load(AVSTAND_SOURCE_DIR "/data");
    if (!loaded) throw std::runtime_error(loaded.error().to_string());
    return std::move(*loaded);
  }();
  return k;
}

TEST(Knowledge, KnowsMediaByNameAndAlias) {
  EXPECT_EQ(knowledge().profile_of_name("Reuters").kind, ProfileKind::kNewsAgency);
  EXPECT_EQ(knowledge().profile_of_name("Agence France-Presse").country, "FR");
  EXPECT_EQ(knowledge().profile_of_name("NTB").country, "NO");
  EXPECT_EQ(knowledge().profile_of_name("TASS").kind, ProfileKind::kStateMedia);
  EXPECT_EQ(knowledge().profile_of_name("TASS").control, Control::kState);
  EXPECT_EQ(knowledge().profile_of_name("NRK").control, Control::kPublicService);
  EXPECT_FALSE(knowledge().profile_of_name("NRK").basis.empty());
  EXPECT_TRUE(knowledge().is_medium("The Guardian"));
  EXPECT_FALSE(knowledge().is_medium("Norway"));
  EXPECT_FALSE(knowledge().is_medium("Nobody Has Heard Of It"));
  EXPECT_EQ(knowledge().profile_of_name("Nobody Has Heard Of It").kind, ProfileKind::kUnknown);
}

TEST(Knowledge, VariantsOfANameAreOneMediumWithOneProfile) {
  const auto& g = knowledge().impl().gazetteer;
  EXPECT_EQ(g.find("ITAR-TASS"), g.find("ТАСС"));
  EXPECT_EQ(g.find("Nye Kina"), g.find("Xinhua"));
  const Profile agency = knowledge().profile_of_name("Tass");
  EXPECT_EQ(agency.owner, "the Russian state");
  EXPECT_EQ(agency.parts.editorial, Control::kState);
  const Profile captured = knowledge().profile_of_name("888.hu");
  EXPECT_EQ(captured.parts.ownership, Control::kPrivate);
  EXPECT_EQ(captured.parts.editorial, Control::kState);
}

TEST(Knowledge, ShortNamesKeepTheirCapitals) {
  EXPECT_TRUE(knowledge().is_medium("AP"));
  EXPECT_FALSE(knowledge().is_medium("ap"));
  EXPECT_EQ(knowledge().profile_of_name("is").kind, ProfileKind::kUnknown);
}

TEST(Knowledge, CountriesInAllLanguagesAreOne) {
  const auto& g = knowledge().impl().gazetteer;
  EXPECT_EQ(g.find("Tyskland", "nb"), g.find("Germany", "en"));
  EXPECT_EQ(g.find("Noreg", "nn"), g.country("NO"));
  EXPECT_EQ(g.find("De forente stater", "nb"), g.country("US"));
  EXPECT_EQ(g.find("Kreml", "nb")->profile.country, "RU");
  EXPECT_EQ(g.find("Kreml", "nb")->sort, entity::KnownSort::kSeat);
  EXPECT_EQ(g.find("Moscow", "en")->sort, entity::KnownSort::kCapital);
}

TEST(Knowledge, MediaNounsBySuffix) {
  const LanguageCode nb("nb"), nn("nn"), en("en");
  EXPECT_TRUE(knowledge().is_media_noun(nb, "nyhetsbyrå"));
  EXPECT_TRUE(knowledge().is_media_noun(nb, "lokalavis"));
  EXPECT_TRUE(knowledge().is_media_noun(nn, "nyheitsbyrå"));
  EXPECT_TRUE(knowledge().is_media_noun(en, "Newspaper"));
  EXPECT_FALSE(knowledge().is_media_noun(nb, "reisebyrå"));
  EXPECT_FALSE(knowledge().is_media_noun(LanguageCode("fi"), "avis"));
}

TEST(Lexicon, LongestSuffixWinsAndNoneTakesOut) {
  const auto* nb = knowledge().impl().lexicon(LanguageCode("nb"));
  ASSERT_NE(nb, nullptr);
  EXPECT_EQ(nb->persons.find("fiskeriminister")->cls, RoleClass::kMinister);
  EXPECT_EQ(nb->persons.find("statsminister")->cls, RoleClass::kOffice);
  EXPECT_EQ(nb->persons.find("42-åring")->cls, RoleClass::kPerson);
  EXPECT_EQ(nb->persons.find("talskvinne")->gender, entity::Gender::kFemale);
  EXPECT_EQ(nb->persons.find("hytteeier")->cls, RoleClass::kHolder);
  EXPECT_EQ(nb->persons.find("knusende seier"), nullptr);
  EXPECT_EQ(nb->bodies.find("fiskeridepartement")->kind, ProfileKind::kGovernment);
  EXPECT_EQ(nb->documents.find("årsrapport")->kind, ProfileKind::kDocument);
  EXPECT_EQ(nb->documents.find("barndom"), nullptr);
  EXPECT_EQ(nb->adjectives.at("islandsk"), "IS");
  EXPECT_EQ(nb->demonyms.at("finne"), "FI");
}

TEST(Knowledge, MissingOrBrokenDataIsAnErrorWithTheFile) {
  const auto missing = Knowledge::load("/nonexistent");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::kData);
  EXPECT_NE(missing.error().to_string().find("languages.tsv"), std::string::npos);
}

}  // namespace
}  // namespace avstand
