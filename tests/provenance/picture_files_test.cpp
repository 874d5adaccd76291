// What picture files change in the judgement of pictures: through whole pages and files.
#include <avstand/avstand.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "provenance/file_credit.h"
#include "support/make_pixels.h"

namespace avstand::provenance {
namespace {

using namespace std::string_literals;
using nlohmann::json;
namespace make = picture::make;
using Strings = std::vector<std::string>;

const CreditWords& words() {
  static const CreditWords w = [] {
    auto loaded = CreditWords::load(AVSTAND_SOURCE_DIR "/data/credit_words.tsv");
    if (!loaded) throw std::runtime_error(loaded.error().to_string());
    return std::move(*loaded);
  }();
  return w;
}

TEST(FileCredit, NamesInTheOrderOfTheirHands) {
  EXPECT_EQ(names_of_credit("KCNA via REUTERS", words()), (Strings{"KCNA", "REUTERS"}));
  EXPECT_EQ(names_of_credit("via KCNA", words()), Strings{"KCNA"});
  EXPECT_EQ(names_of_credit("Handout/KCNA via REUTERS", words()), (Strings{"KCNA", "REUTERS"}));
  EXPECT_EQ(names_of_credit("Foto: Kari Bø / NTB", words()), (Strings{"Kari Bø", "NTB"}));
  EXPECT_EQ(names_of_credit("© 2026 NTB. All rights reserved.", words()), Strings{"NTB"});
  EXPECT_EQ(names_of_credit("Courtesy of the Nesvik Museum", words()), Strings{"Nesvik Museum"});
  EXPECT_EQ(names_of_credit("Provided by Nesvik Kraft", words()), Strings{"Nesvik Kraft"});
  EXPECT_EQ(names_of_credit("Foto:NTB ©VG", words()), Strings{"NTB ©VG"});
  EXPECT_EQ(names_of_credit("©NTB", words()), Strings{"NTB"});
  EXPECT_EQ(names_of_credit("J. Bø", words()), Strings{"J. Bø"});
  EXPECT_TRUE(names_of_credit("handout photo", words()).empty());
  EXPECT_TRUE(names_of_credit("", words()).empty());
}

TEST(FileCredit, HandsAndHandouts) {
  PictureMetadata m;
  m.creators = {"Kari Bø"};
  m.credit = "NTB";
  EXPECT_EQ(file_credit(m, words()).hands, (Strings{"Kari Bø", "NTB"}));
  m.credit = "Kari Bø / NTB";
  EXPECT_EQ(file_credit(m, words()).hands, (Strings{"Kari Bø", "NTB"}));
  EXPECT_FALSE(file_credit(m, words()).handout);
  m.source = "Handout";
  EXPECT_TRUE(file_credit(m, words()).handout);
  m = {};
  m.copyright = "© Nesvik kommune";
  m.caption = "A bridge provided by the state.";
  EXPECT_EQ(file_credit(m, words()).hands, Strings{"Nesvik kommune"});
  EXPECT_FALSE(file_credit(m, words()).handout);
  m.caption = "ATTENTION EDITORS - THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY.";
  EXPECT_TRUE(file_credit(m, words()).handout);
}

TEST(FileCredit, SharedNames) {
  const auto share = [](const char* a, const char* b) { return share_a_name({a}, {b}, words()); };
  EXPECT_TRUE(share("Kari Bø", "Bø, Kari"));
  EXPECT_TRUE(share("AFP", "Agence France-Presse"));
  EXPECT_TRUE(share("NTB", "NTB scanpix"));
  EXPECT_FALSE(share("AP", "Kapital"));
  EXPECT_FALSE(share("Photo images", "Images of the photo"));
}

// --- through the engine
// ----------------------------------------------------------------------------

class PictureFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("avstand-pictures-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  json ledger(const std::string& name, const std::string& bytes) {
    static const Engine engine = [] {
      auto opened = Engine::open(
          {.data_dir = AVSTAND_SOURCE_DIR "/data", .model_dir = AVSTAND_SOURCE_DIR "/models"});
      if (!opened) throw std::runtime_error(opened.error().to_string());
      return std::move(*opened);
    }();
    const std::string path = (folder_ / name).string();
    std::ofstream(path, std::ios::binary) << bytes;
    json out;
    engine.read_file(path, {}, [&](Result<ArticleReading> r) {
      out = r ? json::parse(r->to_json()) : json(r.error().to_string());
    });
    return out;
  }

