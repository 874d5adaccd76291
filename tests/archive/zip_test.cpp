// Zip files as WACZ are, and names of members that would lead out of them.
#include "archive/zip.h"

#include <gtest/gtest.h>

#include "support/make_archive.h"

namespace avstand::archive {
namespace {

Result<std::string> read(const ZipArchive& zip, size_t member, const UnpackLimits& limits = {}) {
  auto stream = zip.stream(zip.members().at(member), limits);
  if (!stream) return std::move(stream).error();
  ByteSource source(std::move(*stream));
  std::string out;
  source.read_rest(out, SIZE_MAX);
  if (source.failed()) return *source.error();
  return out;
}

TEST(Zip, MembersStoredAndPacked) {
  const std::string large(300'000, 'x');
  const std::string file = make::zip({{"archive/a.warc", "stored"}, {"b", large, true}});
  ASSERT_TRUE(looks_like_zip(file));
  const auto zip = ZipArchive::from_memory(file);
  ASSERT_TRUE(zip);
  ASSERT_EQ(zip->members().size(), 2U);
  EXPECT_EQ(zip->members()[0].name, "archive/a.warc");
  EXPECT_EQ(*read(*zip, 0), "stored");
  EXPECT_EQ(*read(*zip, 1), large);
}

TEST(Zip, LimitsOfAMember) {
  const std::string file = make::zip({{"bomb", std::string(20'000'000, '\0'), true}});
  const auto zip = ZipArchive::from_memory(file);
  ASSERT_TRUE(zip);
  EXPECT_EQ(read(*zip, 0, {.max_bytes = 1'000'000, .max_ratio = 100'000}).error().hint,
            "raise --max-unpacked");
  EXPECT_EQ(read(*zip, 0, {.max_ratio = 100}).error().hint, "raise --max-ratio");
  EXPECT_TRUE(read(*zip, 0, {.max_ratio = 100'000}));
}

TEST(Zip, BrokenFilesAreErrors) {
  const std::string file = make::zip({{"a", make::page("Vik"), true}});
  for (size_t size = 4; size < file.size(); size += 7)
    EXPECT_FALSE(ZipArchive::from_memory(std::string_view(file).substr(0, size))) << size;
  std::string wrong = file;
  wrong[60] = static_cast<char>(~wrong[60]);
  const auto zip = ZipArchive::from_memory(wrong);
  ASSERT_TRUE(zip);
  EXPECT_FALSE(read(*zip, 0));
}

TEST(Zip, NamesThatLeadOut) {
  using namespace std::string_view_literals;
  for (const std::string_view name :
       {"a.warc"sv, "archive/a.warc.gz"sv, "a..b/c"sv, "..."sv, "æ/ø.warc"sv})
    EXPECT_TRUE(is_inside(name)) << name;
  for (const std::string_view name :
       {""sv, "/etc/a.warc"sv, "../a.warc"sv, "a/../../b.warc"sv, "a/.."sv, "a\\..\\b.warc"sv,
        "C:/a.warc"sv, "a\nb.warc"sv, "a\0b.warc"sv})
    EXPECT_FALSE(is_inside(name)) << name;
}

}  // namespace
}  // namespace avstand::archive
