// What the engine knows, seen from outside: whole small articles through the public API.
#include <avstand/avstand.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

namespace avstand {
namespace {

using nlohmann::json;

const Engine& engine() {
  static const Engine e = [] {
    auto opened = Engine::open(
        {.data_dir = AVSTAND_SOURCE_DIR "/data", .model_dir = AVSTAND_SOURCE_DIR "/models"});
    if (!opened) throw std::runtime_error(opened.error().to_string());
    return std::move(*opened);
  }();
  return e;
}

json ledger(const std::string& text, const std::string& published = {},
            const std::string& language = "nb") {
  ReadOptions options;
  options.published = published;
  options.language = language;
  const auto reading = engine().read(text, options);
  if (!reading) throw std::runtime_error(reading.error().to_string());
  return json::parse(reading->to_json());
}

json entity(const json& ledger, const std::string& name) {
  for (const json& e : ledger["entities"])
    if (e["name"] == name) return e;
  return nullptr;
}

json agency_of(const std::string& mark) {
  return ledger("Brannen herjet hele natten, melder politiet.\n\nIngen er skadd. " + mark +
                "\n")["document"]["agency"]["hops"];
}

TEST(Known, AgencyMarksInAllTheirForms) {
  EXPECT_EQ(agency_of("(NTB)"), json({"NTB"}));
  EXPECT_EQ(agency_of("©NTB"), json({"NTB"}));
  EXPECT_EQ(agency_of("© NTB"), json({"NTB"}));
  EXPECT_EQ(agency_of("(NTB–AFP)"), json({"NTB", "AFP"}));
  EXPECT_EQ(agency_of("(TT-Reuters)"), json({"TT", "Reuters"}));
  EXPECT_EQ(agency_of("(NTB-Hansen)"), json::array());
  EXPECT_EQ(agency_of("(Ap)"), json::array());
}

TEST(Known, WhoPaysWhoOwnsAndWhoEditsAreToldApart) {
  const json l = ledger("NRK melder om saken. Det gjør også TASS og VG.");
  const json nrk = entity(l, "NRK")["profile"];
  EXPECT_EQ(nrk["control"], "public_service");
  EXPECT_EQ(nrk["ownership"], "state");
  EXPECT_EQ(nrk["editorial"], "public_service");
  EXPECT_NE(nrk["basis"].get<std::string>().find("2025"), std::string::npos);
  EXPECT_EQ(entity(l, "TASS")["profile"]["editorial"], "state");
  EXPECT_EQ(entity(l, "VG")["profile"]["owner"], "Schibsted Media (the Tinius Trust, since 2024)");
}

/// The known roles of a person: title, tenure.
std::vector<std::string> known_roles(const json& ledger, const std::string& name) {
  std::vector<std::string> out;
  const json person = entity(ledger, name);
  for (const json& role : person["roles"])
    if (!role["stated"])
      out.push_back(role["title"].get<std::string>() + " " + role["tenure"].get<std::string>());
  return out;
}

std::vector<std::string> messages(const json& ledger) {
  std::vector<std::string> out;
  for (const json& f : ledger["findings"]) out.push_back(f["message"]);
  return out;
}

using Strings = std::vector<std::string>;
constexpr const char* kMinister = "Utenriksminister Anniken Huitfeldt svarte ikke på kritikken.";

TEST(Roles, StandAsTheyWereOnTheDayOfTheArticle) {
  EXPECT_EQ(known_roles(ledger(kMinister, "2022-05-05"), "Anniken Huitfeldt"),
            Strings{"utenriksminister held"});
  EXPECT_EQ(known_roles(ledger(kMinister, "2024-05-05"), "Anniken Huitfeldt"),
            Strings{"utenriksminister former"});
  EXPECT_EQ(known_roles(ledger(kMinister), "Anniken Huitfeldt"),
            Strings{"utenriksminister unknown"});
  EXPECT_EQ(known_roles(ledger(kMinister, "2012-05-05"), "Anniken Huitfeldt"), Strings{});
}

TEST(Roles, AnOpenEndIsUnknownAfterTheDayItWasChecked) {
  const char* text = "Forsvarsminister Boris Pistorius kom til Oslo.";
  EXPECT_EQ(known_roles(ledger(text, "2024-05-05"), "Boris Pistorius"),
            Strings{"forsvarsminister held"});
  const json later = ledger(text, "2031-05-05");
  EXPECT_EQ(known_roles(later, "Boris Pistorius"), Strings{"forsvarsminister unknown"});
  EXPECT_EQ(entity(later, "Boris Pistorius")["roles"].back()["checked"], "2025-10-01");
  EXPECT_EQ(messages(later), Strings{});
}

TEST(Roles, AnotherOfficeThanTheKnownOneIsAConflictThatShowsBoth) {
  const auto found = messages(ledger("Finansminister Boris Pistorius kom til Oslo.", "2024-05-05"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].find("«finansminister»"), std::string::npos);
  EXPECT_NE(found[0].find("forsvarsminister"), std::string::npos);
  EXPECT_NE(found[0].find("2023-01-19"), std::string::npos);
  EXPECT_EQ(messages(ledger(kMinister, "2024-05-05")).size(), 1u);
}

TEST(Roles, NoConflictWhereWeCannotBeSure) {
  EXPECT_EQ(messages(ledger(kMinister)), Strings{});                // no day
  EXPECT_EQ(messages(ledger(kMinister, "2023-11-20")), Strings{});  // just after
  EXPECT_EQ(messages(ledger(kMinister, "2034-05-05")), Strings{});  // told as history
  EXPECT_EQ(messages(ledger("Tidligere utenriksminister Anniken Huitfeldt svarte.", "2024-05-05")),
            Strings{});
  EXPECT_EQ(messages(ledger("I 2022 kom utenriksminister Anniken Huitfeldt hit.", "2024-05-05")),
            Strings{});
  EXPECT_EQ(messages(ledger("President Donald Trump talte.", "2022-05-05")), Strings{});
  EXPECT_EQ(messages(ledger("Kunnskapsminister Kari Lunde talte.", "2022-05-05")), Strings{});
}

TEST(Roles, ANameAloneIsNotEnough) {
  EXPECT_TRUE(
      entity(ledger("Læreren Eli Cohen svarte ikke.", "2023-05-05"), "Eli Cohen")["qid"].is_null());
  EXPECT_EQ(entity(ledger("Statsminister Erna Solberg svarte ikke.", "2019-05-05"),
                   "Erna Solberg")["qid"],
            "Q291644");
}

TEST(Roles, EveryLanguageSaysItInItsOwnWords) {
  EXPECT_EQ(messages(ledger("Finansminister Boris Pistorius kom til Oslo.", "2024-05-05", "nn"))[0],
            "Boris Pistorius blir omtalt som «finansminister», men var etter våre data "
            "forsvarsminister (frå 2023-01-19) då saka kom.");
  EXPECT_EQ(messages(ledger("Finance minister Boris Pistorius went home.", "2024-05-05", "en"))[0],
            "Boris Pistorius is called “finance minister”, but by our data was defence minister "
            "(since 2023-01-19) when this appeared.");
}

std::vector<std::string> forms(const json& entity) {
  std::vector<std::string> out;
  for (const json& m : entity["mentions"]) out.push_back(m["form"]);
  return out;
}

TEST(Names, ACapitalThatSpeaksIsItsGovernment) {
  const json l = ledger("Moskva avviser påstanden. Han reiste til Berlin.");
  EXPECT_EQ(forms(entity(l, "Moskva")), Strings{"metonym"});
  EXPECT_EQ(entity(l, "Moskva")["profile"]["kind"], "government");
  EXPECT_EQ(forms(entity(l, "Berlin")), Strings{"name"});
  EXPECT_EQ(entity(l, "Berlin")["profile"]["kind"], "unknown");
  const json nn = ledger("Moskva avviser påstanden.", "", "nn");
  EXPECT_EQ(forms(entity(nn, "Moskva")), Strings{"metonym"});
  const json en = ledger("Moscow denied the claim.", "", "en");
  EXPECT_EQ(forms(entity(en, "Moscow")), Strings{"metonym"});
}

TEST(Names, AnAbbreviationIsWhatItsBracketsSay) {
  const json l =
      ledger("Det nordiske fiskeforbundet (NFF) klager. NFF mener at kvoten er for lav.");
  EXPECT_EQ(entity(l, "NFF"), nullptr);
  EXPECT_GE(entity(l, "Det nordiske fiskeforbundet")["mentions"].size(), 3u);
  const json other = ledger("Det nordiske fiskeforbundet (Oslo) klager. Han reiste til Oslo.");
  EXPECT_NE(entity(other, "Oslo"), nullptr);
}

std::vector<std::string> kinds(const json& ledger) {
  std::vector<std::string> out;
  for (const json& f : ledger["findings"]) out.push_back(f["kind"]);
  return out;
}

std::string two_pictures(const std::string& first, const std::string& second) {
  return "Bro stengt\n\nNATT: Broen i Nesvik sett fra sør lørdag. Foto: " + first +
         "\n\nBroen er stengt.\n\nBRO: Broen i Nesvik sett fra sør lørdag. Foto: " + second + "\n";
}

TEST(Findings, OnePictureWithTwoCredits) {
  EXPECT_EQ(kinds(ledger(two_pictures("Kari Bø / NTB", "Ola Vik / AFP"))),
            Strings{"credit_conflict"});
  EXPECT_EQ(kinds(ledger(two_pictures("Kari Bø / NTB", "NTB"))), Strings{});
  EXPECT_EQ(kinds(ledger(two_pictures("Kari Bø / NTB", "Kari Bø"))), Strings{});
}

TEST(Findings, ALoadedTermOnlyInTheOutletsOwnWords) {
  EXPECT_EQ(kinds(ledger("Klimafornekterne møttes i Nesvik.")), Strings{"loaded_term"});
  EXPECT_EQ(kinds(ledger("Han sier at Tarvenia er en skurkestat.")), Strings{});
  EXPECT_EQ(kinds(ledger("De «klimafornekterne» møttes i Nesvik.")), Strings{});
  EXPECT_EQ(kinds(ledger("Flyktningene møttes i Nesvik.")), Strings{});
}

TEST(Findings, TurnsOfAConversationAreNoPictures) {
  const json l = ledger(
      "Samtale i Nesvik\n\nDe to møttes lørdag.\n\nHOLM: Er broen trygg?\n\nLIE: Ja, den er "
      "trygg.\n\nHOLM: Hvem har sagt det?\n\nLIE: Det har vi selv.\n");
  EXPECT_EQ(l["pictures"].size(), 0u);
  EXPECT_EQ(kinds(l), Strings{});
}

TEST(Findings, AGenitiveIsNoOtherSpelling) {
  EXPECT_EQ(kinds(ledger("Forfatteren Signy Fagerdal skrev en bok. Signy Fagerdals bok er god. "
                         "Forfatteren Signy Fagerdals ble hun kalt.")),
            Strings{});
}

}  // namespace
}  // namespace avstand
