#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "ingest/encoding.h"
#include "ingest/html_article.h"
#include "ingest/html_tree.h"
#include "ingest/page_metadata.h"
#include "support/ingest.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

Result<Article> read(std::string_view bytes, std::vector<std::string>* notes = nullptr) {
  Run run([&](const std::string& note) {
    if (notes != nullptr) notes->push_back(note);
  });
  return read_html_article(bytes, "page.html", {}, patterns(), run, Deadline());
}

std::string repeated(std::string_view piece, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += piece;
  return out;
}

const std::string kText = "<p>Brua ved Nesvik er stengt til over jul, opplyser vegvesenet.</p>";

TEST(Encoding, DeclarationsByTheStandard) {
  EXPECT_EQ(declared_encoding("<meta charset=latin1>"), "latin1");
  EXPECT_EQ(declared_encoding("<!-- <meta charset=x> --><META CharSet = 'KOI8-R' />"), "koi8-r");
  EXPECT_EQ(
      declared_encoding("<meta http-equiv=content-type content=\"text/html; charset=utf-8\">"),
      "utf-8");
  EXPECT_EQ(declared_encoding("<?xml version='1.0' encoding='iso-8859-15'?>"), "iso-8859-15");
  EXPECT_EQ(declared_encoding(std::string(1'024, ' ') + "<meta charset=latin1>"), "");
}

std::string decoded(std::string_view bytes) {
  auto encodings = Encodings::load(AVSTAND_SOURCE_DIR "/data");
  auto page = DecodedPage::decode(bytes, *encodings);
  return page ? std::string(page->utf8()) : page.error().to_string();
}

TEST(Encoding, Decodes) {
  EXPECT_EQ(decoded("bl\xE5"), "blå");  // nothing declared and no UTF-8: windows-1252
  EXPECT_EQ(decoded("bl\xC3\xA5"), "blå");
  EXPECT_EQ(decoded("<meta charset=latin1>\x80"), "<meta charset=latin1>€");
  EXPECT_EQ(decoded("<meta charset=iso-8859-15>\xA4"), "<meta charset=iso-8859-15>€");
  EXPECT_EQ(decoded("<meta charset=windows-1251>\xE6"), "<meta charset=windows-1251>ж");
  EXPECT_EQ(decoded(std::string_view("\xFF\xFE"
                                     "b\0l\0\xE5\0",
                                     8)),
            "blå");
  EXPECT_EQ(decoded(std::string_view("\xFE\xFF"
                                     "\0b\0l\0\xE5",
                                     8)),
            "blå");
  EXPECT_EQ(decoded("<meta charset=utf-16>bl\xC3\xA5"), "<meta charset=utf-16>blå");
  EXPECT_EQ(decoded("<meta charset=nothing>bl\xE5"), "<meta charset=nothing>blå");
}

/// Vietnamese and Hebrew letters wait for marks that may follow: also the last one comes out.
TEST(Encoding, TheLastLetterIsNotKeptBack) {
  EXPECT_EQ(decoded("<meta charset=windows-1258>ti\xEA"), "<meta charset=windows-1258>tiê");
  EXPECT_EQ(decoded("<meta charset=windows-1258>ti\xEA\xCC"), "<meta charset=windows-1258>tiề");
  EXPECT_EQ(decoded("<meta charset=windows-1255>\xF9"), "<meta charset=windows-1255>\u05E9");
}

TEST(Encoding, BrokenBytesAreSaidAndManyAreAnError) {
  const std::string some = "<meta charset=utf-8>å" + std::string(500, 'a') + "\xFF";
  std::vector<std::string> notes;
  (void)read(some + kText, &notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("1 bytes that are no UTF-8"), std::string::npos) << notes[0];
  EXPECT_NE(decoded("<meta charset=utf-8>å\xFF\xFF\xFF").find("cannot be decoded"),
            std::string::npos);
}

size_t utf8_end(std::string_view text, size_t at) { return at + decode_utf8(text, at).size; }

/// Characters before `at` that have three bytes here and two in GBK.
size_t wide_before(std::string_view text, size_t at) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.begin() + static_cast<ptrdiff_t>(at),
                    [](char c) { return (static_cast<uint8_t>(c) & 0xF0) == 0xE0; }));
}

