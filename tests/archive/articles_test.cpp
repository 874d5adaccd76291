// From the bytes of web archives to articles: what is read, what is counted, what is an error.
#include <gtest/gtest.h>

#include "base/hash.h"
#include "ingest/ingest.h"
#include "support/ingest.h"
#include "support/make_archive.h"

namespace avstand::ingest {
namespace {

namespace make = archive::make;

struct Reading {
  std::vector<Article> articles;
  std::vector<Error> errors;
  std::vector<uint64_t> places;
  std::vector<std::string> notes;

  std::string titles() const {
    std::string out;
    for (const Article& a : articles) out += a.text.substr(13, a.text.find('\n') - 13) + " ";
    return out;
  }
};

Reading read(std::string_view bytes, const Options& options = {}) {
  Reading out;
  Run run([&](const std::string& note) { out.notes.push_back(note); });
  read_bytes(bytes, "x.warc", options, patterns(), run, [&](Item item) {
    out.places.push_back(item.place);
    if (item.article) out.articles.push_back(std::move(*item.article));
    if (item.error) out.errors.push_back(std::move(*item.error));
  });
  return out;
}

std::string three() { return make::response("A") + make::response("B") + make::response("C"); }

TEST(Archives, PackedInEveryWayGivesTheSame) {
  const std::string info = make::warc("warcinfo", "", "software: test\r\n");
  const std::string each = make::deflated(info) + make::deflated(make::response("A")) +
                           make::deflated(make::response("B")) +
                           make::deflated(make::response("C"));
  const std::string each_zstd = make::zstd(info) + make::zstd(make::response("A")) +
                                make::zstd(make::response("B")) + make::zstd(make::response("C"));
  const std::string all = info + three();
  for (const std::string& file :
       {all, each, make::deflated(all), each_zstd, make::zstd(all),
        make::zip({{"archive/x.warc", all}}), make::zip({{"archive/x.warc.gz", each}}),
        make::zip({{"archive/x.warc", all, true}})}) {
    const Reading got = read(file);
    EXPECT_EQ(got.titles(), "A B C ");
    EXPECT_TRUE(got.errors.empty()) << got.errors[0].to_string();
    EXPECT_EQ(got.places, (std::vector<uint64_t>{4, 6, 8}));
  }
}

TEST(Archives, AnArticleTellsWhereItWasTaken) {
  const std::string first = make::response("A");
  const Reading got = read(first + make::response("B",
                                                  "WARC-Payload-Digest: sha1:ABC\r\n"
                                                  "WARC-Truncated: length\r\n"));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[1].id, "x.warc#2");
  EXPECT_EQ(got.articles[1].url, "https://B.example/");
  ASSERT_TRUE(got.articles[1].capture);
  const Capture& capture = *got.articles[1].capture;
  EXPECT_EQ(capture.archive, "x.warc");
  EXPECT_EQ(capture.offset, first.size());
  EXPECT_EQ(capture.record, "urn:uuid:https://B.example/");
  EXPECT_EQ(capture.url, "https://B.example/");
  EXPECT_EQ(capture.time, "2026-05-04T06:12:00Z");
  EXPECT_EQ(capture.digest, "sha1:ABC");
  EXPECT_EQ(capture.truncated, "length");
  EXPECT_FALSE(got.articles[0].capture->digest);
  EXPECT_FALSE(got.articles[0].capture->truncated);
}

TEST(Archives, BytesThatAreNotThoseOfTheirDigestAreSaid) {
  const std::string right = "WARC-Payload-Digest: " + sha256(make::page("A")) + "\r\n";
  const Reading got = read(make::response("A", right) + make::response("B", right) +
                           make::response("C", "WARC-Payload-Digest: own:1\r\n"));
  EXPECT_EQ(got.titles(), "A B C ");
  ASSERT_EQ(got.articles.size(), 3U);
  EXPECT_EQ(got.articles[0].capture->digest_right, true);
  EXPECT_EQ(got.articles[1].capture->digest_right, false);
  EXPECT_EQ(got.articles[2].capture->digest_right, std::nullopt);
  EXPECT_EQ(got.notes.front(), "x.warc#2: the bytes are not those that the record's digest is of");
}

TEST(Archives, TransferAndContentCodingsComeOff) {
  const std::string page = make::page("A");
  const std::string url = "https://a.example/";
  const std::vector<std::pair<std::string, std::string>> answers = {
      {"Transfer-Encoding: chunked\r\n", make::chunked(page, 64)},
      {"Content-Encoding: gzip\r\n", make::deflated(page)},
      {"Content-Encoding: deflate\r\n", make::deflated(page, -15)},
      {"Content-Encoding: br\r\n", make::brotli(page)},
      {"Content-Encoding: zstd\r\n", make::zstd(page)},
      {"Content-Encoding: br, gzip\r\n", make::deflated(make::brotli(page))},
      {"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
       make::chunked(make::deflated(page), 50)},
      {"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
       page}};  // taken off by the crawler
  const std::string plain = read(make::response("A")).articles.at(0).text;
  for (const auto& [fields, body] : answers) {
    const Reading got = read(make::warc("response", url, make::http(body, fields)));
    ASSERT_EQ(got.articles.size(), 1U) << fields;
    EXPECT_EQ(got.articles[0].text, plain) << fields;
    EXPECT_FALSE(got.articles[0].capture->truncated) << fields;
  }
}

TEST(Archives, APageCutShortIsReadAndSaysSo) {
  const std::string chunks = make::chunked(make::page("A"), 100);
  const Reading coding = read(make::warc(
      "response", "https://a.example/",
      make::http(chunks.substr(0, chunks.size() - 60), "Transfer-Encoding: chunked\r\n")));
  ASSERT_EQ(coding.articles.size(), 1U);
  EXPECT_EQ(coding.articles[0].capture->truncated, "coding");
  const std::string record = make::response("B");
  const Reading file = read(make::response("A") + record.substr(0, record.size() - 40));
  ASSERT_EQ(file.articles.size(), 2U);
  EXPECT_EQ(file.articles[1].capture->truncated, "file");
  ASSERT_EQ(file.errors.size(), 1U);
  EXPECT_EQ(file.errors[0].to_string(),
            "x.warc:byte " + std::to_string(make::response("A").size()) +
                ": record 2: the file ends 36 bytes before the record does");
}

TEST(Archives, WhatIsNoPageIsCounted) {
  const std::string page = make::page("A");
  const Reading got =
      read(make::warc("warcinfo", "", "software: test\r\n") + make::response("A") +
           make::warc("revisit", "https://A.example/", make::http("")) +
           make::warc("request", "https://A.example/", "GET / HTTP/1.1\r\n\r\n") +
           make::warc("metadata", "https://A.example/", "x: y\r\n") +
           make::warc("response", "https://n.example/", make::http(page, "", "404 Not Found")) +
           make::warc("response", "https://e.example/", make::http("<html><p>Tom</p></html>")));
  EXPECT_EQ(got.articles.size(), 1U);
  EXPECT_TRUE(got.errors.empty());
  ASSERT_EQ(got.notes.size(), 2U);
  EXPECT_TRUE(got.notes[0].starts_with("x.warc#3: a revisit of an earlier https://A.example/,"));
  for (const char* part : {"7 records, 1 articles", "1 revisits of records that are not here",
                           "1 requests", "1 metadata", "1 warcinfo", "1 status 404"})
    EXPECT_NE(got.notes[1].find(part), std::string::npos) << part << " in " << got.notes[1];
}

std::string revisit(const std::string& fields, const std::string& type = "text/html") {
  return make::warc("revisit", "https://r.example/",
                    "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n", fields);
}

TEST(Archives, ARevisitIsToldWithTheRecordItRepeats) {
  const std::string info = make::warc("warcinfo", "", "software: test\r\n");
  const std::string page = make::response("A", "WARC-Payload-Digest: sha1:ABC\r\n");
  const std::string by_id = "WARC-Refers-To: <urn:uuid:https://A.example/>\r\n";
  const std::string by_capture =
      "WARC-Refers-To-Target-URI: https://A.example/\r\n"
      "WARC-Refers-To-Date: 2026-05-04T06:12:00Z\r\n";
  const std::string by_digest = "WARC-Payload-Digest: sha1:ABC\r\n";
  for (const std::string& fields : {by_id, by_capture, by_digest}) {
    const Reading got = read(info + page + revisit(fields));
    EXPECT_EQ(got.titles(), "A ");
    ASSERT_EQ(got.notes.size(), 2U) << fields;
    EXPECT_EQ(got.notes[0], "x.warc#3: the same as x.warc#2, which is not read again");
    EXPECT_NE(got.notes[1].find("1 revisits of records here"), std::string::npos);
  }
  const Reading picture = read(page + revisit(by_id, "image/jpeg"));
  ASSERT_EQ(picture.notes.size(), 1U);
  EXPECT_NE(picture.notes[0].find("1 revisits of image/jpeg"), std::string::npos);
  Options resumed;
  resumed.skip_to = 4;
  EXPECT_EQ(read(info + page + revisit(by_id), resumed).notes[0],
            "x.warc#3: the same as x.warc#2, which is not read again");
}

TEST(Archives, ARevisitOfAnotherFileOfTheArchive) {
  const Reading got = read(make::zip(
      {{"archive/a.warc", make::response("A")},
       {"archive/b.warc", make::response("B") + revisit("WARC-Refers-To: "
                                                        "<urn:uuid:https://A.example/>\r\n")}}));
  ASSERT_FALSE(got.notes.empty());
  EXPECT_EQ(
      got.notes[0],
      "x.warc/archive/b.warc#2: the same as x.warc/archive/a.warc#1, which is not read again");
}

TEST(Archives, ARevisitWithoutItsRecordIsToldWithItsTarget) {
  const std::string behind = "does not stand before it in the archive: there is nothing to read";
  const std::pair<const char*, const char*> cases[] = {
      {"WARC-Refers-To: <urn:uuid:9>\r\n", "urn:uuid:9"},
      {"WARC-Refers-To-Target-URI: https://z.example/\r\n"
       "WARC-Refers-To-Date: 2020-01-01T00:00:00Z\r\n",
       "https://z.example/ of 2020-01-01T00:00:00Z"},
      {"WARC-Payload-Digest: sha1:NO\r\n", "sha1:NO"},
      {"", "an earlier https://r.example/"}};
  for (const auto& [fields, target] : cases) {
    const Reading got = read(revisit(fields) + make::response("A"));
    EXPECT_EQ(got.titles(), "A ");
    ASSERT_EQ(got.notes.size(), 2U);
    EXPECT_EQ(got.notes[0], "x.warc#1: a revisit of " + std::string(target) + ", which " + behind);
  }
}

TEST(Archives, WithoutAnArticleIsAnError) {
  const Reading got = read(make::warc("request", "https://A.example/", "GET / HTTP/1.1\r\n\r\n"));
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_TRUE(got.errors[0].message.starts_with("no article in the archive: 1 records"));
}

TEST(Archives, BehindABrokenRecordTheOthersAreRead) {
  std::string file = three();
  const size_t length = file.find("Content-Length: ", file.find("B.example"));
  file.replace(length, 16, "Content-Length: -");
  const Reading got = read(file);
  EXPECT_EQ(got.titles(), "A C ");
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].message, "record 2: a record without a length");
  EXPECT_EQ(got.errors[0].file, "x.warc");
}

