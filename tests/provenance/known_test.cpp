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

}  // namespace
}  // namespace avstand
