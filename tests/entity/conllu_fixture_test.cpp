#include "support/conllu_fixture.h"

#include <gtest/gtest.h>

namespace avstand {
namespace {

using testing::conllu_fixture;

TEST(ConlluFixture, BuildsTextBlocksSentencesAndNames) {
  const auto f = conllu_fixture("nb", R"(
# block = caption
# kicker = I HAVN
Kari   Kari  PROPN _ 3 nsubj     name=B-PER
Lie    Lie   PROPN _ 1 flat:name name=I-PER
sover  sove  VERB  VerbForm=Fin 0 root SpaceAfter=No
.      $.    PUNCT _ 3 punct

# newpar
Ho     =     PRON  _ 2 nsubj _
drøymer drøyme VERB _ 0 root SpaceAfter=No
.      $.    PUNCT _ 2 punct _
)");
  EXPECT_EQ(f.article->text, "I HAVN: Kari Lie sover.\n\nHo drøymer.");
  ASSERT_EQ(f.article->blocks.size(), 2u);
  EXPECT_EQ(f.article->blocks[0].kind, BlockKind::kCaption);
  EXPECT_EQ(f.article->blocks[0].kicker->in(f.article->text), "I HAVN");
  EXPECT_EQ(f.article->blocks[1].span.in(f.article->text), "Ho drøymer.");
  ASSERT_EQ(f.analysis.names.size(), 1u);
  EXPECT_EQ(f.text(f.analysis.names[0].words), "Kari Lie");
  EXPECT_EQ(f.analysis.sentence(f.find("drøymer")).block, 1u);
  EXPECT_EQ(f.analysis.words[f.find("Ho")].head, f.find("drøymer"));
  EXPECT_EQ(f.analysis.lemma(f.find("Ho")), "ho");
}

TEST(ConlluFixture, WordsOfAMultiwordTokenShareItsBytes) {
  const auto f = conllu_fixture("en",
                                "1\tWe\twe\tPRON\t_\t_\t4\tnsubj\t_\t_\n"
                                "2-3\tdon’t\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                "2\tdo\tdo\tAUX\t_\t_\t4\taux\t_\t_\n"
                                "3\tn’t\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n"
                                "4\tknow\tknow\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
                                "5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_\n");
  EXPECT_EQ(f.article->text, "We don’t know.");
  EXPECT_EQ(f.text({1, 2}), "do");
  EXPECT_EQ(f.text({2, 3}), "n’t");
}

TEST(ConlluFixture, RefusesBadLines) {
  EXPECT_THROW(conllu_fixture("nb", "only three columns"), std::runtime_error);
  EXPECT_THROW(conllu_fixture("nb", "Ho = NOTATAG _ 0 root"), std::runtime_error);
  EXPECT_THROW(conllu_fixture("nb", "Ho = PRON _ 9 root"), std::runtime_error);
  EXPECT_THROW(conllu_fixture("nb", "Ho = PRON _ 2 nsubj\nsov = VERB _ 1 obj"), std::runtime_error);
}

}  // namespace
}  // namespace avstand
