#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "base/file.h"
#include "base/hash.h"
#include "base/ordered_pipeline.h"
#include "base/string_pool.h"
#include "base/table.h"

namespace avstand {
namespace {

constexpr std::string_view kHead = "# source: us\n# licence: CC0\n# columns: a\tb\n";

std::string temp_path(const std::string& name) { return testing::TempDir() + name; }

TEST(Error, SaysFileLineAndByte) {
  const Error e{.message = "bad", .file = "f.json", .line = 3, .offset = 17, .hint = "mend it"};
  EXPECT_EQ(e.to_string(), "f.json:line 3, byte 17: bad (mend it)");
  EXPECT_EQ((Error{.message = "bad"}).to_string(), "bad");
  EXPECT_EQ((Error{.message = "bad", .offset = 4}).to_string(), "byte 4: bad");
}

TEST(File, ReadsUpToTheLimitAndNotOver) {
  const std::string path = temp_path("limit.txt");
  ASSERT_TRUE(write_file(path, "12345"));
  EXPECT_EQ(*read_file(path, 5), "12345");
  const auto over = read_file(path, 4);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, ErrorCode::kLimit);
  EXPECT_FALSE(read_file(temp_path("absent"), 5));
  EXPECT_FALSE(read_file(testing::TempDir(), 5)) << "a directory is not a file";
}

TEST(File, MapsWhatWasWritten) {
  const std::string path = temp_path("map.bin");
  ASSERT_TRUE(write_file(path, "abc"));
  auto map = MappedFile::open(path);
  ASSERT_TRUE(map);
  MappedFile moved = std::move(*map);
  EXPECT_EQ(moved.bytes().size(), 3u);
  EXPECT_EQ(static_cast<char>(moved.bytes()[2]), 'c');
  ASSERT_TRUE(write_file(path, ""));
  EXPECT_EQ(MappedFile::open(path)->bytes().size(), 0u);
  EXPECT_FALSE(MappedFile::open(testing::TempDir()));
}

TEST(File, FailedWriteLeavesNothing) { EXPECT_FALSE(write_file(temp_path("no/such/dir/x"), "a")); }

TEST(Hash, KnownAnswers) {
  EXPECT_EQ(sha256("abc"),
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(xxh64(std::string_view()), 0xef46db3751d8e999u);
  EXPECT_EQ(xxh64(std::string_view("a")), 0xd24ec4f1a98c6e5bu);
}

TEST(Table, ReadsCellsAndKeepsLines) {
  const auto t = Table::parse(std::string(kHead) + "x\ty\n\n# note\n-\tz\r\nw\n", "t", {"a", "b"});
  ASSERT_TRUE(t) << t.error().to_string();
  ASSERT_EQ(t->rows().size(), 3u);
  EXPECT_EQ(t->rows()[0].cells, (std::vector<std::string>{"x", "y"}));
  EXPECT_EQ(t->rows()[1].cells, (std::vector<std::string>{"", "z"}));
  EXPECT_EQ(t->rows()[1].line, 7u);
  EXPECT_EQ(t->rows()[2].cells, (std::vector<std::string>{"w", ""}));
}

TEST(Table, SaysWhatIsWrongAndWhere) {
  const auto wide = Table::parse(std::string(kHead) + "1\t2\t3\n", "t.tsv", {"a", "b"});
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().to_string(), "t.tsv:line 4: 3 cells where at most 2 are due");
  EXPECT_FALSE(Table::parse(std::string(kHead) + "1\n", "t", {"a", "c"})) << "wrong columns";
  EXPECT_FALSE(Table::parse("# source: x\n# columns: a\n1\n", "t", {"a"})) << "no licence";
  EXPECT_FALSE(Table::load(temp_path("absent.tsv"), {"a"}));
}

TEST(Split, KeepsEmptyPieces) {
  EXPECT_TRUE(split("", ',').empty());
  EXPECT_EQ(split("a,,b,", ',').size(), 4u);
}

TEST(StringPool, GivesEachStringOneId) {
  StringPool pool;
  const StringId a = pool.intern("avis");
  for (int i = 0; i < 1000; ++i) pool.intern(std::to_string(i));
  EXPECT_EQ(pool.intern("avis"), a);
  EXPECT_EQ(pool.view(a), "avis");
  EXPECT_EQ(pool.view(StringId::kEmpty), "");
}

class Ordered : public testing::TestWithParam<size_t> {};

TEST_P(Ordered, EmitsInPushOrderWithinTheWindow) {
  constexpr size_t kCount = 500, kWindow = 8;
  struct Item {
    size_t number;
    bool worked = false;
  };
  std::atomic<size_t> pushed{0}, emitted{0};
  std::vector<size_t> order;
  OrderedPipeline<Item> pipeline(
      GetParam(), kWindow,
      [&](Item& item, size_t worker) {
        EXPECT_LT(worker, GetParam());
        EXPECT_LE(pushed - emitted, kWindow + 1) << "one more may be waiting to get in";
        item.worked = true;
      },
      [&](Item& item) {
        EXPECT_TRUE(item.worked);
        order.push_back(item.number);
        ++emitted;
      });
  for (size_t i = 0; i < kCount; ++i) {
    ++pushed;
    pipeline.push({i});
  }
  pipeline.finish();
  ASSERT_EQ(order.size(), kCount);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

INSTANTIATE_TEST_SUITE_P(Threads, Ordered, testing::Values(1, 2, 7));

TEST(OrderedEdge, NothingToDo) {
  OrderedPipeline<int>(4, 4, [](int&, size_t) { FAIL(); }, [](int&) { FAIL(); }).finish();
}

}  // namespace
}  // namespace avstand
