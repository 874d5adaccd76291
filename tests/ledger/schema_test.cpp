// docs/ledger.schema.json and the writer agree, and the schema can say no.
#include <gtest/gtest.h>

#include <fstream>

#include "ledger/ledger.h"
#include "ledger/sample.h"
#include "ledger/schema_validator.h"

namespace avstand::ledger {
namespace {

nlohmann::json load_schema() {
  std::ifstream in(std::string(AVSTAND_SOURCE_DIR) + "/docs/ledger.schema.json");
  return nlohmann::json::parse(in);
}

std::string problems(const nlohmann::json& value) {
  std::string out;
  for (const std::string& problem : SchemaValidator(load_schema()).check(value))
    out += problem + "\n";
  return out;
}

TEST(LedgerSchema, AcceptsWhatTheWriterWrites) {
  EXPECT_EQ(problems(nlohmann::json::parse(to_json(sample::make()))), "");
  EXPECT_EQ(problems(nlohmann::json::parse(to_json(Ledger{}))), "");
}

TEST(LedgerSchema, AcceptsPictureFiles) {
  Ledger ledger = sample::make();
  Picture picture{.file_name = "photo.jpg", .file = PictureFile{.width = 3, .height = 2}};
  picture.file->pdq = Pdq{.bits = {1, 2, 3, 4}, .quality = 70};
  picture.file->metadata.creators = {"Kari Bø"};
  picture.file->metadata.read_of = {"xmp"};
  picture.file->remarks = {"cut"};
  picture.file->c2pa = C2pa{.manifests = {{.label = "urn:uuid:1",
                                           .generator = "Kamera",
                                           .actions = {{.action = "c2pa.created"}},
                                           .ingredients = {{.title = "raw.jpg"}}}}};
  ledger.pictures.push_back(picture);
  const nlohmann::json json = nlohmann::json::parse(to_json(ledger));
  EXPECT_EQ(problems(json), "");
  const nlohmann::json& last = json["pictures"].back();
  EXPECT_EQ(last["pdq"], "0000000000000004000000000000000300000000000000020000000000000001");
  EXPECT_EQ(last["c2pa"]["status"], "not_validated");
  EXPECT_EQ(last["block"], nullptr);
}

TEST(LedgerSchema, RejectsWhatIsNotALedger) {
  const nlohmann::json good = nlohmann::json::parse(to_json(sample::make()));
  nlohmann::json bad = good;
  bad["statements"][0].erase("chain");
  EXPECT_NE(problems(bad).find("lacks \"chain\""), std::string::npos);
  bad = good;
  bad["statements"][0]["act"] = "shout";
  EXPECT_NE(problems(bad).find("no such word"), std::string::npos);
  bad = good;
  bad["sentences"][0] = {1, 2, 3};
  EXPECT_NE(problems(bad), "");
  bad = good;
  bad["entities"][0]["id"] = "e0";
  EXPECT_NE(problems(bad), "");
  bad = good;
  bad["truth"] = 0.5;
  EXPECT_NE(problems(bad).find("unnamed field truth"), std::string::npos);
}

}  // namespace
}  // namespace avstand::ledger