  static std::string photo(const std::string& credit, uint32_t seed = 1,
                           const std::string& more = {}) {
    return make::with_segments(
        make::jpeg(make::scene(128, 96, seed)),
        {{0xE1, "http://ns.adobe.com/xap/1.0/\0"s +
                    make::xmp("<photoshop:Credit>" + credit + "</photoshop:Credit>" + more)}});
  }
  static std::string figure(const std::string& file, const std::string& caption) {
    return "<figure><img src='data:image/jpeg;base64," + make::base64(file) + "'><figcaption>" +
           caption + "</figcaption></figure>";
  }
  json page(const std::string& figures) {
    std::string html =
        "<!DOCTYPE html><html lang=nb><head><title>Bro stengt</title></head><body>"
        "<article><h1>Bro stengt i Nesvik</h1>" +
        figures;
    for (int i = 0; i < 4; ++i)
      html +=
          "<p>Broen i Nesvik er stengt etter uværet, og det er ventet at den åpner igjen på "
          "mandag.</p>";
    return ledger("page.html", html + "</article></body></html>");
  }

  std::filesystem::path folder_;
};

Strings kinds(const json& ledger) {
  Strings out;
  for (const json& f : ledger["findings"]) out.push_back(f["kind"]);
  return out;
}

constexpr const char* kCaption = "STENGT: Broen i Nesvik ble stengt lørdag. Foto: ";

TEST_F(PictureFiles, ACreditThatTheFileContradictsIsAFinding) {
  const json l = page(figure(photo("Eli Dal / AFP"), kCaption + "Ola Vik / NTB"s));
  EXPECT_EQ(kinds(l), Strings{"credit_conflict"});
  EXPECT_EQ(l["findings"][0]["message"],
            "Teksten krediterer «Ola Vik / NTB», men bildefilen nevner «Eli Dal / AFP».");
  EXPECT_EQ(l["pictures"][0]["origin"]["name"], "Ola Vik");
  EXPECT_EQ(l["pictures"][0]["file"], "data:");
  EXPECT_EQ(l["pictures"][0]["pdq"].get<std::string>().size(), 64u);
}

TEST_F(PictureFiles, WhatCannotBeHeldAgainstOneAnotherIsNoFinding) {
  EXPECT_EQ(kinds(page(figure(photo("Ola Vik / NTB"), kCaption + "NTB"s))), Strings{});
  EXPECT_EQ(kinds(page(figure(photo("NTB"), kCaption + "Ola Vik"s))), Strings{});
  EXPECT_EQ(kinds(page(figure(photo("Agence France-Presse"), kCaption + "AFP"s))), Strings{});
  EXPECT_EQ(kinds(page(figure(photo(""), kCaption + "Ola Vik / NTB"s))), Strings{});
}

TEST_F(PictureFiles, AFileNamesWhomTheCaptionDoesNot) {
  const json l = page(figure(photo("Eli Dal / AFP"), "STENGT: Broen i Nesvik ble stengt lørdag."));
  EXPECT_EQ(kinds(l), Strings{"missing_credit"});
  EXPECT_NE(l["findings"][0]["message"].get<std::string>().find("Eli Dal / AFP"),
            std::string::npos);
  const json& p = l["pictures"][0];
  EXPECT_EQ(p["origin"]["name"], "Eli Dal");
  EXPECT_EQ(p["chain"][0]["name"], "AFP");
  EXPECT_EQ(p["chain"][0]["explicit"], false);
  EXPECT_EQ(p["credited"], false);
  EXPECT_EQ(p["why"].back()["rule"], "picture.metadata");
}

TEST_F(PictureFiles, HandoutMarksReachTheOrigin) {
  const json via = page(figure(photo("KCNA via REUTERS"), kCaption + "Reuters"s));
  EXPECT_EQ(via["pictures"][0]["origin"]["name"], "KCNA");
  EXPECT_EQ(via["pictures"][0]["chain"][0]["name"], "Reuters");
  EXPECT_EQ(via["pictures"][0]["handout"], true);
  const json handout = page(figure(photo("Nesvik Kraft / Handout"), kCaption + "Reuters"s));
  EXPECT_EQ(handout["pictures"][0]["handout"], true);
  const json own = page(figure(photo("Ola Vik / Reuters"), kCaption + "Reuters"s));
  EXPECT_EQ(own["pictures"][0]["origin"]["name"], "Reuters");
  EXPECT_EQ(own["pictures"][0]["handout"], false);
}

TEST_F(PictureFiles, OnePictureUnderTwoCreditsByItsHash) {
  const json l = page(figure(photo("", 7), kCaption + "Ola Vik / NTB"s) +
                      figure(photo("", 7), "ARKIV: En annen bro. Foto: Eli Dal / AFP") +
                      figure(photo("", 8), "VEI: En vei i Nesvik i mai. Foto: Per Li / AP"));
  EXPECT_EQ(kinds(l), Strings{"credit_conflict"});
}

TEST_F(PictureFiles, APictureWithoutACaptionCountsIfItIsLarge) {
  const auto large =
      make::with_segments(make::jpeg(make::scene(240, 210)),
                          {{0xE1, "http://ns.adobe.com/xap/1.0/\0"s +
                                      make::xmp("<photoshop:Credit>NTB</photoshop:Credit>")}});
  const auto img = [](const std::string& file) {
    return "<p>Broen ligger ytterst i fjorden, og den er den eneste veien ut for dem som bor "
           "der.</p>"
           "<p><img src='data:image/jpeg;base64," +
           make::base64(file) + "'></p>";
  };
  const json l = page(img(large) + img(photo("NTB")));
  ASSERT_EQ(l["pictures"].size(), 1u);
  EXPECT_EQ(l["pictures"][0]["block"], nullptr);
  EXPECT_EQ(l["pictures"][0]["origin"]["name"], "NTB");
  EXPECT_EQ(kinds(l), Strings{});
}

TEST_F(PictureFiles, AFileAloneIsALedger) {
  const json l = ledger(
      "a.jpg", photo("Handout / KCNA via REUTERS", 1,
                     "<dc:description><rdf:Alt><rdf:li>The bridge in Nesvik is closed, seen on "
                     "Saturday.</rdf:li></rdf:Alt></dc:description><Iptc4xmpExt:DigitalSourceType>"
                     "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
                     "</Iptc4xmpExt:DigitalSourceType>"));
  ASSERT_EQ(l["pictures"].size(), 1u);
  const json& p = l["pictures"][0];
  EXPECT_EQ(p["block"], 0);
  EXPECT_EQ(p["origin"]["name"], "KCNA");
  EXPECT_EQ(p["handout"], true);
  EXPECT_EQ(p["metadata"]["digital_source_type"], "trainedAlgorithmicMedia");
  EXPECT_EQ(kinds(l), Strings{});
  const json bare = ledger("b.jpg", make::jpeg(make::scene(64, 64)));
  EXPECT_EQ(bare["document"]["text"], "");
  EXPECT_EQ(bare["pictures"][0]["block"], nullptr);
  EXPECT_EQ(kinds(bare), Strings{});
}

TEST_F(PictureFiles, CredentialsAreListedAndNotValidated) {
  const std::string store = make::store(
      make::manifest("urn:uuid:1", "Kamera 1.2", make::action("c2pa.created", "digitalCapture")));
  const json l = ledger(
      "a.png", make::with_chunks(make::png(make::scene(64, 64)), make::png_chunk("caBX", store)));
  const json& c = l["pictures"][0]["c2pa"];
  EXPECT_EQ(c["status"], "not_validated");
  EXPECT_EQ(c["manifests"][0]["generator"], "Kamera 1.2");
  EXPECT_EQ(c["manifests"][0]["actions"][0]["action"], "c2pa.created");
}

}  // namespace
}  // namespace avstand::provenance
