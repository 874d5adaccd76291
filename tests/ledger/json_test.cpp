// The JSON is LEDGER.md's shape, with code points for offsets and the same bytes every time.
#include <gtest/gtest.h>
#include <utf8proc.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ledger/ledger.h"
#include "ledger/sample.h"

namespace avstand::ledger {
namespace {

using Json = nlohmann::ordered_json;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Code points [begin, end) of s, counted by a loop that knows nothing of CodePointIndex.
std::string slice(const std::string& s, size_t begin, size_t end) {
  std::string out;
  size_t count = 0;
  for (const char c : s) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
    if (count > begin && count <= end) out += c;
  }
  return out;
}

std::string slice(const Json& ledger, const Json& span) {
  return slice(ledger["document"]["text"].get<std::string>(), span[0].get<size_t>(),
               span[1].get<size_t>());
}

TEST(LedgerJson, GoldenFile) {
  const std::string path = std::string(AVSTAND_SOURCE_DIR) + "/tests/ledger/sample.golden.json";
  const std::string got = to_pretty_json(sample::make()) + "\n";
  if (std::getenv("AVSTAND_REBASELINE") != nullptr) std::ofstream(path, std::ios::binary) << got;
  EXPECT_EQ(got, slurp(path)) << "AVSTAND_REBASELINE=1 accepts the difference";
}

TEST(LedgerJson, CompactAndPrettySayTheSame) {
  const Ledger ledger = sample::make();
  const std::string compact = to_json(ledger);
  EXPECT_EQ(compact.find('\n'), std::string::npos);
  EXPECT_EQ(Json::parse(compact), Json::parse(to_pretty_json(ledger)));
  EXPECT_EQ(compact, to_json(sample::make()));
}

TEST(LedgerJson, SpansCountCodePoints) {
  const Json j = Json::parse(to_json(sample::make()));
  EXPECT_EQ(slice(j, j["statements"][0]["content"][0]), "«vennen»");
  EXPECT_EQ(slice(j, j["statements"].back()["content"][0]), "«Dette er en ny start 🚢»");
  EXPECT_EQ(slice(j, j["statements"].back()["source"][0]), "utenriksminister Solvang");
  EXPECT_EQ(slice(j, j["pictures"][0]["verification"]["span"]), "er ikke verifisert av andre");
  const Json& mention = j["entities"][2]["mentions"][0];
  EXPECT_EQ(slice(j, Json::array({mention["begin"], mention["end"]})), "Pavel Ko\u0301sa");
  const Json& last = j["blocks"].back();
  EXPECT_EQ(slice(j, Json::array({last["begin"], last["end"]})),
            "PÅ KAIA: To av skipene som er omtalt i avtalen.");
  EXPECT_EQ(slice(j, last["kicker"]), "PÅ KAIA");
}

TEST(LedgerJson, TextComesBackByteForByte) {
  Ledger ledger;
  ledger.document.text =
      "a\x1b[31m\r\n\t\"\\/\x01\x7f\u0085\u202E\u2066\u2028\uFEFF\U000E0041🚢o\u0301";
  for (const std::string& json : {to_json(ledger), to_pretty_json(ledger)}) {
    EXPECT_EQ(Json::parse(json)["document"]["text"].get<std::string>(), ledger.document.text);
    for (const char c : json) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    for (const char* hidden : {"\x7f", "\u0085", "\u202E", "\u2066", "\u2028", "\U000E0041"})
      EXPECT_EQ(json.find(hidden), std::string::npos);
  }
}

TEST(LedgerJson, BrokenBytesInNamesStillGiveJson) {
  Ledger ledger;
  ledger.document.id = "m\xF8te\xFF.txt";
  const Json j = Json::parse(to_json(ledger));
  EXPECT_EQ(j["document"]["id"], "m\uFFFDte\uFFFD.txt");
}

TEST(LedgerJson, UnknownIsSaidAsUnknown) {
  const Json j = Json::parse(to_json(Ledger{}));
  EXPECT_EQ(j["schema"], "avstand/ledger/1");
  EXPECT_EQ(j["document"]["language"], "und");
  EXPECT_EQ(j["document"]["outlet"], Json({{"name", nullptr}, {"entity", nullptr}}));
  for (const char* key : {"url", "title", "published"})
    EXPECT_TRUE(j["document"][key].is_null()) << key;
  EXPECT_TRUE(j["events"].is_null());
  EXPECT_EQ(j["summary"]["words_by_distance"], Json::object());
  EXPECT_EQ(j["statements"], Json::array());
}

TEST(LedgerJson, FieldsThatThisVersionCannotKnow) {
  const Json j = Json::parse(to_json(sample::make()));
  const Json& bare = j["pictures"][1];
  EXPECT_TRUE(bare["origin"].is_null());
  EXPECT_TRUE(bare["handout"].is_null());
  for (const char* key : {"file", "pdq", "c2pa", "credit"}) EXPECT_TRUE(bare[key].is_null()) << key;
  EXPECT_EQ(bare["metadata"], Json::object());
  const Json& unnamed = j["summary"]["by_origin"].back();
  EXPECT_TRUE(unnamed["entity"].is_null());
  EXPECT_EQ(unnamed["statements"], 2);
}

TEST(LedgerJson, AnEventPointsAtItsWordsAndEntities) {
  Ledger ledger = sample::make();
  Event e;
  const size_t at = ledger.document.text.find("møtte");
  e.span = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + 6)};
  e.predicate = "møte";
  e.type = "CONSULT";
  e.actors = {0};
  e.time = EventTime{e.span, std::nullopt};
  e.statement = 1;
  ledger.events = {e};
  const Json j = Json::parse(to_json(ledger))["events"][0];
  EXPECT_EQ(j["id"], "v1");
  EXPECT_EQ(j["actors"], Json::array({"e1"}));
  EXPECT_EQ(j["targets"], Json::array());
  EXPECT_EQ(j["time"]["text"], "møtte");
  EXPECT_TRUE(j["time"]["value"].is_null());
  EXPECT_TRUE(j["place"].is_null());
  EXPECT_EQ(j["statement"], "s2");
}

TEST(LedgerJson, IdsCountFromOneAndPointAtEachOther) {
  const Json j = Json::parse(to_json(sample::make()));
  EXPECT_EQ(j["entities"][0]["id"], "e1");
  EXPECT_EQ(j["statements"][4]["id"], "s5");
  EXPECT_EQ(j["statements"][4]["parent"], "s4");
  EXPECT_EQ(j["statements"][4]["chain"][1]["entity"], "e4");
  EXPECT_EQ(j["document"]["outlet"]["entity"], "e8");
}

TEST(LedgerJson, ConfidenceHasTwoDecimals) {
  Ledger ledger;
  ledger.statements.resize(3);
  ledger.statements[0].confidence = 0.1;
  ledger.statements[1].confidence = 2.0 / 3;
  ledger.statements[2].confidence = 1;
  const std::string json = to_json(ledger);
  for (const char* number :
       {"\"confidence\":0.10}", "\"confidence\":0.67}", "\"confidence\":1.00}"})
    EXPECT_NE(json.find(number), std::string::npos) << number;
}

}  // namespace
}  // namespace avstand::ledger
