#include <gtest/gtest.h>

#include "ingest/patterns.h"

namespace avstand::ingest {
namespace {

Article blocks_of(std::string text) {
  static const Patterns* patterns = [] {
    auto result = Patterns::load(AVSTAND_SOURCE_DIR "/data");
    if (!result) ADD_FAILURE() << result.error().to_string();
    return new Patterns(std::move(*result));
  }();
  Article article;
  article.text = std::move(text);
  find_blocks(article, *patterns);
  return article;
}

std::string kinds(std::string text) {
  constexpr const char* kNames[] = {"headline", "lede",     "paragraph", "subheading", "caption",
                                    "byline",   "dateline", "credit",    "list",       "quote"};
  std::string out;
  for (const Block& block : blocks_of(std::move(text)).blocks)
    out += std::string(out.empty() ? "" : " ") + kNames[static_cast<size_t>(block.kind)];
  return out;
}

TEST(FindBlocks, AnArticleInItsUsualForm) {
  EXPECT_EQ(
      kinds("STENGT: Veien ved Fossum er stengt. Foto: Per Dal\n\n"
            "Ras stengte veien\n\n"
            "Av Kari Nes og Ola Li\n\n"
            "Veien kan bli stengt i flere dager.\n\n"
            "OSLO (NTB): Raset gikk natt til søndag.\n\n"
            "Vil sprenge\n\n"
            "– Vi må sprenge, sier byggelederen.\n\n"
            "• Hold avstand\n• Følg med\n\n"
            "«Dette er det verste raset jeg har sett på tretti år.»\n\n"
            "Fossum ligger i en bratt dal.\n\n"
            "(NTB)"),
      "caption headline byline lede paragraph subheading paragraph list quote paragraph credit");
}

TEST(FindBlocks, KickerAndBylineAreRead) {
  const Article article = blocks_of(
      "Flommen øker\n\nBy Ann Lee, Bo Ek\n\nVannet stiger.\n\nPÅ TAKET: Folk venter på "
      "hjelp.\n\nSlutt nå.");
  ASSERT_EQ(article.blocks.size(), 5U);
  EXPECT_EQ(article.bylines, (std::vector<std::string>{"Ann Lee", "Bo Ek"}));
  ASSERT_TRUE(article.blocks[3].kicker);
  EXPECT_EQ(article.blocks[3].kicker->in(article.text), "PÅ TAKET");
}

TEST(FindBlocks, LooksAlikeButIsNot) {
  // A preposition before a number is no byline; an early colon is no kicker.
  EXPECT_EQ(kinds("Tittel\n\nInnledning her.\n\nAv 100 spurte sa 60 nei\n\nMer tekst kommer."),
            "headline lede subheading paragraph");
  EXPECT_EQ(kinds("Tittel\n\nInnledning her.\n\nNTB melder: Det snør.\n\nMer tekst."),
            "headline lede paragraph paragraph");
  EXPECT_EQ(kinds("USA: Ny topp for inflasjonen\n\nPrisene økte. Mye.\n\nDet er ille."),
            "headline lede paragraph");
}

TEST(FindBlocks, LinesWithoutEmptyLinesAreOneBlock) {
  EXPECT_EQ(kinds("Første setning.\nAndre setning.\nTredje."), "paragraph");
  EXPECT_EQ(kinds("Bare en linje"), "paragraph");
}

TEST(FindBlocks, HowTheTextIsWrittenChangesNothing) {
  const std::string expected = kinds("På vakt\n\nInn her.\n\nPÅ TUR: Et bilde.\n\nSlutt nå.");
  EXPECT_EQ(kinds("Pa\u030A vakt\r\n\r\nInn\u00A0her.\r\n \r\nPA\u030A\u00A0TU\u00ADR: Et "
                  "bilde.\r\n\r\nSlutt nå."),
            expected);
  EXPECT_EQ(expected, "headline lede caption paragraph");
}

TEST(FindBlocks, ManyBlocksAreLinear) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "ord\n\n";
  EXPECT_EQ(blocks_of(text).blocks.size(), 200'000U);
  EXPECT_EQ(blocks_of(std::string(2'000'000, '\n') + "a").blocks.size(), 1U);
}

}  // namespace
}  // namespace avstand::ingest
