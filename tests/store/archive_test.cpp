#include "store/archive.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/hash.h"
#include "store/diff.h"
#include "store/packing.h"

namespace avstand::store {
namespace {

namespace fs = std::filesystem;

/// A ledger with one attributed statement, as small as the schema allows.
std::string ledger(const std::string& id, const std::string& text, const std::string& origin,
                   const std::string& url = "") {
  const std::string end = std::to_string(text.size());  // ASCII only: bytes are code points
  return R"({"schema":"avstand/ledger/1","document":{"id":")" + id + R"(","url":)" +
         (url.empty() ? "null" : "\"" + url + "\"") +
         R"(,"language":"nb","title":null,"published":"2026-07-03","outlet":{"name":"Nesvikposten","entity":null},"text":")" +
         text + R"(","digest":")" + sha256(text) +
         R"("},"blocks":[{"kind":"headline","begin":0,"end":4}],"entities":[{"id":"e1","type":"organisation","name":")" +
         origin +
         R"(","qid":null,"profile":{"kind":"police","country":null,"control":"state"},"mentions":[]}],"statements":[{"id":"s1","content":[[0,)" +
         end +
         R"(]],"cue":[],"source":[],"quote":"indirect","act":"say","speaker":"e1","chain":[{"entity":"e1","name":")" +
         origin +
         R"(","link":"origin"}],"distance":1,"evidence":"statement","commitment":"neutral","verification":{"status":"none"},"interested":false,"parent":null}],"pictures":[],"findings":[],"summary":{"statements":1,"independent_origins":1,"unverified":0}})";
}

class ArchiveTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "avstand-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string path(const std::string& name = "a.db") const { return (folder_ / name).string(); }

  static Added add(Archive& archive, const std::string& ledger, const std::string& lemmas = "bro") {
    const Record record{ledger, lemmas, "features"};
    auto rows = rows_of(ledger);
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    auto added = archive.add(record, *rows);
    EXPECT_TRUE(added) << (added ? "" : added.error().message);
    return *added;
  }

  Archive make(int articles) {
    auto archive = Archive::open(path(), Archive::Mode::kCreate);
    EXPECT_TRUE(archive) << (archive ? "" : archive.error().message);
    for (int i = 0; i < articles; ++i)
      add(*archive,
          ledger("a" + std::to_string(i), "Broen er stengt " + std::to_string(i), "Politiet"));
    EXPECT_TRUE(archive->commit());
    return std::move(*archive);
  }

  void execute(const std::string& sql) const {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path().c_str(), &handle), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    sqlite3_close(handle);
  }

  static std::string dumped(Archive& archive) {
    std::string out;
    EXPECT_TRUE(archive.dump([&](const std::string& line) { out += line; }));
    return out;
  }

  fs::path folder_;
};

TEST_F(ArchiveTest, AddingTwiceChangesNothing) {
  Archive archive = make(0);
  EXPECT_EQ(add(archive, ledger("a", "Broen er stengt", "Politiet")), Added::kNew);
  EXPECT_EQ(add(archive, ledger("a", "Broen er stengt", "Politiet")), Added::kKnown);
  EXPECT_EQ(*archive.articles(), 1);
}

TEST_F(ArchiveTest, AnotherTextAtAKnownAddressIsAVersionOfOneArticle) {
  Archive archive = make(0);
  const std::string url = "https://example.org/sak";
  EXPECT_EQ(add(archive, ledger("a", "Broen er stengt", "Politiet", url + "?utm_source=x#top")),
            Added::kNew);
  EXPECT_EQ(add(archive, ledger("b", "Broen er stengt til fredag", "Vegvesenet", url)),
            Added::kVersion);
  EXPECT_EQ(*archive.articles(), 1);
  const auto found = archive.find(url);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->versions, 2);
  const auto all = archive.ledgers(found->id);
  ASSERT_TRUE(all);
  const auto changes = diff((*all)[0], (*all)[1]);
  ASSERT_TRUE(changes);
  const auto first = archive.version(found->id, 1), newest = archive.version(found->id, 0);
  ASSERT_TRUE(first && *first && newest && *newest);
  EXPECT_EQ((*first)->ledger, (*all)[0]);
  EXPECT_EQ((*newest)->ledger, (*all)[1]);
  EXPECT_EQ((*newest)->number, 2);
  EXPECT_NE((*newest)->ledger.find((*newest)->digest), std::string::npos);
  EXPECT_FALSE(*archive.version(found->id, 3));
  EXPECT_EQ(changes->added, 1U);
  EXPECT_EQ(changes->dropped, 1U);
  EXPECT_TRUE(archive.check()->empty());
}

