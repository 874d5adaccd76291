// Feeds, and JSON that others write.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "ingest/ingest.h"
#include "support/ingest.h"
#include "text/xml_tree.h"

namespace avstand::ingest {
namespace {

TEST(Feeds, Rss) {
  const InputRead got = read_input_text(
      "<?xml version='1.0' encoding='iso-8859-1'?>\n"
      "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'\n"
      "     xmlns:media='http://search.yahoo.com/mrss/' "
      "xmlns:dc='http://purl.org/dc/elements/1.1/'>\n"
      "<channel><title>Fjordposten</title><language>nb</language>\n"
      "<item><title>Br\xF8yting utsatt &amp; avlyst</title><link>https://f.example/1</link>\n"
      "<guid>f-1</guid><pubDate>Mon, 04 May 2026 06:12:00 +0200</pubDate>\n"
      "<media:content><media:credit>Foto: X</media:credit></media:content>\n"
      "<dc:creator>Kari Lunde</dc:creator><description>Kort</description>\n"
      "<content:encoded><![CDATA[<p>Kommunen venter.</p><p>Det sier ordf\xF8reren.</p>]]>"
      "</content:encoded></item>\n"
      "<item><title>Bare tittel</title></item><item></item></channel></rss>");
  ASSERT_EQ(got.articles.size(), 2U);
  const Article& first = got.articles[0];
  EXPECT_EQ(first.id, "f-1");
  EXPECT_EQ(first.text, "Brøyting utsatt & avlyst\n\nKommunen venter.\n\nDet sier ordføreren.");
  EXPECT_EQ(first.outlet, "Fjordposten");
  EXPECT_EQ(first.published, "2026-05-04T06:12:00+02:00");
  EXPECT_EQ(first.bylines, std::vector<std::string>{"Kari Lunde"});
  EXPECT_EQ(got.articles[1].id, "in#2");
  ASSERT_EQ(got.errors.size(), 1U);
  EXPECT_EQ(got.errors[0], "in: 'in#3' has no text");
}

TEST(Feeds, Atom) {
  const InputRead got = read_input_text(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>Blad</title><entry><id>tag:1</id>"
      "<title type='html'>Sauer &lt;b&gt;tatt&lt;/b&gt;</title><link rel='alternate' "
      "href='https://b.example/1'/>"
      "<author><name>Leif Hauge</name></author><updated>2026-08-21T18:05:00Z</updated>"
      "<content type='xhtml'><div "
      "xmlns='http://www.w3.org/1999/xhtml'><p>En.</p><p>To.</p></div></content>"
      "</entry></feed>");
  ASSERT_EQ(got.articles.size(), 1U);
  EXPECT_EQ(got.articles[0].text, "Sauer tatt\n\nEn.\n\nTo.");
  EXPECT_EQ(got.articles[0].url, "https://b.example/1");
  EXPECT_EQ(got.articles[0].bylines, std::vector<std::string>{"Leif Hauge"});
}

/// RSS 0.90 and 1.0 are RDF with the items beside the channel; 0.91 to 0.94 have them in it.
TEST(Feeds, OldOnes) {
  constexpr std::string_view kItem =
      "<item><title>Bro stengt</title><link>https://f.example/1</link>"
      "<description>Til mandag, sier kommunen.</description></item>";
  constexpr std::string_view kRdf = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'";
  const std::string channel = "<channel><title>Fjordposten</title>";
  std::vector<std::string> feeds;
  for (const char* space : {"http://my.netscape.com/rdf/simple/0.9/", "http://purl.org/rss/1.0/"})
    feeds.push_back(fmt::format("<rdf:RDF {} xmlns='{}'>{}</channel>{}</rdf:RDF>", kRdf, space,
                                channel, kItem));
  for (const char* version : {"0.91", "0.92", "0.93", "0.94", "2.0"})
    feeds.push_back(fmt::format("<rss version='{}'>{}{}</channel></rss>", version, channel, kItem));
  for (const std::string& feed : feeds) {
    SCOPED_TRACE(feed);
    const InputRead got = read_input_text("<?xml version='1.0'?>" + feed);
    ASSERT_EQ(got.articles.size(), 1U);
    EXPECT_EQ(got.articles[0].text, "Bro stengt\n\nTil mandag, sier kommunen.");
    EXPECT_EQ(got.articles[0].id, "https://f.example/1");
    EXPECT_EQ(got.articles[0].outlet, "Fjordposten");
  }
}

TEST(Feeds, WhatIsNoneIsRefusedWithAReason) {
  EXPECT_NE(read_input_text("<?xml version='1.0'?><plan/>").errors.at(0).find("root is 'plan'"),
            std::string::npos);
  EXPECT_NE(read_input_text("<?xml version='1.0'?><newsItem/>").errors.at(0).find("has no text"),
            std::string::npos);
  EXPECT_NE(read_input_text("<?xml version='1.0'?><rss><channel/></rss>")
                .errors.at(0)
                .find("without items"),
            std::string::npos);
  EXPECT_NE(read_input_text("<?xml version='1.0'?><rss><a></rss>")
                .errors.at(0)
                .find("no well-formed XML"),
            std::string::npos);
}

TEST(Xml, EntitiesNeverGrowAndDepthEnds) {
  const InputRead bomb = read_input_text(
      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b "
      "'&a;&a;&a;'>]><rss>&b;</rss>");
  ASSERT_EQ(bomb.errors.size(), 1U);
  EXPECT_NE(bomb.errors[0].find("declares entities"), std::string::npos);
  const InputRead file = read_input_text(
      "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a SYSTEM "
      "'file:///etc/passwd'>]><rss>&a;</rss>");
  EXPECT_NE(file.errors.at(0).find("declares entities"), std::string::npos);
  std::string deep = "<?xml version='1.0'?>";
  for (int i = 0; i < 5'000; ++i) deep += "<rss>";
  EXPECT_NE(read_input_text(deep).errors.at(0).find("nested deeper than 128"), std::string::npos);
}

TEST(ForeignJson, Ninjs) {
  const InputRead old =
      read_input_text(R"({"uri":"urn:1","type":"text","headline":"Ras i Storelva","versioncreated":
    "2026-11-02T21:10:00Z","byline":"Even Ness","copyrightholder":"NTB","version":"3",
    "infosources":[{"name":"Politiet"}],"body_text":"x","body_xhtml":"<p>Nitten er evakuert.</p><p>Ingen er skadet.</p>"})");
  ASSERT_EQ(old.articles.size(), 1U);
  EXPECT_EQ(old.articles[0].text, "Ras i Storelva\n\nNitten er evakuert.\n\nIngen er skadet.");
  EXPECT_EQ(old.articles[0].agency.credit, "NTB");
  EXPECT_EQ(old.articles[0].agency.hops, std::vector<std::string>{"Politiet"});
  const InputRead fresh = read_input_text(
      R"({"uri":"urn:2","type":"picture","headlines":[{"role":"main","value":"Raset"}],
    "descriptions":[{"contentType":"text/plain","value":"Raset gikk nær husene. Foto: Even Ness / NTB"}]})");
  ASSERT_EQ(fresh.articles.size(), 1U);
  EXPECT_EQ(fresh.articles[0].blocks.back().kind, BlockKind::kCaption);
  // An item that has nothing but what ninjs asks of it, and fields that it lets others add.
  const InputRead bare = read_input_text(
      R"({"uri":"urn:3","headline":"Raset","description_caption_xhtml":"<p>Nær husene.</p>"})");
  ASSERT_EQ(bare.articles.size(), 1U);
  EXPECT_EQ(bare.articles[0].text, "Raset\n\nNær husene.");
}

TEST(ForeignJson, ScrapersAndJsonFeed) {
  const InputRead trafilatura =
      read_input_text(R"({"title":"Ras i Storelva","author":"Even Ness; Åse Vik","hostname":
    "l.example","date":"2026-11-02","fingerprint":"ab","id":null,"source":"https://l.example/1",
    "source-hostname":"Lokalnytt","text":"Nitten er evakuert.\nIngen er skadet."})");
  ASSERT_EQ(trafilatura.articles.size(), 1U);
  EXPECT_EQ(trafilatura.articles[0].id, "https://l.example/1");
  EXPECT_EQ(trafilatura.articles[0].text,
            "Ras i Storelva\n\nNitten er evakuert.\n\nIngen er skadet.");
  EXPECT_EQ(trafilatura.articles[0].bylines.size(), 2U);
  const InputRead fundus =
      read_input_text(R"({"title":"Ras i Storelva","authors":["Even Ness"],"publishing_date":
    "2026-11-02 21:10:00+01:00","body":{"summary":["Kort om raset."],"sections":[{"headline":["Leire"],
    "paragraphs":["Det er kvikkleire i grunnen."]}]}})");
  ASSERT_EQ(fundus.articles.size(), 1U);
  EXPECT_EQ(fundus.articles[0].published, "2026-11-02T21:10:00+01:00");
  EXPECT_NE(fundus.articles[0].text.find("Leire\n\nDet er kvikkleire"), std::string::npos);
  const InputRead feed =
      read_input_text(R"({"version":"https://jsonfeed.org/version/1.1","title":"Blad","items":[
    {"id":"1","content_html":"<p>En.</p>"},{"id":"2","content_text":"To."},{"id":"2","content_text":"Tre."}]})");
  EXPECT_EQ(feed.articles.size(), 2U);
  ASSERT_EQ(feed.errors.size(), 1U);
  EXPECT_NE(feed.errors[0].find("came before"), std::string::npos);
}

}  // namespace
}  // namespace avstand::ingest
