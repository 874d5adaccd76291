// Packed files and content codings, and their limits.
#include "archive/unpack.h"

#include <gtest/gtest.h>

#include "support/make_archive.h"

namespace avstand::archive {
namespace {

/// All bytes that can be had, and the errors on the way.
struct Unpacked {
  std::string bytes;
  std::vector<Error> errors;
};

Unpacked unpack_all(std::string_view packed, const UnpackLimits& limits = {}) {
  Unpacked out;
  ByteSource source(unpack(ByteSource(packed), limits));
  for (;;) {
    source.read_rest(out.bytes, SIZE_MAX);
    if (!source.failed()) return out;
    out.errors.push_back(*source.error());
    if (!source.recover()) return out;
  }
}

TEST(Unpack, KnowsPackedFilesByTheirFirstBytes) {
  EXPECT_TRUE(looks_packed(make::deflated("a")));
  EXPECT_TRUE(looks_packed(make::zstd("a")));
  EXPECT_FALSE(looks_packed("WARC/1.0"));
  EXPECT_FALSE(looks_packed(""));
}

TEST(Unpack, OneMemberOrMany) {
  for (const auto& pack : {+[](std::string_view s) { return make::deflated(s); },
                           +[](std::string_view s) { return make::zstd(s); }}) {
    const std::string large(200'000, 'x');
    EXPECT_EQ(unpack_all(pack("one")).bytes, "one");
    const Unpacked got = unpack_all(pack("one ") + pack("") + pack(large) + pack(" three"));
    EXPECT_EQ(got.bytes, "one " + large + " three");
    EXPECT_TRUE(got.errors.empty());
  }
}

TEST(Unpack, ZerosBehindTheLastMemberAreNothing) {
  const Unpacked got = unpack_all(make::deflated("one") + std::string(1000, '\0'));
  EXPECT_EQ(got.bytes, "one");
  EXPECT_TRUE(got.errors.empty());
}

TEST(Unpack, AFileThatEndsInAMemberIsAnErrorBehindWhatWasThere) {
  const std::string packed = make::deflated("one") + make::deflated(make::page("Nesvik"));
  const Unpacked got = unpack_all(std::string_view(packed).substr(0, packed.size() - 30));
  EXPECT_TRUE(got.bytes.starts_with("one<!DOCTYPE"));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].message, "the file ends inside a packed part");
  EXPECT_EQ(got.errors[0].offset, make::deflated("one").size());
}

TEST(Unpack, GoesOnBehindABrokenMember) {
  std::string broken = make::deflated(make::page("Vik"));
  for (size_t i = 40; i < 60; ++i) broken[i] = static_cast<char>(~broken[i]);
  const Unpacked got = unpack_all(make::deflated("one") + broken + make::deflated("three"));
  EXPECT_TRUE(got.bytes.starts_with("one"));
  EXPECT_TRUE(got.bytes.ends_with("three"));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].code, ErrorCode::kInput);
}

TEST(Unpack, GoesOnBehindAMemberThatIsCutShort) {
  const std::string cut = make::deflated(make::page("Vik")).substr(0, 80);
  const Unpacked got = unpack_all(make::deflated("one") + cut + make::deflated("three"));
  EXPECT_TRUE(got.bytes.ends_with("three"));
  EXPECT_FALSE(got.errors.empty());
}

TEST(Unpack, OverItsRatioAMemberIsLeftAndTheNextIsRead) {
  const std::string bomb = make::deflated(std::string(20'000'000, '\0'));
  const Unpacked got = unpack_all(bomb + make::deflated("next"), {.max_ratio = 100});
  EXPECT_LT(got.bytes.size(), 5'000'000U);
  EXPECT_TRUE(got.bytes.ends_with("next"));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].code, ErrorCode::kLimit);
  EXPECT_EQ(got.errors[0].hint, "raise --max-ratio");
}