TEST_F(ArchiveTest, TheSameTextReadAnewReplacesItsLedger) {
  Archive archive = make(0);
  add(archive, ledger("a", "Broen er stengt", "Politiet"));
  EXPECT_EQ(add(archive, ledger("a", "Broen er stengt", "Vegvesenet")), Added::kAnew);
  EXPECT_EQ(archive.source("politiet", 5)->statements, 0);
  EXPECT_EQ(archive.source("vegvesenet", 5)->statements, 1);
  EXPECT_TRUE(archive.check()->empty());
}

TEST_F(ArchiveTest, ASourceIsFoundWithItsArticleAndWithout) {
  Archive archive = make(0);
  add(archive, ledger("a", "The bridge is closed", "The Roads Agency"));
  add(archive, ledger("b", "The bridge is open", "Roads Agency"));
  for (const char* name : {"roads agency", "The Roads Agency"}) {
    const auto report = archive.source(name, 5);
    ASSERT_TRUE(report) << name;
    EXPECT_EQ(report->statements, 2) << name;
    EXPECT_EQ(report->latest.size(), 2U) << name;
  }
  EXPECT_EQ(archive.source("agency", 5)->statements, 0);
}

TEST_F(ArchiveTest, TheSumsOfASourceFollowItsArticles) {
  Archive archive = make(0);
  add(archive, ledger("a", "The bridge is closed", "The Roads Agency"));
  add(archive, ledger("b", "The bridge is open", "roads agency"));
  add(archive, ledger("c", "The bridge is gone", "Police"));
  EXPECT_EQ(archive.source("Roads Agency", 5)->articles, 2);
  EXPECT_EQ(archive.source("Roads Agency", 1)->latest.size(), 1U);
  add(archive, ledger("a", "The bridge is open again", "Police"));
  EXPECT_EQ(archive.source("Roads Agency", 5)->articles, 1);
  EXPECT_EQ(archive.source("roads agency", 5)->name, "roads agency");
  EXPECT_EQ(archive.source("Police", 5)->articles, 2);
  EXPECT_EQ(archive.source("", 5)->articles, 0);
  EXPECT_TRUE(archive.check()->empty());
  ASSERT_TRUE(archive.forget({archive.find("b")->id, archive.find("c")->id}));
  EXPECT_EQ(archive.source("Roads Agency", 5)->statements, 0);
  EXPECT_EQ(archive.source("Police", 5)->latest.size(), 1U);
  EXPECT_TRUE(archive.check()->empty());
}

