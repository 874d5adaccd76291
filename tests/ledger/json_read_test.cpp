// What is written comes back; what is no ledger is refused, and nothing in it leads astray.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ledger/ledger.h"
#include "ledger/sample.h"

namespace avstand::ledger {
namespace {

using Json = nlohmann::ordered_json;

Ledger full_sample() {
  Ledger ledger = sample::make();
  ledger.document.capture = Capture{.archive = "a.warc", .offset = 7, .digest_right = false};
  ledger.document.agency.hops = {"A", "B"};
  ledger.document.agency.hop_history = {{"A", {"created content"}, std::nullopt}};
  ledger.document.stub = true;
  ledger.findings.push_back({"single_origin", "one", {{0, 2}}, "rule", "known"});
  Picture picture{.origin = Hop{.name = "unnamed"}, .file_name = "x.jpg"};
  picture.file = PictureFile{.format = PictureFormat::kWebp, .width = 3, .pdq = Pdq{}};
  picture.file->pdq->bits = {1, 0x8000000000000000, 0xabc, 4};
  picture.file->pdq->quality = 80;
  picture.file->metadata.creators = {"Kari Bø"};
  picture.file->c2pa = C2pa{.status = C2paStatus::kUnreadable, .reason = "cut"};
  picture.file->c2pa->manifests.push_back(
      {.label = "m", .creators = {"x"}, .actions = {{"c2pa.created", "y", ""}}});
  ledger.pictures.push_back(picture);
  return ledger;
}

TEST(LedgerRead, WhatIsWrittenComesBack) {
  for (const Ledger& ledger : {sample::make(), full_sample(), Ledger()}) {
    for (const std::string& json : {to_json(ledger), to_pretty_json(ledger)}) {
      const auto read = from_json(json);
      ASSERT_TRUE(read) << read.error().to_string();
      EXPECT_EQ(to_json(*read), to_json(ledger));
    }
  }
}

TEST(LedgerRead, ALedgerOfAnOlderProgramLacksFields) {
  Json json = Json::parse(to_json(sample::make()));
  json["document"].erase("capture");
  json["document"].erase("agency");
  json["document"].erase("stub");
  for (Json& entity : json["entities"]) entity["profile"].erase("funding");
  EXPECT_TRUE(from_json(json.dump()));
}

TEST(LedgerRead, WhatIsNoLedgerIsRefused) {
  for (const char* bad : {"", "[]", "{}", R"({"schema":"avstand/ledger/1"})", "{\"schema\":"})
    EXPECT_FALSE(from_json(bad)) << bad;
}

/// Every value of the sample becomes something else: an error or a ledger, never a crash.
TEST(LedgerRead, NoValueLeadsOutsideOfTheLedger) {
  const Json whole = Json::parse(to_json(full_sample()));
  const Json flat = whole.flatten();
  const std::vector<Json> others = {Json("e999999"), Json(4000000000), Json(-1), Json(nullptr)};
  size_t refused = 0, tried = 0;
  for (const auto& [path, ignored] : flat.items()) {
    Json changed = whole;
    changed[Json::json_pointer(path)] = others[tried++ % others.size()];
    const auto read = from_json(changed.dump());
    if (!read) {
      ++refused;
    } else {
      EXPECT_TRUE(Json::accept(to_json(*read))) << path;
    }
  }
  EXPECT_GT(refused, tried / 2);
}

}  // namespace
}  // namespace avstand::ledger
