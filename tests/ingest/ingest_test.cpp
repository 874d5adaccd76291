#include "ingest/ingest.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/ingest.h"

namespace avstand::ingest {
namespace {

struct Reading {
  std::vector<Article> articles;
  std::vector<Error> errors;
  std::vector<std::string> notes;
};

Reading read(std::string_view bytes, const Options& options = {}) {
  Reading out;
  Run run([&](const std::string& note) { out.notes.push_back(note); });
  read_bytes(bytes, "in", options, patterns(), run, [&](Item item) {
    if (item.article) out.articles.push_back(std::move(*item.article));
    if (item.error) out.errors.push_back(std::move(*item.error));
  });
  return out;
}

std::string only_error(std::string_view bytes, const Options& options = {}) {
  const Reading reading = read(bytes, options);
  EXPECT_EQ(reading.errors.size(), 1U);
  EXPECT_TRUE(reading.articles.empty());
  return reading.errors.empty() ? "" : reading.errors[0].to_string();
}

bool has(const std::string& text, std::string_view piece) {
  return text.find(piece) != std::string::npos;
}

TEST(PlainText, KeepsTextAndOffsets) {
  const Reading reading =
      read("\xEF\xBB\xBFTo broer stengt\r\n\r\nVegen er stengt. Det er is.\r\n");
  ASSERT_EQ(reading.articles.size(), 1U);
  const Article& article = reading.articles[0];
  EXPECT_EQ(article.id, "in");
  EXPECT_EQ(article.text, "To broer stengt\r\n\r\nVegen er stengt. Det er is.\r\n");
  ASSERT_EQ(article.blocks.size(), 2U);
  EXPECT_EQ(article.blocks[1].span.in(article.text), "Vegen er stengt. Det er is.");
  EXPECT_EQ(article.blocks[1].source_bytes->begin, article.blocks[1].span.begin + 3);
}

TEST(PlainText, BadBytesAreNamedWithTheirPlace) {
  EXPECT_TRUE(has(only_error("abc\xE5 def"), "byte 3"));
  EXPECT_TRUE(has(only_error("abc\xE5 def"), "Latin-1"));
  EXPECT_TRUE(has(only_error(std::string_view("ab\0cd", 5)), "byte 2: a NUL byte"));
  EXPECT_TRUE(has(only_error(std::string_view("\xFF\xFE"
                                              "a\0b\0",
                                              6)),
                  "UTF-16"));
  EXPECT_TRUE(has(only_error("\x01\x02\x03\x04 GIF \x05\x06"), "binary"));
  EXPECT_TRUE(has(only_error(""), "empty"));
  EXPECT_TRUE(has(only_error(" \n\u00A0\n"), "empty"));
  EXPECT_TRUE(has(only_error("for lang", {.max_bytes = 4}), "larger than 4 bytes"));
  EXPECT_EQ(read("fire", {.max_bytes = 4}).articles.size(), 1U);
}

TEST(Json, TitleStandsBeforeTheText) {
  const Reading reading = read(
      R"({"id":"1","title":"Isen går","text":"Den gikk.\n\nAlt i mars.","outlet":"Avisa","language":"nb"})");
  ASSERT_EQ(reading.articles.size(), 1U);
  const Article& article = reading.articles[0];
  EXPECT_EQ(article.text, "Isen går\n\nDen gikk.\n\nAlt i mars.");
  EXPECT_EQ(article.outlet, "Avisa");
  EXPECT_EQ(article.language, LanguageCode("nb"));
  EXPECT_TRUE(article.language_given);
  ASSERT_EQ(article.blocks.size(), 3U);
  EXPECT_EQ(article.blocks[0].kind, BlockKind::kHeadline);
  EXPECT_EQ(article.blocks[1].kind, BlockKind::kLede);
  EXPECT_EQ(article.blocks[2].kind, BlockKind::kParagraph);
}

TEST(Json, TheCallersLanguageIsFinalAndOtherDefaultsAreNot) {
  Options options{.published = "2020-01-01", .outlet = "B", .language = LanguageCode("nn")};
  const Reading reading = read(R"({"id":"1","text":"x","language":"nb","outlet":"A"})", options);
  ASSERT_EQ(reading.articles.size(), 1U);
  EXPECT_EQ(reading.articles[0].language, LanguageCode("nn"));
  EXPECT_EQ(reading.articles[0].outlet, "A");
  EXPECT_EQ(reading.articles[0].published, "2020-01-01");
}

TEST(Json, WhatIsWrongIsSaid) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"id":"1","text":"a","text":"b"})", "'text' comes twice"},
      {R"({"id":"1","text":"a","x":{"y":1,"y":2}})", "'y' comes twice"},
      {R"({"id":"1","text":5})", "'text' is a number"},
      {R"({"id":null,"text":"a"})", "'id' is null"},
      {R"({"id":["1"],"text":"a"})", "'id' is an array"},
      {R"({"text":"a"})", "'id' is missing"},
      {R"({"id":"1"})", "'text' is missing"},
      {R"({"id":"1","text":"  "})", "empty"},
      {R"({"id":"1","text":"a\u0000b"})", "NUL"},
      {R"({"id":"1","text":"\ud83d"})", "surrogate"},
      {R"({"id":"1","text":"a","published":"i går"})", "published"},
      {R"({"id":"1","text":"a","language":"Norwegian!"})", "language"},
      {R"({"id":"1","text":"a"} x)", "JSON"},
      {R"([1])", "JSON object"},
      {R"([{"id":"1","text":"a")", "array"}};
  for (const auto& [json, message] : cases) EXPECT_TRUE(has(only_error(json), message)) << json;
}