TEST(Archives, EachLimitSaysWhichOptionRaisesIt) {
  const auto hint = [](std::string_view file, Limits limits, size_t max_bytes = 10'000'000) {
    const Reading got = read(file, {.max_bytes = max_bytes, .limits = limits});
    return got.errors.empty() ? std::string("none") : got.errors[0].hint;
  };
  const std::string packed = make::deflated(three());
  EXPECT_EQ(hint(packed, {}), "none");
  EXPECT_EQ(hint(packed, {.max_unpacked = 1000}), "raise --max-unpacked");
  EXPECT_EQ(hint(packed, {.max_records = 2}), "raise --max-records");
  const std::string bomb = make::warc("response", "https://z.example/",
                                      make::http(std::string(5'000'000, ' ') + make::page("Z")));
  EXPECT_EQ(hint(make::deflated(bomb), {.max_ratio = 50}), "raise --max-ratio");
  EXPECT_EQ(hint(bomb, {}, 100'000), "raise --max-bytes");
  const std::string coded =
      make::http(make::deflated(std::string(5'000'000, ' ')), "Content-Encoding: gzip\r\n");
  EXPECT_EQ(hint(make::warc("response", "https://z.example/", coded), {}, 100'000),
            "raise --max-bytes");
}

TEST(Archives, TheLimitOnRecordsHoldsForAllMembersOfAWacz) {
  const std::string file = make::zip({{"a.warc", three()}, {"b.warc", three()}});
  const Reading got = read(file, {.limits = {.max_records = 4}});
  EXPECT_EQ(got.articles.size(), 4U);
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0].hint, "raise --max-records");
}

TEST(Archives, MembersOfAWaczThatLeadOutAreNotRead) {
  const Reading got = read(make::zip({{"archive/a.warc", make::response("A")},
                                      {"../../b.warc", make::response("B")},
                                      {"/c.warc", make::response("C")},
                                      {"datapackage.json", "{}"}}));
  EXPECT_EQ(got.titles(), "A ");
  ASSERT_EQ(got.errors.size(), 2U);
  EXPECT_NE(got.errors[0].message.find("leads out of the archive"), std::string::npos);
  EXPECT_EQ(got.articles[0].capture->archive, "x.warc/archive/a.warc");
}

TEST(Archives, ABrokenMemberOfAWaczDoesNotHideTheOthers) {
  std::string file = make::zip({{"a.warc", make::response("A")},
                                {"b.warc", make::response("B"), true},
                                {"c.warc", make::response("C")}});
  const size_t b = file.find("b.warc");
  for (size_t i = b + 30; i < b + 60; ++i) file[i] = static_cast<char>(~file[i]);
  const Reading got = read(file);
  EXPECT_EQ(got.titles(), "A C ");
  EXPECT_FALSE(got.errors.empty());
}

TEST(Archives, ZipFilesThatAreNoWacz) {
  for (const std::string& file : {make::zip({{"a.txt", "x"}}), make::zip({})}) {
    const Reading got = read(file);
    ASSERT_EQ(got.errors.size(), 1U);
    EXPECT_EQ(got.errors[0].message, "a zip file without WARC files in it");
  }
}

TEST(Archives, GoneOnWithTheRestComesOnce) {
  const std::string file = three() + make::response("D");
  const Reading whole = read(file);
  ASSERT_EQ(whole.places.size(), 4U);
  for (size_t done = 0; done <= whole.places.size(); ++done) {
    const Reading rest = read(file, {.skip_to = done == 0 ? 0 : whole.places[done - 1]});
    ASSERT_EQ(rest.articles.size(), 4 - done);
    EXPECT_TRUE(rest.errors.empty());
    for (size_t i = 0; i < rest.articles.size(); ++i) {
      EXPECT_EQ(rest.articles[i].id, whole.articles[done + i].id);
      EXPECT_EQ(rest.articles[i].text, whole.articles[done + i].text);
      EXPECT_EQ(rest.places[i], whole.places[done + i]);
    }
  }
}

TEST(Archives, GoneOnWithAnErrorIsToldOnce) {
  for (const std::string& file : {std::string("PK\x03\x04 no zip"), make::zip({{"a.txt", "x"}})}) {
    EXPECT_EQ(read(file).places, std::vector<uint64_t>{1});
    EXPECT_TRUE(read(file, {.skip_to = 1}).errors.empty());
  }
}

TEST(Archives, GoneOnWithTheErrorBehindTheLastArticleIsTold) {
  const std::string record = make::response("B");
  const std::string file = make::response("A") + record.substr(0, record.size() - 40);
  const Reading whole = read(file);
  ASSERT_EQ(whole.places, (std::vector<uint64_t>{2, 4, 5}));
  const Reading rest = read(file, {.skip_to = 4});
  EXPECT_TRUE(rest.articles.empty());
  ASSERT_EQ(rest.errors.size(), 1U);
  EXPECT_EQ(rest.errors[0].to_string(), whole.errors[0].to_string());
  EXPECT_TRUE(read(file, {.skip_to = 5}).errors.empty());
}

TEST(Archives, APictureThatIsCutShortIsAnError) {
  const std::string picture =
      make::warc("response", "https://a.example/b.png",
                 "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n" + std::string(5000, 'x'));
  const Reading got = read(make::response("A") + picture.substr(0, picture.size() - 100));
  EXPECT_EQ(got.articles.size(), 1U);
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_TRUE(got.errors[0].message.starts_with("record 2: the file ends"));
}

TEST(Archives, CutAnywhereEndsAndLosesNothingBefore) {
  const std::string packed =
      make::deflated(make::response("A")) + make::zstd("") + make::deflated(make::response("B"));
  const std::string plain = make::response("A") + make::response("B");
  for (const std::string& file : {packed, plain})
    for (size_t size = 20; size < file.size(); size += 23) {
      const Reading got = read(std::string_view(file).substr(0, size));
      EXPECT_LE(got.articles.size(), 2U);
      EXPECT_FALSE(got.articles.empty() && got.errors.empty()) << size;
    }
}

}  // namespace
}  // namespace avstand::ingest