TEST(Encoding, WayBackToTheBytes) {
  auto encodings = Encodings::load(AVSTAND_SOURCE_DIR "/data");
  std::string bytes = "<meta charset=latin1>" + repeated("\xE5", 5'000);
  auto page = DecodedPage::decode(bytes, *encodings);
  ASSERT_TRUE(page);
  for (const uint32_t i : {0U, 1U, 999U, 1'023U, 1'024U, 4'999U})
    EXPECT_EQ(page->source_offset(21 + 2 * i), 21 + i);
}

/// In a charset of one or two bytes a character, the bytes before a place give the text before it.
TEST(Encoding, WayBackToBytesOfTwoWidths) {
  auto encodings = Encodings::load(AVSTAND_SOURCE_DIR "/data");
  std::string bytes = "<meta charset=gbk>" + std::string(1'500, 'a');
  for (int i = 0; i < 1'000; ++i) bytes += i % 3 == 0 ? "b" : "\xB0\xA1";
  auto page = DecodedPage::decode(bytes, *encodings);
  ASSERT_TRUE(page);
  const std::string_view utf8 = page->utf8();
  for (size_t at = 0; at < utf8.size(); at = utf8_end(utf8, at)) {
    const uint32_t source = page->source_offset(static_cast<uint32_t>(at));
    const bool two = (static_cast<uint8_t>(utf8[at]) & 0x80) != 0;
    ASSERT_EQ(bytes[source], two ? '\xB0' : utf8[at]) << at;
    ASSERT_EQ(source, at - wide_before(utf8, at)) << at;
  }
}

TEST(HtmlTree, IsFlatAndHasItsBytes) {
  constexpr std::string_view kHtml = "<body><p class=a>En &aring;r<b>to</b></p>tre";
  auto tree = HtmlTree::parse(kHtml);
  ASSERT_TRUE(tree);
  for (uint32_t i = 0; i < tree->size(); ++i) {
    const HtmlNode& node = (*tree)[i];
    EXPECT_GT(node.end, i);
    EXPECT_LE(node.end, (*tree)[node.parent].end);
    if (node.tag == Tag::kP) {
      EXPECT_EQ(node.source.in(kHtml), "<p class=a>En &aring;r<b>to</b></p>");
      EXPECT_EQ(tree->attribute(i, "class"), "a");
    }
    if (node.text == "En år") {
      EXPECT_EQ(node.source.in(kHtml), "En &aring;r");
    }
  }
}

std::string limit_error(const std::string& html, const HtmlLimits& limits = {}) {
  auto tree = HtmlTree::parse(html, limits);
  return tree ? "" : tree.error().to_string();
}

TEST(HtmlLimits, AreNamed) {
  EXPECT_NE(limit_error(repeated("<div>", 600)).find("nested deeper than 512"), std::string::npos);
  EXPECT_NE(limit_error("<p " + repeated("a=1 ", 300) + ">").find("more than 256 attributes"),
            std::string::npos);
  EXPECT_NE(limit_error(repeated("<i>x</i>", 60), {.max_nodes = 50}).find("more than 50 nodes"),
            std::string::npos);
  EXPECT_NE(
      limit_error(repeated("<p>x", 9'000), {.max_tree_bytes = 1 << 20}).find("more than 1 MB"),
      std::string::npos);
  EXPECT_EQ(limit_error(repeated("<p>", 5'000) + repeated("<li>", 5'000)), "");
}

/// Never a crash, and no more time than the size is worth.
TEST(HtmlLimits, HostilePagesEnd) {
  const std::vector<std::string> pages = {
      repeated("<div>", 400'000),
      "<div " + repeated("a b=c ", 300'000) + ">",
      repeated("<div a=1 b=2 c=3>", 200'000),
      repeated("<p><b><i><font color=a>", 40'000),
      [] {
        std::string out;
        for (int i = 0; i < 20'000; ++i) out += "<p><font color=" + std::to_string(i) + ">x";
        return out;
      }(),
      repeated("<a><p>", 50'000),
      repeated("<table><p>", 50'000),
      repeated("<table><tr><td></div><div>", 50'000),
      repeated("<svg><p>", 50'000),
      repeated("<select><option><optgroup>", 50'000),
      "<p title=\"" + std::string(4'000'000, 'a') + "\">" + kText,
      "<!--" + std::string(4'000'000, '-'),
      "<script>" + repeated("</scrip", 400'000),
      repeated("</p>", 400'000) + repeated("</br>", 200'000),
      repeated("&aring;&#x10FFFF;&#xD800;&bogus", 100'000),
      std::string(1'000'000, '\0'),
      "<p>" + repeated(std::string("a\0b ", 4), 200'000),
      "<script type=application/ld+json>" + repeated("[", 500'000) + "</script>" + kText,
      "<script type=application/ld+json>" + repeated("{\"@graph\":", 200'000) + "</script>" + kText,
      repeated("<p class='" + repeated("related ", 100) + "'>x</p>", 2'000),
  };
  for (size_t i = 0; i < pages.size(); ++i) {
    SCOPED_TRACE(i);
    const auto begin = std::chrono::steady_clock::now();
    const auto article = read("<!DOCTYPE html><body>" + pages[i]);
    EXPECT_TRUE(article || !article.error().message.empty());
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(time.count(), 20);
  }
}

TEST(Sniffing, PagesFeedsAndTexts) {
  EXPECT_TRUE(looks_like_html("\xEF\xBB\xBF\n<!DOCTYPE HTML>", "-"));
  EXPECT_TRUE(looks_like_html("<!-- x --><html>", "-"));
  EXPECT_TRUE(looks_like_html("<p>Hei", "-"));
  EXPECT_TRUE(looks_like_html(std::string_view("\xFF\xFE<\0h\0t\0m\0l\0>\0", 14), "-"));
  EXPECT_TRUE(looks_like_html("<custom-page>", "a.html"));
  EXPECT_TRUE(looks_like_html("<html>", "a.txt"));
  EXPECT_FALSE(looks_like_html("<script> er et ord", "a.txt"));
  EXPECT_FALSE(looks_like_html("<custom-page>", "a.txt"));
  EXPECT_FALSE(looks_like_html("<prosa> er et ord", "a.txt"));
  EXPECT_FALSE(looks_like_html("Brua er stengt <p>", "a.html"));
}

TEST(Metadata, DatesInManyForms) {
  EXPECT_EQ(normal_date("2026-05-04"), "2026-05-04");
  EXPECT_EQ(normal_date("2026-05-04T06:12:00+0200"), "2026-05-04T06:12:00+02:00");
  EXPECT_EQ(normal_date(" 2026-05-04 06:12 "), "2026-05-04");
  EXPECT_EQ(normal_date("20260504T061200Z"), "2026-05-04T06:12:00Z");
  EXPECT_EQ(normal_date("Mon, 4 May 2026 06:12:00 GMT"), "2026-05-04T06:12:00Z");
  EXPECT_EQ(normal_date("04 May 2026 06:12 EST"), "2026-05-04T06:12:00-05:00");
  EXPECT_EQ(normal_date("2026-02-31"), std::nullopt);
  EXPECT_EQ(normal_date("i går"), std::nullopt);
}

TEST(Metadata, JsonLdMendedOrPassedOver) {
  PageMetadata out;
  read_json_ld("{\"@type\":\"NewsArticle\",\"headline\":\"Bru\nstengt\",}", out);
  EXPECT_EQ(out.title, "Bru stengt");
  PageMetadata none;
  read_json_ld("{\"@type\":\"NewsArticle\",\"headline\":", none);
  EXPECT_FALSE(none.title);
  PageMetadata graph;
  read_json_ld(
      "/*<![CDATA[*/[{\"@graph\":[{\"@type\":[\"X\",\"ReportageNewsArticle\"],\"author\":["
      "{\"name\":\"Kari Bø\"},\"Per Li\"],\"isAccessibleForFree\":false}]}]/*]]>*/",
      graph);
  EXPECT_EQ(graph.authors, (std::vector<std::string>{"Kari Bø", "Per Li"}));
  EXPECT_TRUE(graph.for_subscribers);
}

TEST(Metadata, TheAddressIsWhole) {
  const auto url = [](const std::string& head, const std::string& base = "") {
    const std::string html = "<html><head>" + head + "</head></html>";
    const auto tree = HtmlTree::parse(html);
    return read_metadata(*tree, base).url.value_or("none");
  };
  const std::string canonical = "<link rel=canonical href=/a/1>";
  EXPECT_EQ(url(canonical), "none");
  EXPECT_EQ(url(canonical, "http://b.example/x"), "http://b.example/a/1");
  EXPECT_EQ(url(canonical + "<meta property=og:url content=https://a.example/2>"),
            "https://a.example/a/1");
  EXPECT_EQ(url("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":"
                "{\"@id\":\"https://a.example/3\"}}</script>"),
            "https://a.example/3");
}

TEST(Metadata, ThingsOfMicrodataGoByTheirNames) {
  const std::string html =
      "<div itemprop=publisher itemscope><span itemprop=logo>L</span><meta itemprop=name "
      "content=Fjordposten></div><p itemprop=author itemscope>Av <b itemprop=name>Kari Bø</b></p>";
  const auto tree = HtmlTree::parse(html);
  const PageMetadata out = read_metadata(*tree);
  EXPECT_EQ(out.outlet, "Fjordposten");
  EXPECT_EQ(out.authors, std::vector<std::string>{"Kari Bø"});
}

TEST(Page, ACookieWallIsNoArticle) {
  const std::string wall =
      "<div id=consent><h1>Vi bryr oss om personvernet ditt</h1><p>Vi og våre partnere lagrer og "
      "leser informasjon på enheten din, som informasjonskapsler.</p><p>Du kan når som helst endre "
      "samtykket ditt.</p></div>";
  const auto alone = read(wall);
  ASSERT_FALSE(alone);
  EXPECT_EQ(alone.error().code, ErrorCode::kEmpty);
  EXPECT_NE(alone.error().message.find("only a cookie wall"), std::string::npos);
  const auto before = read(wall + "<h1>Brua er stengt</h1>" + repeated(kText, 3));
  ASSERT_TRUE(before);
  EXPECT_EQ(before->text.find("partnere"), std::string::npos) << before->text;
}

TEST(Page, ThatTakesTooLongIsGivenUp) {
  ingest::Run run;
  const std::string page = "<h1>Brua er stengt</h1>" + kText;
  const auto article = read_html_article(page, "a", {}, patterns(), run, Deadline(1, 2));
  ASSERT_FALSE(article);
  EXPECT_EQ(article.error().to_string(),
            "takes longer than 1 s; given up after parsing (raise --max-seconds)");
}

TEST(Page, WithoutAnArticleIsAnError) {
  const auto article = read("<!DOCTYPE html><html><body><a href=/>Forsiden</a></body></html>");
  ASSERT_FALSE(article);
  EXPECT_NE(article.error().message.find("no article"), std::string::npos);
}

/// What a name means on the pages of one publisher (data/ingest/publishers.tsv); elsewhere nothing.
TEST(Page, APublishersOwnNamesCountOnItsPagesOnly) {
  const std::string teaser =
      "<div class=compilation-reference><p>Fylket vil ikke svare på når "
      "bommen kommer, og venter på departementet.</p></div>";
  const auto has_teaser = [&](const std::string& host) {
    const auto article = read("<link rel=canonical href=https://" + host + "/a><h1>Brua er stengt" +
                              "</h1><div>" + repeated(kText, 3) + teaser + kText + "</div>");
    EXPECT_TRUE(article);
    return article && article->text.find("departementet") != std::string::npos;
  };
  EXPECT_FALSE(has_teaser("www.nrk.no"));
  EXPECT_TRUE(has_teaser("avis.example"));
  EXPECT_TRUE(has_teaser("nrk.no.example"));
}

TEST(Page, LinksAreAbsolute) {
  const auto article =
      read("<link rel=canonical href=https://a.example/b/c><h1>Brua er stengt</h1>" + kText +
           "<p>Se <a href=/x>vegvesenet sin omtale</a> og <a href=y>dette"
           "</a> for mer om skadene, som er omfattende.</p>");
  ASSERT_TRUE(article);
  ASSERT_EQ(article->links.size(), 2U);
  EXPECT_EQ(article->links[0].url, "https://a.example/x");
  EXPECT_EQ(article->links[1].url, "https://a.example/b/y");
  EXPECT_EQ(article->url, "https://a.example/b/c");
}

}  // namespace
}  // namespace avstand::ingest