TEST(Json, DepthIsLimitedWithoutRecursion) {
  const auto nested = [](size_t depth) {
    return R"({"id":"1","text":"a","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_EQ(read(nested(63)).articles.size(), 1U);
  EXPECT_TRUE(has(only_error(nested(64)), "deeper than 64"));
  EXPECT_TRUE(has(only_error(nested(1'000'000)), "deeper than 64"));
}

TEST(Json, LinesStandAlone) {
  const Reading reading = read(
      "{\"id\":\"a\",\"text\":\"x\",\"k\":1}\n\nno json\r\n{\"id\":\"a\",\"text\":\"y\"}\n"
      "{\"id\":\"b\",\"text\":\"\xE5\"}\n{\"id\":\"c\",\"text\":\"z\",\"k\":2}");
  ASSERT_EQ(reading.articles.size(), 2U);
  EXPECT_EQ(reading.articles[1].id, "c");
  ASSERT_EQ(reading.errors.size(), 3U);
  EXPECT_EQ(reading.errors[0].line, 3U);
  EXPECT_EQ(reading.errors[1].line, 4U);
  EXPECT_TRUE(has(reading.errors[1].message, "'a' came before"));
  EXPECT_EQ(reading.errors[2].line, 5U);
  EXPECT_EQ(reading.notes.size(), 1U);
}

TEST(Json, TheLimitIsPerArticle) {
  const std::string line = R"({"id":"%","text":"0123456789"})";
  std::string lines;
  for (char id : {'a', 'b', 'c'}) lines += std::string(line).replace(7, 1, 1, id) + "\n";
  lines += R"({"id":"d","text":")" + std::string(500, 'x') + "\"}\n";
  lines += R"({"id":"e","text":"y"})";
  const Reading reading = read(lines, {.max_bytes = 40});
  EXPECT_EQ(reading.articles.size(), 4U);
  ASSERT_EQ(reading.errors.size(), 1U);
  EXPECT_EQ(reading.errors[0].code, ErrorCode::kLimit);
  EXPECT_EQ(reading.errors[0].line, 4U);
}

TEST(Json, ObjectsOverLinesAndArrays) {
  EXPECT_EQ(read("{\n \"id\": \"1\",\n \"text\": \"a\"\n}\n").articles.size(), 1U);
  const Reading reading =
      read("[ {\"id\":\"1\",\"text\":\"a]\\\"},\"}, {\"id\":2}, {\"id\":\"3\",\"text\":\"b\"} ]\n");
  ASSERT_EQ(reading.articles.size(), 2U);
  EXPECT_EQ(reading.articles[0].text, "a]\"},");
  EXPECT_EQ(reading.errors.size(), 1U);
  EXPECT_TRUE(read("[]").errors.empty());
}

TEST(Files, AreReadAndMissingOnesReported) {
  const std::string path = testing::TempDir() + "/avstand_ingest_test.txt";
  std::ofstream(path) << "Tittel\n\nEn setning.";
  ingest::Run run;
  std::vector<Item> items;
  for (const std::string& name : {path, path, path + ".no", std::string(testing::TempDir())})
    read_input(name, {}, patterns(), run, [&](Item item) { items.push_back(std::move(item)); });
  ASSERT_EQ(items.size(), 4U);
  ASSERT_TRUE(items[0].article);
  EXPECT_EQ(items[0].article->id, path);
  EXPECT_TRUE(items[1].error);  // the same id
  ASSERT_TRUE(items[2].error);
  EXPECT_EQ(items[2].error->code, ErrorCode::kIo);
  EXPECT_EQ(items[2].error->file, path + ".no");
  ASSERT_TRUE(items[3].error);
  EXPECT_EQ(items[3].error->code, ErrorCode::kIo);
}

}  // namespace
}  // namespace avstand::ingest
