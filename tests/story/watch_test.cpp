// Questions that are saved about the stories of an archive.
#include "story/watch.h"

#include <sstream>

#include "story/keeper_fixture.h"

namespace avstand::story {
namespace {

class WatchTest : public KeeperTest {
 protected:
  static std::vector<News> told(store::Archive& archive) {
    store::WatchTables tables(archive);
    EXPECT_TRUE(archive.begin());
    const auto reports = look(tables);
    EXPECT_TRUE(reports) << (reports ? "" : reports.error().message);
    EXPECT_TRUE(archive.commit());
    std::vector<News> out;
    for (const Report& r : *reports) {
      out.push_back(r.news);
      EXPECT_FALSE(to_text(r).empty());
      EXPECT_TRUE(nlohmann::json::accept(to_json(r)));
    }
    return out;
  }
};

TEST_F(WatchTest, ASecondOriginAndARetractionAreToldOnce) {
  store::Archive archive = open();
  add(archive, article("a", 1, {{kSlide, "Police"}}));
  add(archive, article("b", 2, {{kSlide, "Police"}}));
  ASSERT_TRUE(archive.commit());
  store::WatchTables tables(archive);
  const auto claim = tables.claim(1, "c1");
  ASSERT_TRUE(claim && *claim);
  EXPECT_EQ((*claim)->origins, std::vector<std::string>{"Police"});
  ASSERT_TRUE(tables.add(watch_of_claim(**claim)));
  EXPECT_EQ(told(archive), std::vector<News>{});
  // An earlier article, so that the story has another number and the claim perhaps another name.
  add(archive, article("0", 0, {{{"Nesvik", "weather"}, ""}, {kSlide, "Road Office"}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(told(archive), std::vector<News>{News::kSecondOrigin});
  EXPECT_EQ(told(archive), std::vector<News>{});
  add(archive, article("r", 6, {{kSlide, "Police", Stance::kRetracts}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_EQ(told(archive), std::vector<News>{News::kRetracted});
  EXPECT_EQ(told(archive), std::vector<News>{});
  std::vector<int64_t> all;
  for (const char* id : {"a", "b", "0", "r"}) all.push_back(archive.find(id)->id);
  ASSERT_TRUE(archive.forget(all));
  EXPECT_EQ(told(archive), std::vector<News>{News::kGone});
  EXPECT_TRUE(tables.all()->empty());
}

TEST_F(WatchTest, AnOriginIsWatchedWithWhatItSaysLater) {
  store::Archive archive = open();
  store::WatchTables tables(archive);
  add(archive, article("a", 1, {{kSlide, "Police"}}));
  add(archive, article("b", 2, {{kSlide, "Police"}}));
  add(archive, article("c", 2, {{kPrize, "Jury"}}));
  ASSERT_TRUE(archive.commit());
  const auto watch = watch_of_origin(tables, "police");
  ASSERT_TRUE(watch);
  EXPECT_EQ(watch->claims.size(), 1U);
  ASSERT_TRUE(tables.add(*watch));
  const auto jury = watch_of_origin(tables, "Jury");
  EXPECT_TRUE(jury->claims.empty());
  ASSERT_TRUE(tables.add(*jury));
  EXPECT_TRUE(told(archive).empty());
  add(archive, article("d", 3, {{kPrize, "Jury"}}));
  ASSERT_TRUE(archive.commit());
  EXPECT_TRUE(told(archive).empty());  // seen now
  add(archive, article("e", 4, {{kPrize, "Bakers"}}));
  add(archive, article("f", 4, {{kSlide, "Road Office"}}));
  ASSERT_TRUE(archive.commit());
  std::string before;  // the questions come through a dump
  ASSERT_TRUE(archive.dump([&](const std::string& line) { before += line; }));
  auto copy = store::Archive::open((folder_ / "copy.db").string(), store::Archive::Mode::kCreate);
  ASSERT_TRUE(copy && Keeper::attach(*copy));
  for (int twice = 0; twice < 2; ++twice) {
    std::istringstream lines(before);
    const auto restored = copy->restore(
        [&](std::string& line) { return static_cast<bool>(std::getline(lines, line)); });
    ASSERT_TRUE(restored) << restored.error().message;
    std::string after;
    ASSERT_TRUE(copy->dump([&](const std::string& line) { after += line; }));
    EXPECT_EQ(after, before);
  }
  EXPECT_EQ(told(*copy), (std::vector<News>{News::kSecondOrigin, News::kSecondOrigin}));
  EXPECT_EQ(told(archive), (std::vector<News>{News::kSecondOrigin, News::kSecondOrigin}));
  EXPECT_EQ(tables.all()->size(), 2U);
  EXPECT_TRUE(*tables.remove(1));
  EXPECT_FALSE(*tables.remove(1));
}

}  // namespace
}  // namespace avstand::story
