#include "text/identify.h"

#include <gtest/gtest.h>

namespace avstand {
namespace {

class IdentifyTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = LanguageIdentifier::load(AVSTAND_SOURCE_DIR "/data");
    ASSERT_TRUE(loaded) << loaded.error().to_string();
    identifier = new LanguageIdentifier(std::move(*loaded));
  }
  static void TearDownTestSuite() { delete identifier; }
  static std::string language(std::string_view text, std::string_view prior = "und") {
    return std::string(identifier->identify(text, LanguageCode(prior)).language.view());
  }
  static LanguageIdentifier* identifier;
};
LanguageIdentifier* IdentifyTest::identifier = nullptr;

TEST_F(IdentifyTest, TellsTheSupportedLanguages) {
  EXPECT_EQ(language("Politiet har ikke fått noen nye tips i saken etter helgen."), "nb");
  EXPECT_EQ(language("Politiet har ikkje fått nokon nye tips i saka etter helga."), "nn");
  EXPECT_EQ(language("The police have not received any new tips since the weekend."), "en");
  EXPECT_TRUE(identifier->supported(LanguageCode("nn")));
  EXPECT_FALSE(identifier->supported(LanguageCode("da")));
}

TEST_F(IdentifyTest, NamesOtherLanguagesInsteadOfGuessing) {
  EXPECT_EQ(language("Ministeren siger, at hun ikke ved, hvad der er sket efter mødet."), "da");
  EXPECT_EQ(language("Ministern säger att hon inte vet vad som har hänt efter mötet."), "sv");
  EXPECT_EQ(language("Die Ministerin sagt, sie wisse nicht, was nach dem Treffen geschah."), "de");
  EXPECT_EQ(language("La ministre dit ne pas savoir ce qui s'est passé après la réunion."), "fr");
  EXPECT_EQ(language("Министр сказала, что не знает, что произошло после встречи."), "ru");
}

TEST_F(IdentifyTest, TheArticleSettlesShortTexts) {
  EXPECT_EQ(language("Foto: Berit Tveit", "nn"), "nn");
  EXPECT_EQ(language("Møtet i går", "nn"), "nn");
  EXPECT_EQ(language("123 – 456", "en"), "en");
  EXPECT_EQ(language("123 – 456"), "und");
  EXPECT_EQ(language(""), "und");
}

TEST_F(IdentifyTest, AQuotationInAnotherLanguageIsSeen) {
  EXPECT_EQ(language("“We will not give up this town, and they know it.”", "nb"), "en");
}

TEST_F(IdentifyTest, HowTheTextIsWrittenChangesNothing) {
  EXPECT_EQ(language("Politiet ha\u00ADr ikkje\u00A0fa\u030Att nokon nye tips."), "nn");
}

TEST(LanguageIdentifier, MissingDataIsAnError) {
  EXPECT_FALSE(LanguageIdentifier::load("/no/such/folder"));
}

}  // namespace
}  // namespace avstand
