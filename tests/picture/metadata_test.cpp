// EXIF, IIM and XMP, each alone and put together.
#include "picture/metadata.h"

#include <gtest/gtest.h>

#include "support/make_picture.h"

namespace avstand::picture {
namespace {

using namespace std::string_literals;
using make::ascii;
using Strings = std::vector<std::string>;

TEST(Exif, InBothByteOrders) {
  for (const bool is_little : {true, false}) {
    const std::string tiff =
        make::tiff({ascii(0x010E, "Broen i Nesvik"), ascii(0x0131, "Kamera 1.2"),
                    ascii(0x013B, "Kari Bø; Ola Vik"), ascii(0x8298, "NTB")},
                   {ascii(0x9003, "2026:05:04 19:30:05"), ascii(0x9011, "+02:00")}, is_little);
    const PictureMetadata m = read_exif(tiff, {});
    EXPECT_EQ(m.creators, (Strings{"Kari Bø", "Ola Vik"}));
    EXPECT_EQ(m.caption, "Broen i Nesvik");
    EXPECT_EQ(m.copyright, "NTB");
    EXPECT_EQ(m.software, "Kamera 1.2");
    EXPECT_EQ(m.date_created, "2026-05-04T19:30:05+02:00");
    EXPECT_EQ(m.read_of, Strings{"exif"});
  }
}

TEST(Exif, ADateThatIsNoneIsLeftOut) {
  const auto date = [](const std::string& text) {
    return read_exif(make::tiff({}, {ascii(0x9003, text)}), {}).date_created;
  };
  EXPECT_EQ(date("2026:05:04"), "2026-05-04");
  EXPECT_EQ(date("0000:00:00 00:00:00"), "");
  EXPECT_EQ(date("    :  :     :  :  "), "");
  EXPECT_EQ(date("yesterday"), "");
}

TEST(Exif, WindowsOwnFieldsFillGaps) {
  const std::string name = "K\0a\0r\0i\0 \0B\0\xF8\0\0\0"s;
  const auto size = static_cast<uint32_t>(name.size());
  EXPECT_EQ(read_exif(make::tiff({{0x9C9D, 1, size, name}}), {}).creators, Strings{"Kari Bø"});
  EXPECT_EQ(read_exif(make::tiff({ascii(0x013B, "Ola Vik"), {0x9C9D, 1, size, name}}), {}).creators,
            Strings{"Ola Vik"});
}

TEST(Exif, TheEditorsNoticeWhereThePhotographersIsEmpty) {
  EXPECT_EQ(read_exif(make::tiff({{0x8298, 2, 9, " \0Avisen\0"s}}), {}).copyright, "Avisen");
}

TEST(Exif, ADirectoryThatPointsAtItselfEnds) {
  const std::string to_itself =
      make::tiff({ascii(0x013B, "Kari Bø"), {0x8769, 4, 1, make::little(8, 4)}});
  EXPECT_EQ(read_exif(to_itself, {}).creators, Strings{"Kari Bø"});
  std::vector<make::Entry> many(9'000, {0x8769, 4, 1, make::little(8, 4)});
  many.push_back(ascii(0x013B, "Kari Bø"));
  EXPECT_EQ(read_exif(make::tiff(many), {}).creators, Strings{"Kari Bø"});
}

TEST(Exif, WhatLiesOutsideIsLeftOut) {
  EXPECT_TRUE(read_exif(make::tiff({{0x013B, 2, 4'000'000'000U, make::little(8, 4)}}), {})
                  .creators.empty());
  EXPECT_TRUE(read_exif("II*\0\xFF\xFF\xFF\xFF"s, {}).empty());
  EXPECT_TRUE(read_exif("", {}).empty());
}

TEST(Iim, TheDataSetsOfRecordTwo) {
  const PictureMetadata m = read_iim(make::iim({{55, "20260504"},
                                                {60, "193005+0200"},
                                                {80, "Kari Bø"},
                                                {80, "Ola Vik"},
                                                {105, "Bro stengt"},
                                                {110, "Kari Bø / NTB"},
                                                {115, "NTB"},
                                                {116, "© NTB"},
                                                {120, "Broen i Nesvik."}}),
                                     {});
  EXPECT_EQ(m.creators, (Strings{"Kari Bø", "Ola Vik"}));
  EXPECT_EQ(m.credit, "Kari Bø / NTB");
  EXPECT_EQ(m.source, "NTB");
  EXPECT_EQ(m.copyright, "© NTB");
  EXPECT_EQ(m.headline, "Bro stengt");
  EXPECT_EQ(m.caption, "Broen i Nesvik.");
  EXPECT_EQ(m.date_created, "2026-05-04T19:30:05+02:00");
}

TEST(Iim, ADateIsAsExactAsItIsSaid) {
  EXPECT_EQ(read_iim(make::iim({{55, "20260500"}}), {}).date_created, "2026-05");
  EXPECT_EQ(read_iim(make::iim({{55, "20260000"}}), {}).date_created, "2026");
  EXPECT_EQ(read_iim(make::iim({{55, "May"}}), {}).date_created, "");
}

TEST(Iim, OldTextIsWindows1252AndControlsAreGone) {
  EXPECT_EQ(read_iim(make::iim({{80, "Kari B\xF8\x1B[31m"}}), {}).creators,
            Strings{"Kari Bø [31m"});
}

TEST(Iim, ExtendedLengthsAndBrokenOnes) {
  const std::string longer = "\x1C\x02\x78"s + make::big(0x8004, 2) + make::big(7, 4) + "caption";
  EXPECT_EQ(read_iim(longer, {}).caption, "caption");
  EXPECT_EQ(read_iim("\x1C\x02\x78\xFF\xFF"s + std::string(20, '\xFF'), {}).caption, "");
  EXPECT_EQ(read_iim(make::iim({{110, "NTB"}}) + "\x1C\x02\x50\x7F\xFFshort"s, {}).credit, "NTB");
}

TEST(Iim, AmongPhotoshopsResources) {
  const std::string sets = make::iim({{110, "NTB"}});
  EXPECT_EQ(iim_of_photoshop(make::photoshop(sets), {}).substr(0, sets.size()), sets);
  EXPECT_EQ(iim_of_photoshop("8BIM\x04\x25\0\0\xFF\xFF\xFF\xFF"s, {}), "");
}

TEST(Xmp, PropertiesAsElementsAndAsAttributes) {
  const auto elements = read_xmp(make::xmp(
      make::xmp_list("dc:creator", {"Kari Bø", "Ola Vik"}) +
      "<photoshop:Credit>Kari Bø / NTB</photoshop:Credit><photoshop:Source>NTB</photoshop:Source>"
      "<photoshop:DateCreated>2026-05-04T19:30:05+02:00</photoshop:DateCreated>"
      "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"
      "</Iptc4xmpExt:DigitalSourceType>"));
  ASSERT_TRUE(elements.has_value());
  EXPECT_EQ(elements->metadata.creators, (Strings{"Kari Bø", "Ola Vik"}));
  EXPECT_EQ(elements->metadata.credit, "Kari Bø / NTB");
  EXPECT_EQ(elements->metadata.source, "NTB");
  EXPECT_EQ(elements->metadata.date_created, "2026-05-04T19:30:05+02:00");
  EXPECT_EQ(elements->metadata.digital_source_type, "digitalCapture");
  const auto attributes = read_xmp(
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description "
      "xmlns:p='http://ns.adobe.com/photoshop/1.0/' p:Credit='NTB' xmlns:o='urn:other' "
      "o:Source='no'/></rdf:RDF>");
  ASSERT_TRUE(attributes.has_value());
  EXPECT_EQ(attributes->metadata.credit, "NTB");
  EXPECT_EQ(attributes->metadata.source, "");
}

TEST(Xmp, TheDefaultLanguageGoesFirst) {
  const auto xmp =
      read_xmp(make::xmp("<dc:description><rdf:Alt><rdf:li xml:lang='en'>The bridge</rdf:li>"
                         "<rdf:li xml:lang='x-default'>Broen</rdf:li></rdf:Alt></dc:description>"));
  ASSERT_TRUE(xmp.has_value());
  EXPECT_EQ(xmp->metadata.caption, "Broen");
}

TEST(Xmp, NamesInStructuresOfPlusAndNotThoseOfTheOriginals) {
  const auto xmp = read_xmp(make::xmp(
      "<plus:ImageCreator><rdf:Seq><rdf:li rdf:parseType='Resource'><plus:ImageCreatorName>Kari Bø"
      "</plus:ImageCreatorName></rdf:li></rdf:Seq></plus:ImageCreator>"
      "<plus:CopyrightOwnerName>Nesvik Foto</plus:CopyrightOwnerName>"
      "<xmp:Pantry><photoshop:Credit>somebody else</photoshop:Credit></xmp:Pantry>"));
  ASSERT_TRUE(xmp.has_value());
  EXPECT_EQ(xmp->metadata.creators, Strings{"Kari Bø"});
  EXPECT_EQ(xmp->metadata.also, Strings{"Nesvik Foto"});
  EXPECT_EQ(xmp->metadata.credit, "");
}

TEST(Xmp, BombsAreRefused) {
  const auto entities = read_xmp("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>");
  ASSERT_FALSE(entities.has_value());
  EXPECT_NE(entities.error().message.find("entities"), std::string::npos);
  std::string deep;
  for (int i = 0; i < 1'000; ++i) deep += "<a>";
  EXPECT_FALSE(read_xmp(deep).has_value());
  EXPECT_FALSE(read_xmp("<x>\xFF</x>").has_value());
  EXPECT_FALSE(read_xmp("no xml").has_value());
}

TEST(Metadata, XmpBeforeIimBeforeExifAndTheOthersAreKept) {
  Parts parts;
  parts.xmp.push_back(make::xmp("<photoshop:Credit>NTB</photoshop:Credit>"));
  parts.iim = make::iim({{110, "TPA"}, {115, "TPA arkiv"}});
  parts.exif = make::tiff({ascii(0x013B, "Kari Bø"), ascii(0x8298, "Avisen")});
  const PictureMetadata m = read_metadata(parts, {}).metadata;
  EXPECT_EQ(m.credit, "NTB");
  EXPECT_EQ(m.also, Strings{"TPA"});
  EXPECT_EQ(m.source, "TPA arkiv");
  EXPECT_EQ(m.creators, Strings{"Kari Bø"});
  EXPECT_EQ(m.read_of, (Strings{"xmp", "iim", "exif"}));
  EXPECT_TRUE(parts.remarks.empty());
}

TEST(Metadata, ABrokenPacketIsARemarkAndTheRestIsRead) {
  Parts parts;
  parts.xmp.push_back("<x>");
  parts.exif = make::tiff({ascii(0x013B, "Kari Bø")});
  EXPECT_EQ(read_metadata(parts, {}).metadata.creators, Strings{"Kari Bø"});
  ASSERT_EQ(parts.remarks.size(), 1u);
  EXPECT_NE(parts.remarks[0].find("XMP"), std::string::npos);
}

TEST(CleanText, EncodingsAndLength) {
  EXPECT_EQ(clean_text("B\xC3\xB8 \x80"), "BÃ¸ €");  // one byte that is no UTF-8 makes it old text
  EXPECT_EQ(clean_text("  Kari\r\n\tBø\0 "s), "Kari Bø");
  EXPECT_EQ(clean_text(std::string(1'000'000, 'a')).size(), 10'000u);
  std::string norwegian;
  for (int i = 0; i < 30'000; ++i) norwegian += "ø";
  EXPECT_EQ(clean_text("x" + norwegian).substr(0, 3), "xø");
}

}  // namespace
}  // namespace avstand::picture
