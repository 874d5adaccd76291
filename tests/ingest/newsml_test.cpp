// NewsML-G2: items, packages and messages, and what an agency says of its own copy.
#include <gtest/gtest.h>

#include "ingest/ingest.h"
#include "support/ingest.h"

namespace avstand::ingest {
namespace {

constexpr std::string_view kXml = "<?xml version='1.0' encoding='UTF-8'?>\n";
constexpr std::string_view kSpace =
    " xmlns='http://iptc.org/std/nar/2006-10-01/' standard='NewsML-G2'";
constexpr std::string_view kXhtml =
    "<contentSet><inlineXML contenttype='application/xhtml+xml'>"
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>Not text</title></head><body>"
    "<p>Broen er stengt.</p><h2>Rapport</h2><p>Det sier ordføreren &amp; "
    "vegsjefen.</p></body></html>"
    "</inlineXML></contentSet>";
constexpr std::string_view kPlain =
    "<contentSet><inlineData contenttype='text/plain'>Broen er stengt.</inlineData></contentSet>";

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

/// A newsItem with these children of itemMeta and contentMeta, and what stands behind and before.
std::string item(std::string_view guid, std::string_view item_meta, std::string_view content_meta,
                 std::string_view content = kPlain, std::string_view before = "") {
  return join({"<newsItem", kSpace, " guid='", guid, "' version='3' xml:lang='nb'>", before,
               "<itemMeta><itemClass qcode='ninat:text'/>", item_meta, "</itemMeta><contentMeta>",
               content_meta, "<headline>Bro stengt i Nesvik</headline></contentMeta>", content,
               "</newsItem>"});
}

Article read_one(const std::string& xml) {
  InputRead got = read_input_text(std::string(kXml) + xml);
  EXPECT_TRUE(got.errors.empty()) << got.errors[0];
  EXPECT_EQ(got.articles.size(), 1U);
  return got.articles.empty() ? Article() : std::move(got.articles[0]);
}

TEST(NewsMl, AnItemOfXhtml) {
  const Article a = read_one(item("urn:newsml:byra.example:1",
                                  "<provider literal='byra'><name>Byrået</name></provider>"
                                  "<versionCreated>2026-05-04T08:00:00+02:00</versionCreated>"
                                  "<firstCreated>2026-05-04T06:12:00+02:00</firstCreated>",
                                  "<by>Kari Lunde</by><language tag='nn'/>", kXhtml));
  EXPECT_EQ(a.id, "urn:newsml:byra.example:1");
  EXPECT_EQ(
      a.text,
      "Bro stengt i Nesvik\n\nBroen er stengt.\n\nRapport\n\nDet sier ordføreren & vegsjefen.");
  EXPECT_EQ(a.outlet, "Byrået");
  EXPECT_EQ(a.published, "2026-05-04T06:12:00+02:00");
  EXPECT_EQ(a.bylines, std::vector<std::string>{"Kari Lunde"});
}

TEST(NewsMl, AnItemOfNitf) {
  const Article a = read_one(item(
      "g1", "", "",
      "<contentSet><inlineXML contenttype='application/nitf+xml'><nitf "
      "xmlns='http://iptc.org/std/NITF/2006-10-18/'><body><body.head><hedline><hl1>Other</hl1>"
      "</hedline><byline>Av Per Dahl</byline><abstract><p>Kort fortalt.</p></abstract></body.head>"
      "<body.content><p>Broen er stengt.</p><block><p>Til mandag.</p></block></body.content>"
      "</body></nitf></inlineXML></contentSet>"));
  EXPECT_EQ(a.text, "Bro stengt i Nesvik\n\nKort fortalt.\n\nBroen er stengt.\n\nTil mandag.");
  ASSERT_EQ(a.bylines.size(), 1U);
  EXPECT_NE(a.bylines[0].find("Per Dahl"), std::string::npos);
}

TEST(NewsMl, WhatTheAgencySaysOfItsCopy) {
  const Article a = read_one(
      item("g1",
           "<embargoed>2026-05-05T06:00:00+02:00</embargoed><pubStatus qcode='stat:withheld'/>"
           "<edNote>Ikke før tirsdag.</edNote>",
           "<creditline>Byrået / Fjernbyrået</creditline><infoSource "
           "literal='x'><name>Fjernbyrået</name>"
           "</infoSource><infoSource qcode='src:politi'/>"));
  EXPECT_EQ(a.agency.credit, "Byrået / Fjernbyrået");
  EXPECT_EQ(a.agency.source, "Fjernbyrået, politi");
  EXPECT_EQ(a.agency.embargo, "2026-05-05T06:00:00+02:00");
  EXPECT_EQ(a.agency.version, "3");
  EXPECT_EQ(a.agency.status, "withheld");
  EXPECT_EQ(a.agency.note, "Ikke før tirsdag.");
  EXPECT_TRUE(a.agency.corrections.empty());
  EXPECT_TRUE(a.agency.hops.empty());
}

TEST(NewsMl, HopsByTheirNumberTheFirstHandFirst) {
  const Article a = read_one(
      item("g1", "", "", kPlain,
           "<hopHistory><hop seq='10'><party literal='Tredje'/></hop>"
           "<hop seq='2' timestamp='2026-05-04T07:00:00Z'><party><name>Andre</name></party>"
           "<action qcode='act:transmit' target='tgt:content'/></hop>"
           "<hop seq='1' timestamp='2026-05-04T06:00:00Z'><party qcode='org:forste'/>"
           "<action qcode='act:create' target='tgt:content'/><action qcode='act:edit' "
           "target='tgt:metadata'/>"
           "</hop><hop seq='11'/></hopHistory>"));
  EXPECT_EQ(a.agency.hops, (std::vector<std::string>{"forste", "Andre", "Tredje", "unnamed"}));
  ASSERT_EQ(a.agency.hop_history.size(), 4U);
  EXPECT_EQ(a.agency.hop_history[0].actions,
            (std::vector<std::string>{"create content", "edit metadata"}));
  EXPECT_EQ(a.agency.hop_history[0].time, "2026-05-04T06:00:00Z");
  EXPECT_EQ(a.agency.hop_history[1].party, "Andre");
  EXPECT_FALSE(a.agency.hop_history[2].time);
}

TEST(NewsMl, CorrectionsBySignalAndLink) {
  const Article a = read_one(item("g2",
                                  "<signal qcode='sig:correction'/><signal qcode='sig:atomic'/>"
                                  "<link rel='irel:previousVersion' residref='urn:g1'/>"
                                  "<link rel='irel:corrects' href='https://byra.example/1'/><link "
                                  "rel='irel:seeAlso' residref='urn:g0'/>",
                                  ""));
  EXPECT_EQ(a.agency.corrections, (std::vector<std::string>{"correction", "previousVersion urn:g1",
                                                            "corrects https://byra.example/1"}));
}

TEST(NewsMl, APictureIsItsCaption) {
  const std::string xml =
      item("p1", "", "<description>Broen i går. Foto: Per Dahl</description>", "");
  std::string picture = xml;
  picture.replace(picture.find("ninat:text"), 10, "ninat:picture");
  const Article a = read_one(picture);
  ASSERT_FALSE(a.blocks.empty());
  EXPECT_EQ(a.blocks.back().kind, BlockKind::kCaption);
  EXPECT_EQ(read_one(xml).blocks.back().kind, BlockKind::kParagraph);
}

std::string package(std::string_view guid) {
  return join({"<packageItem", kSpace, " guid='", guid,
               "'><itemMeta/><contentMeta><headline>Kvelden</headline></contentMeta><groupSet "
               "root='g'><group id='g'><itemRef residref='urn:1'><headline>Bro stengt</headline>"
               "<description>Stengt til &lt;mandag&gt; &amp; tirsdag.</description></itemRef>"
               "<itemRef residref='urn:2'><title>Ferje i rute</title></itemRef></group></groupSet>"
               "</packageItem>"});
}

std::string message(const std::string& items) {
  return join({"<newsMessage", kSpace, "><header/><itemSet>", items, "</itemSet></newsMessage>"});
}

TEST(NewsMl, APackageAloneIsAnArticleOfItsTitles) {
  const Article a = read_one(package("pkg"));
  EXPECT_EQ(a.text, "Kvelden\n\nBro stengt\n\nStengt til <mandag> & tirsdag.\n\nFerje i rute");
}

TEST(NewsMl, AMessageGivesItsItemsAndTellsOfThePackage) {
  const InputRead got = read_input_text(
      std::string(kXml) + message(package("pkg") + item("g1", "", "") + item("g2", "", "")));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[0].id, "g1");
  EXPECT_EQ(got.articles[1].id, "g2");
  EXPECT_TRUE(got.errors.empty());
  EXPECT_EQ(got.notes, std::vector<std::string>{"in: a package; its items are read one by one"});
  EXPECT_EQ(read_input_text(std::string(kXml) + message(package("pkg"))).articles.size(), 1U);
}

TEST(NewsMl, WhatCannotBeReadIsSaidAndTheRestIsRead) {
  const InputRead got = read_input_text(
      std::string(kXml) +
      message(item("g1", "", "") + "<conceptItem guid='c'/>" + item("g1", "", "") +
              "<newsItem guid='empty'><itemMeta/></newsItem>" + item("g2", "", "")));
  ASSERT_EQ(got.articles.size(), 2U);
  EXPECT_EQ(got.articles[1].id, "g2");
  ASSERT_EQ(got.errors.size(), 3U);
  EXPECT_EQ(got.errors[0], "in: NewsML-G2 that tells no news: conceptItem");
  EXPECT_EQ(got.errors[1], "in: the id 'g1' came before");
  EXPECT_EQ(read_input_text(std::string(kXml) + message("")).errors,
            std::vector<std::string>{"in: a newsMessage without items"});
}

TEST(NewsMl, WithoutAGuidItIsCalledByItsPlace) { EXPECT_EQ(read_one(item("", "", "")).id, "in#1"); }

TEST(NewsMl, CutAnywhereIsAnError) {
  const std::string xml = std::string(kXml) + item("g1", "", "", kXhtml);
  for (size_t size = kXml.size() + 12; size + 1 < xml.size(); size += 11) {
    const InputRead got = read_input_text(std::string_view(xml).substr(0, size));
    EXPECT_TRUE(got.articles.empty()) << size;
    EXPECT_EQ(got.errors.size(), 1U) << size;
  }
}

}  // namespace
}  // namespace avstand::ingest