TEST_F(ArchiveTest, ADumpMakesTheSameArchive) {
  Archive archive = make(3);
  add(archive, ledger("a1", "Broen er open", "Politiet"));
  ASSERT_TRUE(archive.commit());
  const std::string first = dumped(archive);
  auto copy = Archive::open(path("copy.db"), Archive::Mode::kCreate);
  ASSERT_TRUE(copy);
  std::istringstream lines(first);
  const auto restored = copy->restore(
      [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->articles, 3U);
  EXPECT_EQ(restored->changed, 4U);
  EXPECT_EQ(dumped(*copy), first);
  EXPECT_TRUE(copy->check()->empty());
}

TEST_F(ArchiveTest, VersionsThatAreThereAreTakenInOnce) {
  const std::string url = "https://example.org/sak";
  const std::vector<std::string> versions = {ledger("a", "Broen er stengt", "Politiet", url),
                                             ledger("a", "Broen er open", "Politiet", url),
                                             ledger("a", "Broen er vekk", "Politiet", url)};
  Archive archive = make(1);
  for (const std::string& version : versions) add(archive, version);
  ASSERT_TRUE(archive.commit());
  const std::string wanted = dumped(archive);
  // The same input again, as after a kill; and what a dump has, in whole and in part.
  for (const std::string& version : versions) EXPECT_EQ(add(archive, version), Added::kKnown);
  const std::string one = wanted.substr(0, wanted.find("Broen er vekk"));
  const std::string part = one.substr(0, one.rfind('\n') + 1);
  std::string shorter = part;
  shorter.replace(shorter.find("\"versions\":3"), 12, "\"versions\":2");
  for (const std::string& dump : {wanted, wanted, shorter}) {
    std::istringstream lines(dump);
    const auto restored = archive.restore(
        [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ(restored->changed, 0U);
    EXPECT_EQ(dumped(archive), wanted);
  }
  // An older version read by another engine is replaced where it is.
  EXPECT_EQ(add(archive, ledger("a", "Broen er stengt", "Vegvesenet", url)), Added::kAnew);
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(archive.find(url)->versions, 3);
  EXPECT_EQ(archive.source("vegvesenet", 5)->statements, 0);  // the newest is as it was
  EXPECT_TRUE(archive.check()->empty());
}

TEST_F(ArchiveTest, BadLinesOfADumpAreRefusedWithTheirNumber) {
  Archive archive = make(1);
  const std::string header =
      R"({"schema":"avstand/archive/1","versions":1,"lemmas":"","features":)";
  for (const std::string& bad :
       {std::string("{}"), std::string("[1]"), std::string(R"({"schema":"avstand/archive/2"})"),
        header + R"("!"})", header + R"(""})", header + "\"\"}\n{}"}) {
    std::istringstream lines("\n" + bad + "\n");
    const auto restored = archive.restore(
        [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
    ASSERT_FALSE(restored) << bad;
    EXPECT_GE(restored.error().line.value_or(0), 2U) << bad;
  }
  EXPECT_EQ(*archive.articles(), 1);
}

TEST_F(ArchiveTest, SearchFindsFormsByLemmaAndKeepsToItsFilters) {
  Archive archive = make(0);
  add(archive, ledger("a", "Broen ble stengt i gaar", "Politiet"), "bro bli stenge i gaar");
  add(archive, ledger("b", "Veien er fin", "Vegvesenet"), "vei vaere fin");
  const auto hits = archive.search({.words = {{"stenger", "stenge"}}});
  ASSERT_TRUE(hits);
  ASSERT_EQ(hits->size(), 1U);
  EXPECT_NE(bracketed(hits->front()).find("[stengt]"), std::string::npos) << hits->front().snippet;
  EXPECT_EQ(archive.search({.words = {{"stenge"}}, .outlet = "VG"})->size(), 0U);
  EXPECT_EQ(archive.search({.words = {}, .origin = "VEGVESENET"})->size(), 1U);
  EXPECT_EQ(archive.search({.words = {}, .from = "2026-07", .to = "2026-07"})->size(), 2U);
  EXPECT_EQ(archive.search({.words = {}, .to = "2026-06"})->size(), 0U);
  // No word is an operator of the search.
  EXPECT_TRUE(archive.search({.words = {{"\" OR text:*"}, {"NEAR("}}}));
}

TEST_F(ArchiveTest, WhatIsForgottenIsInNoByteOfTheFile) {
  Archive archive = make(2);
  add(archive, ledger("secret", "Vitnet Xyzzyson fortalte alt", "Xyzzyson"), "vitne xyzzyson");
  ASSERT_TRUE(archive.commit());
  const auto naming = archive.naming("Xyzzyson");
  ASSERT_TRUE(naming);
  ASSERT_EQ(naming->size(), 1U);
  ASSERT_TRUE(archive.forget({naming->front().id}));
  EXPECT_EQ(archive.search({.words = {{"xyzzyson"}}})->size(), 0U);
  EXPECT_TRUE(archive.check()->empty());
  for (const char* part : {"a.db", "a.db-wal"}) {
    std::ifstream in(path(part), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    for (char& c : bytes) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    EXPECT_EQ(bytes.find("yzzyson"), std::string::npos) << part;
  }
}

TEST_F(ArchiveTest, AReaderGoesOnWhileAnotherAdds) {
  Archive writer = make(2);
  auto reader = Archive::open(path(), Archive::Mode::kRead);
  ASSERT_TRUE(reader);
  add(writer, ledger("new", "Noe nytt", "NTB"));
  EXPECT_EQ(*reader->articles(), 2);  // not committed
  ASSERT_TRUE(writer.commit());
  EXPECT_EQ(*reader->articles(), 3);
}

TEST_F(ArchiveTest, OtherFilesAreRefusedAndLeftAsTheyAre) {
  std::ofstream(path("text.db"))
      << "no database at all, but long enough to be read as a header ........"
         "...................................................";
  EXPECT_FALSE(Archive::open(path("text.db"), Archive::Mode::kCreate));
  EXPECT_FALSE(Archive::open(path("none.db"), Archive::Mode::kWrite));
  EXPECT_FALSE(fs::exists(path("none.db")));
  execute("CREATE TABLE notes (x)");
  const auto opened = Archive::open(path(), Archive::Mode::kCreate);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().message, "this is no archive of Avstand");
}

TEST_F(ArchiveTest, ANewerOrTamperedArchiveIsRefused) {
  const std::vector<std::pair<const char*, const char*>> kTampering = {
      {"PRAGMA user_version = 99", "schema 99"},
      {"PRAGMA user_version = 5", "schema 5"},
      {"CREATE TRIGGER t AFTER INSERT ON articles BEGIN DELETE FROM versions; END", "trigger t"},
      {"CREATE INDEX i ON articles (hex(zeroblob(1)))", "index i"},
      {"CREATE VIRTUAL TABLE v USING fts5(x)", "table v"},
      {"DROP VIEW attributed; CREATE VIEW attributed AS SELECT 1", "view attributed"},
      {"ALTER TABLE findings ADD COLUMN x GENERATED ALWAYS AS (1)", "table findings"},
      {"DROP TABLE hops", "hops"},
  };
  for (const auto& [sql, told] : kTampering) {
    {
      make(1);
    }
    execute(sql);
    const auto bytes = [&] {
      std::ifstream in(path(), std::ios::binary);
      return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    };
    const std::string before = bytes();
    const auto opened = Archive::open(path(), Archive::Mode::kWrite);
    ASSERT_FALSE(opened) << sql;
    EXPECT_FALSE(Archive::open(path(), Archive::Mode::kRead)) << sql;
    EXPECT_EQ(bytes(), before) << sql;  // unharmed
    EXPECT_NE(opened.error().message.find(told), std::string::npos) << opened.error().message;
    for (const char* part : {"a.db", "a.db-wal", "a.db-shm"}) fs::remove(path(part));
  }
}

TEST_F(ArchiveTest, ViewsOfAReadersOwnMayStay) {
  {
    make(1);
  }
  execute("CREATE VIEW mine AS SELECT count(*) AS n FROM articles; CREATE TABLE notes (x)");
  EXPECT_TRUE(Archive::open(path(), Archive::Mode::kWrite));
}

TEST_F(ArchiveTest, CheckSeesRowsThatAreNotThoseOfTheLedger) {
  for (const char* sql :
       {"UPDATE statements SET origin = 'KCNA'", "DELETE FROM hops", "DELETE FROM versions",
        "UPDATE articles SET text = 'x'", "UPDATE versions SET ledger = x'00'",
        "UPDATE articles SET features = x'01'", "UPDATE versions SET number = 7",
        "UPDATE articles SET outlet = 'VG'", "UPDATE versions SET published = '2020'",
        "UPDATE entities SET name = 'X'", "UPDATE source_sums SET checked = checked + 1",
        "DELETE FROM source_articles", "UPDATE statements SET begin = 1"}) {
    {
      make(2);
    }
    execute(sql);
    auto archive = Archive::open(path(), Archive::Mode::kWrite);
    ASSERT_TRUE(archive);
    EXPECT_FALSE(archive->check()->empty()) << sql;
    for (const char* part : {"a.db", "a.db-wal", "a.db-shm"}) fs::remove(path(part));
  }
}

TEST(Packing, RefusesDamageAndLies) {
  const std::string packed = pack("one two three");
  EXPECT_EQ(*unpack(packed), "one two three");
  EXPECT_EQ(*unpack(pack("")), "");
  EXPECT_FALSE(unpack(""));
  EXPECT_FALSE(unpack("\x28\xb5\x2f\xfd"));
  EXPECT_FALSE(unpack(packed.substr(0, packed.size() - 2)));
}

TEST(Rows, AWrongLedgerIsRefusedWithAReason) {
  const std::string good = ledger("a", "Broen er stengt", "Politiet");
  ASSERT_TRUE(rows_of(good));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    return bad;
  };
  const auto why = [](const std::string& bad) {
    const auto rows = rows_of(bad);
    return rows ? std::string("none") : rows.error().message;
  };
  for (const std::string& bad :
       {std::string(), std::string("{"), good + "x", good.substr(0, good.size() / 2),
        with("Broen er", "Broen \xff"), with("Broen er", "Broen \\ud800"),
        with("Broen er", "Broen \\uDC00"), with("ledger/1", "ledger/\\u12")})
    EXPECT_EQ(why(bad), "not a ledger: no JSON") << bad;
  EXPECT_EQ(why("[]"), "not a ledger: 'schema' is missing");
  EXPECT_EQ(why("7"), "not a ledger: 'schema' is missing");
  EXPECT_EQ(why(with("ledger/1", "ledger/9")), "not a ledger: its schema is another one");
  for (const char* spans : {"[[0,16]]", "[[-1,3]]", "[[3,2]]", "[[0,18446744073709551615]]"})
    EXPECT_EQ(why(with("[[0,15]]", spans)), "not a ledger: a span is not in the text") << spans;
  for (const char* spans : {"[7]", "[[0]]", "[[0,1,2]]", "[[0,\"1\"]]", "[[0,1.5]]", "[{}]"})
    EXPECT_EQ(why(with("[[0,15]]", spans)), "not a ledger: a span is no pair of numbers") << spans;
  EXPECT_EQ(why(with("[[0,15]]", "null")), "not a ledger: 'content' is no list");
  EXPECT_EQ(why(with("\"speaker\":\"e1\"", "\"speaker\":\"e9\"")),
            "not a ledger: there is no entity 'e9'");
  EXPECT_EQ(why(with("\"speaker\":\"e1\"", "\"speaker\":1")),
            "not a ledger: 'speaker' is no string");
  EXPECT_EQ(why(with("Broen er stengt", "Broen er aapen!")),
            "not a ledger: the digest is not that of the text");
  EXPECT_EQ(why(with("{\"", "{\"schema\":7,\"")), "none");  // the last of a name counts
  // Pairs of surrogates, and what only looks like a half.
  EXPECT_EQ(why(with("Broen er", "Broen \\ud83d\\ude00 er")),
            "not a ledger: the digest is not that of the text");
  EXPECT_EQ(why(with("{\"", "{\"other\":\"\\\\ud800\",\"")), "none");
}

TEST(Rows, AnAddressIsOneWithoutTrackingAndFragment) {
  EXPECT_EQ(article_key("https://a.no/x?id=3&utm_source=y#z", "f"), "url:https://a.no/x?id=3");
  EXPECT_EQ(article_key("https://a.no/x?fbclid=1", "f"), "url:https://a.no/x");
  EXPECT_EQ(article_key(std::nullopt, "f"), "id:f");
}

}  // namespace
}  // namespace avstand::store
