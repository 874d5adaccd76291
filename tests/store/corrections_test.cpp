// Readers' corrections: kept by text and words, through readings, dumps and schemas.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/hash.h"
#include "ledger/ledger.h"
#include "store/archive.h"
#include "store/archive_json.h"
#include "store/packing.h"

namespace avstand::store {
namespace {

namespace fs = std::filesystem;

std::string ledger_of(const std::string& id, const std::string& text,
                      const std::string& origin = "Politiet") {
  ledger::Ledger out;
  out.document.id = id;
  out.document.text = text;
  out.digest = sha256(text);
  out.entities.push_back({.type = "organisation", .name = origin});
  ledger::Statement s{.content = {{0, static_cast<uint32_t>(text.size())}}, .quote = "indirect"};
  s.chain.push_back({.entity = 0, .name = origin});
  out.statements.push_back(s);
  return ledger::to_json(out);
}

class Corrections : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("avstand-corrections-" + std::to_string(getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string path(const std::string& name = "a.db") const { return (folder_ / name).string(); }

  Archive open(Archive::Mode mode = Archive::Mode::kCreate,
               const std::string& name = "a.db") const {
    auto archive = Archive::open(path(name), mode);
    EXPECT_TRUE(archive) << (archive ? "" : archive.error().to_string());
    return std::move(*archive);
  }
  static void add(Archive& archive, const std::string& ledger) {
    const auto rows = rows_of(ledger);
    ASSERT_TRUE(rows) << rows.error().to_string();
    ASSERT_TRUE(archive.add({ledger, "bro", ""}, *rows));
    ASSERT_TRUE(archive.commit());
  }
  static Correction correction() {
    return {.digest = sha256("Broen er stengt"),
            .begin = 0,
            .end = 15,
            .what = "chain",
            .value = "Vegvesenet > NTB",
            .was = "Politiet",
            .author = "Kari Bø",
            .time = "2026-05-04T10:00:00Z"};
  }
  static std::string dumped(Archive& archive) {
    std::string out;
    EXPECT_TRUE(archive.dump([&](const std::string& line) { out += line; }));
    return out;
  }

  fs::path folder_;
};

TEST_F(Corrections, AreKeptOnceAndStandThroughAnotherReading) {
  Archive archive = open();
  add(archive, ledger_of("a", "Broen er stengt"));
  EXPECT_EQ(*archive.correct(correction()), true);
  EXPECT_EQ(*archive.correct(correction()), false);
  add(archive, ledger_of("a", "Broen er stengt", "Vegvesenet"));  // read anew
  add(archive, ledger_of("a", "Broen er open"));                  // a new version
  const auto kept = archive.corrections(sha256("Broen er stengt"));
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, std::vector<Correction>{correction()});
  EXPECT_TRUE(archive.corrections(sha256("Broen er open"))->empty());
  EXPECT_EQ(*archive.check(), std::vector<std::string>());
}

TEST_F(Corrections, MustBeWholeAndOfATextThatIsThere) {
  Archive archive = open();
  add(archive, ledger_of("a", "Broen er stengt"));
  const auto refused = [&](auto change, std::string_view field) {
    Correction bad = correction();
    change(bad);
    const auto kept = archive.correct(bad);
    ASSERT_FALSE(kept) << field;
    EXPECT_NE(kept.error().message.find(field), std::string::npos) << kept.error().message;
  };
  refused([](Correction& c) { c.end = 16; }, "span");
  refused([](Correction& c) { c.begin = 15; }, "span");
  refused([](Correction& c) { c.what = "text"; }, "what");
  refused([](Correction& c) { c.field = "act"; }, "field");
  refused([](Correction& c) { c.what = "label", c.field = "text"; }, "field");
  refused([](Correction& c) { c.value.clear(); }, "value");
  refused([](Correction& c) { c.value = "a\nb"; }, "value");
  refused([](Correction& c) { c.author = "\xff"; }, "author");
  refused([](Correction& c) { c.note.assign(3000, 'x'); }, "note");
  refused([](Correction& c) { c.time = "now"; }, "time");
  refused([](Correction& c) { c.digest = sha256("another text"); }, "text");
  EXPECT_TRUE(archive.corrections(correction().digest)->empty());
}

TEST_F(Corrections, ComeThroughADump) {
  Archive archive = open();
  add(archive, ledger_of("a", "Broen er stengt"));
  add(archive, ledger_of("b", "Broen er open"));
  Correction label = correction();
  label.what = "label", label.field = "evidence", label.value = "document";
  ASSERT_TRUE(archive.correct(label));
  ASSERT_TRUE(archive.correct(correction()));
  const std::string dump = dumped(archive);
  Archive copy = open(Archive::Mode::kCreate, "copy.db");
  for (int time = 0; time < 2; ++time) {  // the second time nothing is new
    std::istringstream lines(dump);
    const auto restored = copy.restore(
        [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
    ASSERT_TRUE(restored) << restored.error().to_string();
    EXPECT_EQ(restored->corrections, time == 0 ? 2U : 0U);
  }
  EXPECT_EQ(dumped(copy), dump);
  EXPECT_EQ(copy.corrections(label.digest)->size(), 2U);
}

TEST_F(Corrections, GoWithTheLastArticleOfTheirText) {
  Archive archive = open();
  add(archive, ledger_of("a", "Broen er stengt"));
  add(archive, ledger_of("b", "Broen er stengt"));
  ASSERT_TRUE(archive.correct(correction()));
  ASSERT_TRUE(archive.forget({archive.find("a")->id}));
  EXPECT_EQ(archive.corrections(correction().digest)->size(), 1U);
  ASSERT_TRUE(archive.forget({archive.find("b")->id}));
  EXPECT_TRUE(archive.corrections(correction().digest)->empty());
}

TEST_F(Corrections, JsonComesBack) {
  const auto read = correction_from_json(to_json(correction()));
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(*read, correction());
  for (const char* bad :
       {"", "[]", "{}", R"({"span":[1]})", R"({"span":[-1,2]})", R"({"span":[0,2],"value":3})"})
    EXPECT_FALSE(correction_from_json(bad)) << bad;
}

/// tests/store/schema1.db.zst: an archive that the last program with schema 1 made.
class OldArchive : public Corrections {
 protected:
  void SetUp() override {
    Corrections::SetUp();
    std::ifstream in(std::string(AVSTAND_SOURCE_DIR) + "/tests/store/schema1.db.zst",
                     std::ios::binary);
    std::stringstream packed;
    packed << in.rdbuf();
    const auto bytes = unpack(packed.str());
    ASSERT_TRUE(bytes) << bytes.error().to_string();
    std::ofstream(path(), std::ios::binary) << *bytes;
  }
};

TEST_F(OldArchive, IsReadAsItIs) {
  Archive archive = open(Archive::Mode::kRead);
  EXPECT_EQ(*archive.articles(), 1);
  EXPECT_TRUE(archive.corrections(correction().digest)->empty());
  EXPECT_NE(dumped(archive).find("avstand/archive/1"), std::string::npos);
}

TEST_F(OldArchive, IsBroughtUpWhenItIsWrittenTo) {
  std::string before, after;
  {
    Archive archive = open(Archive::Mode::kRead);
    before = dumped(archive);
  }
  {
    Archive archive = open(Archive::Mode::kWrite);
    EXPECT_TRUE(archive.check()->empty());
    add(archive, ledger_of("a", "Broen er stengt"));
    EXPECT_TRUE(*archive.correct(correction()));
  }
  Archive archive = open(Archive::Mode::kRead);
  EXPECT_EQ(archive.corrections(correction().digest)->size(), 1U);
  EXPECT_EQ(dumped(archive).substr(0, before.size()), before);
}

TEST_F(OldArchive, TwoThatOpenItAtOnceBringItUpOnce) {
  auto first = open(Archive::Mode::kWrite);
  auto second = open(Archive::Mode::kWrite);
  EXPECT_TRUE(first.check()->empty());
  EXPECT_TRUE(second.check()->empty());
}

}  // namespace
}  // namespace avstand::store
