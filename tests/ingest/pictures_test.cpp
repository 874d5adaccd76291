// Pictures as inputs, in pages, and beside pages in web archives.
#include <gtest/gtest.h>

#include "ingest/ingest.h"
#include "ingest/page_pictures.h"
#include "support/ingest.h"
#include "support/make_pixels.h"

namespace avstand::ingest {
namespace {

using namespace std::string_literals;
namespace make = picture::make;

struct ReadAll {
  std::vector<Item> items;
  std::vector<std::string> notes;
};
ReadAll read_all(const std::string& bytes, const std::string& name, const Options& options = {}) {
  ReadAll out;
  Run run([&](const std::string& note) { out.notes.push_back(note); });
  read_bytes(bytes, name, options, patterns(), run,
             [&](Item item) { out.items.push_back(std::move(item)); });
  return out;
}
Article only_article(const std::string& bytes, const std::string& name,
                     const Options& options = {}) {
  ReadAll all = read_all(bytes, name, options);
  if (all.items.size() != 1 || !all.items[0].article) throw std::runtime_error("not one article");
  return std::move(*all.items[0].article);
}

std::string photo(const std::string& credit, uint32_t seed = 1) {
  return make::with_segments(
      make::jpeg(make::scene(128, 96, seed)),
      {{0xED,
        "Photoshop 3.0\0"s +
            make::photoshop(make::iim(
                {{105, "Bro stengt"}, {110, credit}, {120, "Broen i Nesvik lørdag kveld."}}))}});
}
std::string data_url(const std::string& bytes) {
  return "data:image/jpeg;base64," + make::base64(bytes);
}

std::string figure(const std::string& img, const std::string& caption) {
  return "<figure>" + img + "<figcaption>" + caption + "</figcaption></figure>";
}
std::string page(const std::string& figures) {
  std::string out =
      "<!DOCTYPE html><html><head><title>Bro stengt</title></head><body><article>"
      "<h1>Bro stengt i Nesvik</h1>" +
      figures;
  for (int i = 0; i < 4; ++i)
    out +=
        "<p>Broen i Nesvik er stengt etter uværet, og det er ventet at den åpner igjen på "
        "mandag, sier ordfører Kari Bø til avisen.</p>";
  return out + "</article></body></html>";
}
const std::string kCaption = "STENGT: Broen i Nesvik ble stengt lørdag. Foto: Ola Vik / NTB";

TEST(Pictures, AFileIsAnArticleOfItsOwnWords) {
  const Article a = only_article(photo("Ola Vik / NTB"), "a.jpg");
  EXPECT_EQ(a.text, "Bro stengt\n\nBroen i Nesvik lørdag kveld.\n\nOla Vik / NTB");
  ASSERT_EQ(a.blocks.size(), 3u);
  EXPECT_EQ(a.blocks[1].kind, BlockKind::kCaption);
  EXPECT_EQ(a.blocks[2].kind, BlockKind::kCredit);
  EXPECT_EQ(a.title, "Bro stengt");
  ASSERT_EQ(a.pictures.size(), 1u);
  EXPECT_EQ(a.pictures[0].block, 1u);
  EXPECT_EQ(a.pictures[0].name, "a.jpg");
  EXPECT_TRUE(a.pictures[0].file->pdq.has_value());
}

TEST(Pictures, AFileWithoutWordsIsAnArticleWithoutText) {
  const Article a = only_article(make::png(make::scene(64, 64)), "a.png");
  EXPECT_EQ(a.text, "");
  EXPECT_TRUE(a.blocks.empty());
  ASSERT_EQ(a.pictures.size(), 1u);
  EXPECT_EQ(a.pictures[0].block, std::nullopt);
}

TEST(Pictures, LimitsAndKindsThatAreNotRead) {
  const auto problem = [](const std::string& bytes, const Options& options = {}) {
    const ReadAll all = read_all(bytes, "a", options);
    return all.items.size() == 1 && all.items[0].error ? all.items[0].error->to_string() : "read";
  };
  EXPECT_EQ(problem(photo("NTB"), {.limits = {.max_picture_bytes = 1'000}}),
            "a: a picture larger than 1000 bytes (raise --max-picture-bytes)");
  EXPECT_EQ(problem("8BPS\0\1\0\0"s),
            "a: Photoshop document is not read (JPEG, PNG, WebP, TIFF, HEIF, AVIF and GIF are)");
  EXPECT_EQ(problem("%PDF-1.7 and more"),
            "a: PDF is not read (JPEG, PNG, WebP, TIFF, HEIF, AVIF and GIF are)");
  const ReadAll small = read_all(photo("NTB"), "a", {.limits = {.max_pixels = 100}});
  ASSERT_EQ(small.notes.size(), 1u);
  EXPECT_EQ(small.notes[0], "a: not hashed: 128 x 96 pixels, more than 100");
}

TEST(Pictures, InAPageTheyGoWithTheCaptionBelowThem) {
  const Article a = only_article(
      page(figure("<img src='" + data_url(photo("Ola Vik / NTB", 1)) + "'>", kCaption) +
           figure("<img src='/b.jpg' srcset='c.jpg 1x, //img.example/d,e.jpg 2x'>",
                  "ÅPEN: Slik så broen i Nesvik ut i mai. Foto: Eli Dal")),
      "a.html", {.url = "https://avis.example/nyheter/1?x=2"});
  ASSERT_EQ(a.pictures.size(), 2u);
  EXPECT_EQ(a.pictures[0].name, "data:");
  EXPECT_EQ(a.pictures[0].file->metadata.credit, "Ola Vik / NTB");
  EXPECT_EQ(a.blocks[*a.pictures[0].block].span.in(a.text), kCaption);
  EXPECT_FALSE(a.pictures[1].file.has_value());
  EXPECT_EQ(a.pictures[1].urls, (std::vector<std::string>{"https://avis.example/b.jpg",
                                                          "https://avis.example/nyheter/c.jpg",
                                                          "https://img.example/d,e.jpg"}));
}

TEST(Pictures, WhatScriptsReplaceIsNoPicture) {
  const std::string pixel = data_url(make::jpeg(make::scene(8, 8)));
  const Article a =
      only_article(page(figure("<img src='" + pixel + "' data-src='/b.jpg'>", kCaption)), "a.html",
                   {.url = "https://avis.example/1"});
  ASSERT_EQ(a.pictures.size(), 1u);
  EXPECT_FALSE(a.pictures[0].file.has_value());
  EXPECT_EQ(a.pictures[0].urls, std::vector<std::string>{"https://avis.example/b.jpg"});
  EXPECT_TRUE(only_article(page(figure("<img src='data:image/png;base64,!!'>", kCaption)), "a.html")
                  .pictures.empty());
}

TEST(Pictures, WithoutACaptionOnlyThoseAmongTheWordsThatLeadNowhereElse) {
  const std::string base = "https://avis.example/1";
  std::string html = page(
      "<img src='/in.jpg'><a href='/2'><img src='/teaser.jpg'></a>"
      "<a href='/large.JPG?x'><img src='/linked.jpg'></a>"
      "<a href='/large.jpg?x'><img src='/small.jpg'></a>"
      "<aside><img src='/aside.jpg'></aside>" +
      figure("<img src='/b.jpg'>", kCaption));
  html.insert(html.find("<article>"), "<img src='/logo.jpg'>");
  html.insert(html.find("</article>"), "<img src='/after.jpg'>");
  std::vector<std::string> names;
  for (const ArticlePicture& p : only_article(html, "a.html", {.url = base}).pictures)
    names.push_back(p.urls.at(0) + (p.block ? " with a caption" : ""));
  EXPECT_EQ(names, (std::vector<std::string>{
                       "https://avis.example/b.jpg with a caption", "https://avis.example/in.jpg",
                       "https://avis.example/linked.jpg", "https://avis.example/small.jpg"}));
}

TEST(Pictures, Addresses) {
  const auto address = [](const char* url) {
    return page_address(url, "https://a.example/b/c/d.html?x=/y");
  };
  EXPECT_EQ(address("e.jpg#top"), "https://a.example/b/c/e.jpg");
  EXPECT_EQ(address("../e.jpg"), "https://a.example/b/e.jpg");
  EXPECT_EQ(address("../../../../e.jpg"), "https://a.example/e.jpg");
  EXPECT_EQ(address("./e.jpg"), "https://a.example/b/c/e.jpg");
  EXPECT_EQ(address("/e.jpg"), "https://a.example/e.jpg");
  EXPECT_EQ(address("blob:x"), "");
  EXPECT_EQ(address("javascript:alert(1)"), "");
  EXPECT_EQ(page_address("e.jpg", ""), "");
  EXPECT_EQ(page_address("e.jpg", "https://a.example"), "https://a.example/e.jpg");
}

// --- web archives --------------------------------------------------------------------------------

std::string response(const std::string& url, const std::string& type, const std::string& body) {
  const std::string http = "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n" + body;
  return "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: " + url +
         "\r\nWARC-Date: 2026-05-04T10:00:00Z\r\nWARC-Record-ID: <urn:x>\r\nContent-Type: "
         "application/http; msgtype=response\r\nContent-Length: " +
         std::to_string(http.size()) + "\r\n\r\n" + http + "\r\n\r\n";
}
std::string page_record(int number, const std::string& picture) {
  return response("https://avis.example/" + std::to_string(number), "text/html",
                  page(figure("<img src='" + picture + "'>", kCaption)));
}

TEST(PicturesInArchives, ThePictureThatFollowsItsPageIsItsPicture) {
  const ReadAll all =
      read_all(page_record(1, "b.jpg") +
                   response("https://avis.example/other.jpg", "image/jpeg", photo("no")) +
                   page_record(2, "none.jpg") +
                   response("https://avis.example/b.jpg", "image/jpeg", photo("Ola Vik / NTB")),
               "a.warc");
  ASSERT_EQ(all.items.size(), 2u);
  const Article& first = *all.items[0].article;
  EXPECT_EQ(first.url, "https://avis.example/1");
  ASSERT_EQ(first.pictures.size(), 1u);
  EXPECT_EQ(first.pictures[0].name, "https://avis.example/b.jpg");
  EXPECT_EQ(first.pictures[0].file->metadata.credit, "Ola Vik / NTB");
  EXPECT_FALSE(all.items[1].article->pictures[0].file.has_value());
  EXPECT_EQ(all.notes.back(),
            "a.warc: 4 records, 2 articles, 1 of their pictures; passed over: 1 image/jpeg");
}

TEST(PicturesInArchives, ItemsKeepTheirOrderAndNoneIsLostOrDoubled) {
  std::string warc;
  for (int i = 0; i < 200; ++i) warc += page_record(i, "b" + std::to_string(i / 2) + ".jpg");
  warc += "broken\r\n\r\n";
  for (int i = 0; i < 100; i += 3)
    warc +=
        response("https://avis.example/b" + std::to_string(i) + ".jpg", "image/jpeg", photo("NTB"));
  const ReadAll all = read_all(warc, "a.warc");
  uint64_t last = 0;
  int articles = 0, with_file = 0;
  for (const Item& item : all.items) {
    EXPECT_GT(item.place, last);
    last = item.place;
    if (!item.article) continue;
    EXPECT_EQ(item.article->url, "https://avis.example/" + std::to_string(articles++));
    with_file += item.article->pictures.at(0).file.has_value();
  }
  EXPECT_EQ(articles, 200);
  EXPECT_GT(with_file, 10);  // of those that were still waited for
  EXPECT_LT(with_file, 70);
}

TEST(PicturesInArchives, GoneOnWithInTheMiddleItGivesTheSame) {
  const std::string warc = page_record(1, "b.jpg") +
                           response("https://avis.example/b.jpg", "image/jpeg", photo("NTB")) +
                           page_record(2, "c.jpg") +
                           response("https://avis.example/c.jpg", "image/jpeg", photo("NTB", 2));
  const ReadAll all = read_all(warc, "a.warc");
  ASSERT_EQ(all.items.size(), 2u);
  const ReadAll rest = read_all(warc, "a.warc", {.skip_to = all.items[0].place});
  ASSERT_EQ(rest.items.size(), 1u);
  EXPECT_EQ(rest.items[0].article->pictures[0].file->pdq,
            all.items[1].article->pictures[0].file->pdq);
}

TEST(PicturesInArchives, APictureThatCameJustBeforeItsPageIsItsPicture) {
  const std::string warc =
      page_record(1, "x.jpg") +
      response("https://avis.example/b.jpg", "image/jpeg", photo("Ola Vik / NTB")) +
      page_record(2, "b.jpg") + page_record(3, "b.jpg");
  const ReadAll all = read_all(warc, "a.warc");
  ASSERT_EQ(all.items.size(), 3u);
  EXPECT_FALSE(all.items[0].article->pictures[0].file.has_value());
  EXPECT_TRUE(all.items[1].article->pictures[0].file.has_value());
  EXPECT_TRUE(all.items[2].article->pictures[0].file.has_value());
  const ReadAll rest = read_all(warc, "a.warc", {.skip_to = all.items[1].place});
  ASSERT_EQ(rest.items.size(), 1u);
  EXPECT_TRUE(rest.items[0].article->pictures[0].file.has_value());
}

TEST(PicturesInArchives, BytesThatAreNoPictureDoNoHarm) {
  const ReadAll all = read_all(
      page_record(1, "b.jpg") + response("https://avis.example/b.jpg", "image/jpeg", "gone") +
          response("https://avis.example/b.jpg", "image/jpeg", photo("NTB").substr(0, 700)),
      "a.warc");
  ASSERT_EQ(all.items.size(), 1u);
  EXPECT_TRUE(all.items[0].article->pictures[0].file.has_value());  // the second, as far as it goes
  EXPECT_FALSE(all.items[0].article->pictures[0].file->remarks.empty());
}

}  // namespace
}  // namespace avstand::ingest
