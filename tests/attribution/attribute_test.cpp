#include "attribution/attribute.h"

#include <gtest/gtest.h>

#include "attribution/quotation.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::Fixture;

Fixture nb(std::string_view conllu) { return testing::FixtureBuilder("nb").build(conllu); }

constexpr std::string_view kClause = R"(Ordføreren ordfører NOUN Definite=Def|Number=Sing 2 nsubj
sier si VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
at at SCONJ _ 5 mark
broen bro NOUN Definite=Def|Number=Sing 5 nsubj
faller falle VERB Mood=Ind|Tense=Pres|VerbForm=Fin 2 ccomp SpaceAfter=No
. $. PUNCT _ 2 punct
)";

AttributionLayer read(const Fixture& f) {
  auto lexicon = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                  std::string(AVSTAND_SOURCE_DIR) + "/models");
  EXPECT_TRUE(lexicon) << lexicon.error().to_string();
  const Tree tree(f.analysis);
  return attribute(f.analysis, tree, EntityLayer{}, *lexicon);
}

TEST(Attribute, FindsSourceCueAndContentOfAClause) {
  const Fixture f = nb(kClause);
  const auto layer = read(f);
  ASSERT_EQ(layer.attributions.size(), 1u);
  const Attribution& a = layer.attributions[0];
  EXPECT_EQ(f.text(a.source.front()), "Ordføreren");
  EXPECT_EQ(f.text(a.cue.front()), "sier");
  EXPECT_EQ(f.text(a.content.front()), "at broen faller");
  EXPECT_EQ(a.quote, QuoteType::kIndirect);
  EXPECT_FALSE(a.why.empty());
  EXPECT_GT(a.confidence, 0.5F);
}

TEST(Quotation, PairsMarksAndLeavesOpenOnes) {
  const Fixture f = nb(R"(« « PUNCT _ 2 punct SpaceAfter=No
Ja ja INTJ _ 0 root SpaceAfter=No
» » PUNCT _ 2 punct
« « PUNCT _ 2 punct
)");
  const QuotationMap quotes(f.analysis);
  ASSERT_EQ(quotes.quoted().size(), 1u);
  EXPECT_EQ(quotes.quoted()[0].words, (WordRange{0, 3}));
  EXPECT_EQ(quotes.quoted_at(3), nullptr);
}

}  // namespace
}  // namespace avstand
