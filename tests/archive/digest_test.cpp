#include "archive/digest.h"

#include <gtest/gtest.h>

#include <string>

#include "support/make_archive.h"

namespace avstand::archive {
namespace {

constexpr std::string_view kSha1 = "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5";  // FIPS 180-4: "abc"

TEST(Digest, Base32AndHexadecimalInAnyCase) {
  for (const std::string_view right :
       {kSha1, std::string_view("SHA-1:vgmt4nsha2awvor6evyxqugcnsonbwe5"),
        std::string_view("sha1:a9993e364706816aba3e25717850c26c9cd0d89d"),
        std::string_view("md5:900150983CD24FB0D6963F7D28E17F72"),
        std::string_view("sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ===="),
        std::string_view(
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")}) {
    EXPECT_EQ(has_digest("abc", right), true) << right;
    EXPECT_EQ(has_digest("abd", right), false) << right;
  }
}

TEST(Digest, WhatCannotBeToldIsNotJudged) {
  for (const std::string_view form :
       {"", "sha1", "sha1:", "sha1:ABC", "crc32:12345678", ":a",
        "sha1:V1MT4NSHA2AWVOR6EVYXQUGCNSONBWE5", "sha1:a9993e364706816aba3e25717850c26c9cd0d89x",
        "sha3-256:00"})
    EXPECT_EQ(has_digest("abc", form), std::nullopt) << form;
}

TEST(Digest, APayloadWithOrWithoutItsChunks) {
  const std::string chunks = make::chunked("abc", 2);
  EXPECT_EQ(check_digests("x" + chunks, chunks, "", kSha1), true);
  EXPECT_EQ(check_digests("xabc", "abc", "", kSha1), true);
  EXPECT_EQ(check_digests("xabd", "abd", "", kSha1), false);
  EXPECT_EQ(check_digests("abc", "c", kSha1, ""), true);
  EXPECT_EQ(check_digests("abd", "abc", kSha1, kSha1), false);
  EXPECT_EQ(check_digests("abd", "abc", "x:y", kSha1), true);
  EXPECT_EQ(check_digests("abc", "abc", "", "sha1:?"), std::nullopt);
}

}  // namespace
}  // namespace avstand::archive
