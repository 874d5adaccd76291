// Records of WARC and ARC files.
#include "archive/record.h"

#include <gtest/gtest.h>

#include "support/make_archive.h"

namespace avstand::archive {
namespace {

struct Records {
  std::vector<Record> heads;
  std::vector<std::string> blocks, errors;
};

Records read(std::string_view bytes, const RecordLimits& limits = {}) {
  Records out;
  ByteSource source(bytes);
  RecordReader records(source, limits);
  for (size_t tries = 0; tries < 1000; ++tries) {
    auto record = records.next();
    if (!record) {
      out.errors.push_back(record.error().message);
      continue;
    }
    if (!*record) return out;
    std::string block;
    const auto status = records.read_block(block, 1 << 20);
    if (!status) out.errors.push_back(status.error().message);
    out.heads.push_back(std::move(**record));
    out.blocks.push_back(std::move(block));
  }
  ADD_FAILURE() << "the records never end";
  return out;
}

TEST(Warc, FieldsOfARecord) {
  for (const std::string version : {"1.0", "1.1"}) {
    const std::string file =
        make::warc("warcinfo", "", "software: test\r\n", "", version) +
        make::warc("response", "https://a.example/x y", "block",
                   "WARC-Payload-Digest: sha1:ABC\r\nWARC-Block-Digest: sha1:DEF\r\n"
                   "WARC-Truncated: length\r\n",
                   version);
    const Records got = read(file);
    ASSERT_EQ(got.heads.size(), 2U);
    EXPECT_TRUE(got.errors.empty());
    EXPECT_EQ(got.heads[0].kind, RecordKind::kInfo);
    const Record& record = got.heads[1];
    EXPECT_EQ(record.kind, RecordKind::kResponse);
    EXPECT_EQ(record.number, 2U);
    EXPECT_EQ(record.offset, file.rfind("WARC/"));
    EXPECT_EQ(record.length, 5U);
    EXPECT_EQ(record.id, "urn:uuid:https://a.example/x y");
    EXPECT_EQ(record.url, "https://a.example/x y");
    EXPECT_EQ(record.date, "2026-05-04T06:12:00Z");
    EXPECT_EQ(record.payload_digest, "sha1:ABC");
    EXPECT_EQ(record.block_digest, "sha1:DEF");
    EXPECT_EQ(record.truncated, "length");
    EXPECT_EQ(got.blocks[1], "block");
  }
}

TEST(Warc, NamesOfFieldsInAnyCaseFoldedLinesAndBrackets) {
  const Records got = read(
      "WARC/1.0\nwarc-type: RESPONSE\nWARC-TARGET-URI: <https://a.example/>\nX-Note: one\n  two\n"
      "content-length:3\n\nabc\n\nWARC/1.0\nWARC-Type: new-kind\nContent-Length: 0\n\n\n\n");
  ASSERT_EQ(got.heads.size(), 2U);
  EXPECT_EQ(got.heads[0].kind, RecordKind::kResponse);
  EXPECT_EQ(got.heads[0].url, "https://a.example/");
  EXPECT_EQ(got.blocks[0], "abc");
  EXPECT_EQ(got.heads[1].kind, RecordKind::kOther);
}

TEST(Warc, BadLengthsAreErrorsAndTheNextRecordIsRead) {
  const std::string next = make::warc("response", "https://next.example/", "next");
  for (const std::string length : {"", "Content-Length: -1\r\n", "Content-Length: 5x\r\n",
                                   "Content-Length: 99999999999999999999\r\n"}) {
    const Records got =
        read("WARC/1.1\r\nWARC-Type: response\r\n" + length + "\r\nblock\r\n\r\n" + next);
    ASSERT_EQ(got.errors.size(), 1U) << length;
    EXPECT_EQ(got.errors[0], "record 1: a record without a length") << length;
    ASSERT_EQ(got.heads.size(), 1U) << length;
    EXPECT_EQ(got.blocks[0], "next") << length;
  }
}

TEST(Warc, ALengthThatIsTooShortCostsOneError) {
  const Records got =
      read("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabcdef\r\nmore\r\n\r\n" +
           make::warc("response", "https://next.example/", "next"));
  EXPECT_EQ(got.errors, std::vector<std::string>{"record 2: no record of WARC begins here"});
  ASSERT_EQ(got.heads.size(), 2U);
  EXPECT_EQ(got.blocks, (std::vector<std::string>{"abc", "next"}));
}

TEST(Warc, ALengthBeyondTheEndIsAnError) {
  const Records got =
      read("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nabc");
  EXPECT_EQ(got.blocks, std::vector<std::string>{"abc"});
  ASSERT_FALSE(got.errors.empty());
  EXPECT_TRUE(got.errors[0].starts_with("record 1: the file ends")) << got.errors[0];
}

TEST(Warc, AFileThatEndsInAHead) {
  const Records got = read(make::warc("response", "https://a.example/", "a") + "WARC/1.1\r\nWARC-");
  EXPECT_EQ(got.heads.size(), 1U);
  EXPECT_EQ(got.errors.size(), 1U);
}

TEST(Warc, AHeadOverItsLimit) {
  const std::string long_head = "WARC/1.1\r\nX: " + std::string(100'000, 'x') + "\r\n\r\n\r\n";
  const Records got = read(long_head + make::warc("response", "https://a.example/", "a"));
  EXPECT_EQ(got.errors, std::vector<std::string>{"a record's header is longer than 65536 bytes"});
  EXPECT_EQ(got.blocks, std::vector<std::string>{"a"});
}

TEST(Warc, MoreRecordsThanTheLimit) {
  std::string file;
  for (int i = 0; i < 5; ++i) file += make::warc("response", "https://a.example/", "a");
  EXPECT_TRUE(read(file, {.max_records = 5}).errors.empty());
  const Records got = read(file, {.max_records = 3});
  EXPECT_EQ(got.heads.size(), 3U);
  EXPECT_EQ(got.errors, std::vector<std::string>{"more than 3 records; the rest is not read"});
}

TEST(Warc, AVersionThatIsNotKnown) {
  const Records got = read(
      "WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 1\r\n\r\na\r\n\r\n"
      "WARC/7.0\r\nContent-Length: 1\r\n\r\na\r\n\r\n");
  EXPECT_EQ(got.errors, std::vector<std::string>{"record 2: a version of WARC that is not known"});
}

std::string arc(int version) {
  const std::string more = version == 2 ? " 200 - - 0 x.arc" : "";
  const std::string info = std::to_string(version) + " 0 test\nURL IP-address\n";
  const auto record = [&](const std::string& url, const std::string& block) {
    return url + " 192.0.2.1 20140216050221 text/html" + more + " " + std::to_string(block.size()) +
           "\n" + block + "\n";
  };
  return "filedesc://x.arc 0.0.0.0 20140216050000 text/plain " + std::to_string(info.size()) +
         "\n" + info + "\n" + record("http://a.example/x y", "first") +
         record("https://b.example/", "second");
}

TEST(Arc, BothVersions) {
  for (const int version : {1, 2}) {
    EXPECT_TRUE(looks_like_records(arc(version)));
    const Records got = read(arc(version));
    EXPECT_TRUE(got.errors.empty()) << version;
    ASSERT_EQ(got.heads.size(), 3U) << version;
    EXPECT_EQ(got.heads[0].kind, RecordKind::kInfo);
    EXPECT_EQ(got.heads[1].kind, RecordKind::kResponse);
    EXPECT_EQ(got.heads[1].url, "http://a.example/x y");
    EXPECT_EQ(got.heads[1].date, "2014-02-16T05:02:21Z");
    EXPECT_EQ(got.heads[1].content_type, "text/html");
    EXPECT_EQ(got.blocks[1], "first");
    EXPECT_EQ(got.blocks[2], "second");
  }
}

TEST(Arc, GoesOnBehindABrokenRecordAlsoAtAnAddressOfHttps) {
  std::string file = arc(1);
  file.insert(file.find("https://b"), "broken line\nand another\n");
  const Records got = read(file);
  EXPECT_EQ(got.errors.size(), 1U);
  ASSERT_EQ(got.heads.size(), 3U);
  EXPECT_EQ(got.blocks[2], "second");
}

}  // namespace
}  // namespace avstand::archive