TEST(Unpack, OverItsSizeAFileIsLeft) {
  const std::string packed = make::zstd(std::string(70'000, 'x')) + make::zstd("next");
  const Unpacked got = unpack_all(packed, {.max_bytes = 50'000});
  EXPECT_FALSE(got.bytes.ends_with("next"));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].code, ErrorCode::kLimit);
  EXPECT_EQ(got.errors[0].hint, "raise --max-unpacked");
}

TEST(Unpack, APartThatTakesTooLongIsLeftAndTheNextIsRead) {
  const std::string packed = make::deflated(std::string(300'000, 'x')) + make::deflated("two");
  ByteSource source(unpack(ByteSource(packed), {}));
  std::string bytes;
  source.limit_time(Deadline(1));
  ASSERT_TRUE(source.read_bytes(bytes, 10));
  source.limit_time(Deadline(1, 2));
  source.read_rest(bytes, SIZE_MAX);
  ASSERT_TRUE(source.failed());
  EXPECT_EQ(source.error()->message, "takes longer than 1 s; given up after unpacking");
  EXPECT_EQ(source.error()->offset, 0U);
  source.limit_time(Deadline(1));
  ASSERT_TRUE(source.recover());
  bytes.clear();
  source.read_rest(bytes, SIZE_MAX);
  EXPECT_EQ(bytes, "two");
  EXPECT_FALSE(source.failed());
}

TEST(Unpack, SkippableFramesOfZstandardAreSkipped) {
  const std::string skippable(
      "\x50\x2A\x4D\x18\x03\x00\x00\x00"
      "abc",
      11);
  EXPECT_EQ(unpack_all(skippable + make::zstd("one") + skippable + make::zstd("two")).bytes,
            "onetwo");
}

std::string zstd_with(std::string_view dictionary, std::string_view plain) {
  std::string out(ZSTD_compressBound(plain.size()), '\0');
  ZSTD_CCtx* state = ZSTD_createCCtx();
  out.resize(ZSTD_compress_usingDict(state, out.data(), out.size(), plain.data(), plain.size(),
                                     dictionary.data(), dictionary.size(), 3));
  ZSTD_freeCCtx(state);
  return out;
}

TEST(Unpack, ADictionaryAtTheBeginningPackedOrNot) {
  const std::string dictionary = make::page("Nesvik");
  const std::string plain = make::page("Lervik");
  const std::string members = zstd_with(dictionary, plain) + zstd_with(dictionary, plain);
  ASSERT_FALSE(unpack_all(members).errors.empty()) << "the dictionary is of use";
  for (const std::string& held : {dictionary, make::zstd(dictionary)}) {
    std::string head("\x5D\x2A\x4D\x18", 4);
    for (int i = 0; i < 4; ++i) head += static_cast<char>(held.size() >> (8 * i));
    const Unpacked got = unpack_all(head + held + members);
    EXPECT_EQ(got.bytes, plain + plain);
    EXPECT_TRUE(got.errors.empty());
  }
  const Unpacked cut = unpack_all(std::string("\x5D\x2A\x4D\x18\xFF\x00\x00\x00short", 13));
  ASSERT_EQ(cut.errors.size(), 1U);
  EXPECT_EQ(cut.errors[0].message, "a dictionary that ends early");
}

TEST(Codings, AllThatServersUse) {
  const std::string plain = make::page("Nesvik");
  const std::vector<std::pair<std::string, std::string>> codings = {
      {"gzip", make::deflated(plain)},
      {"x-gzip", make::deflated(plain)},
      {"deflate", make::deflated(plain, 15)},
      {"deflate", make::deflated(plain, -15)},
      {"br", make::brotli(plain)},
      {"zstd", make::zstd(plain)},
      {"identity", plain}};
  for (const auto& [coding, packed] : codings) {
    bool cut = true;
    const auto got = unpack_coding(packed, coding, 1'000'000, cut);
    ASSERT_TRUE(got) << coding;
    EXPECT_EQ(*got, plain) << coding;
    EXPECT_FALSE(cut) << coding;
  }
}

TEST(Codings, CutShortGivesWhatWasThere) {
  const std::string plain = make::page("Nesvik");
  for (const auto& [coding, packed] :
       {std::pair("gzip", make::deflated(plain)), std::pair("br", make::brotli(plain))}) {
    bool cut = false;
    const auto got =
        unpack_coding(std::string_view(packed).substr(0, packed.size() - 20), coding, 9999, cut);
    ASSERT_TRUE(got) << coding;
    EXPECT_TRUE(plain.starts_with(*got)) << coding;
    EXPECT_TRUE(cut) << coding;
  }
}

TEST(Codings, OverTheLimitUnknownOrBroken) {
  bool cut = false;
  const std::string bomb = make::deflated(std::string(1'000'000, 'x'));
  EXPECT_EQ(unpack_coding(bomb, "gzip", 999'999, cut).error().code, ErrorCode::kLimit);
  EXPECT_TRUE(unpack_coding(bomb, "gzip", 1'000'000, cut));
  EXPECT_EQ(unpack_coding("x", "compress", 100, cut).error().code, ErrorCode::kInput);
  for (const char* coding : {"gzip", "br", "zstd", "deflate"})
    EXPECT_FALSE(unpack_coding("\xFF\xFF\xFF\xFF\xFF\xFF", coding, 100, cut)) << coding;
}

}  // namespace
}  // namespace avstand::archive
