// The frames that propose alternatives: contents cut short or on both sides, other sources.
#include "attribution/candidates.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "attribution/quotation.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::Fixture;

class Candidates : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                   std::string(AVSTAND_SOURCE_DIR) + "/models");
    ASSERT_TRUE(loaded) << loaded.error().to_string();
    lexicon_ = std::make_unique<CueLexicon>(std::move(*loaded));
  }

  /// "source > content" of all candidates of a frame in the first sentence.
  std::vector<std::string> found(const Fixture& f, LanguageCode language, Frame frame) {
    const Tree tree(f.analysis);
    std::vector<Candidate> all;
    find_candidates({f.analysis, tree, *lexicon_->find(language)}, 0, all);
    std::vector<std::string> out;
    for (const Candidate& c : all)
      if (c.frame == frame) out.push_back(text(f, c.source) + " > " + text(f, c.content));
    return out;
  }

  static std::string text(const Fixture& f, const Ranges& ranges) {
    std::string out;
    for (const WordRange r : ranges) out += (out.empty() ? "" : " | ") + std::string(f.text(r));
    return out;
  }

  std::unique_ptr<CueLexicon> lexicon_;
};

bool holds(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

TEST_F(Candidates, AnInquitBetweenCommasHasContentOnBothSides) {
  const auto f = testing::FixtureBuilder("en").build(R"(Old old ADJ _ 2 amod
bridges bridge NOUN _ 7 nsubj SpaceAfter=No
, , PUNCT _ 5 punct
she she PRON PronType=Prs 5 nsubj
says say VERB Mood=Ind|Tense=Pres|VerbForm=Fin 7 parataxis SpaceAfter=No
, , PUNCT _ 5 punct
fall fall VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
down down ADV _ 7 advmod SpaceAfter=No
. . PUNCT _ 7 punct
)");
  EXPECT_TRUE(
      holds(found(f, LanguageCode("en"), Frame::kSurfaceAround), "she > Old bridges | fall down"));
}

TEST_F(Candidates, WhatStandsBeforeAThatClauseIsNotSaid) {
  const auto f = testing::FixtureBuilder("nb").build(R"(I i ADP _ 2 case
byen by NOUN _ 4 obl SpaceAfter=No
, , PUNCT _ 2 punct
forteller fortelle VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
Ada Ada PROPN _ 4 nsubj
at at SCONJ _ 8 mark
broen bro NOUN _ 8 nsubj
faller falle VERB Mood=Ind|Tense=Pres|VerbForm=Fin 4 ccomp SpaceAfter=No
. $. PUNCT _ 4 punct
)");
  EXPECT_TRUE(found(f, LanguageCode("nb"), Frame::kSurfaceLeft).empty());
  EXPECT_TRUE(holds(found(f, LanguageCode("nb"), Frame::kVerbClause), "Ada > at broen faller"));
}

TEST_F(Candidates, AParticipleSharesTheSubjectOfWhatItHangsOn) {
  const auto f = testing::FixtureBuilder("en").build(R"(Mayors mayor NOUN _ 2 nsubj
replied reply VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
Monday Monday PROPN _ 2 obl
in in SCONJ _ 5 mark
saying say VERB VerbForm=Fin 2 advcl
bridges bridge NOUN _ 7 nsubj
fall fall VERB Mood=Ind|Tense=Pres|VerbForm=Fin 5 ccomp SpaceAfter=No
. . PUNCT _ 2 punct
)");
  const auto clauses = found(f, LanguageCode("en"), Frame::kVerbClause);
  EXPECT_TRUE(holds(clauses, "Mayors > bridges fall"));
  EXPECT_TRUE(holds(clauses, " > bridges fall"));
}

TEST_F(Candidates, WhatACommaSetsOffIsLeftOutOnce) {
  const auto f = testing::FixtureBuilder("nb").build(R"(Ordføreren ordfører NOUN _ 2 nsubj
roste rose VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
planen plan NOUN _ 2 obj SpaceAfter=No
, , PUNCT _ 6 punct
som som PRON PronType=Rel 6 nsubj
kom komme VERB Mood=Ind|Tense=Past|VerbForm=Fin 3 acl:relcl
mandag mandag NOUN _ 6 obl SpaceAfter=No
. $. PUNCT _ 2 punct
)");
  EXPECT_EQ(found(f, LanguageCode("nb"), Frame::kShort),
            std::vector<std::string>{"Ordføreren > planen"});
  EXPECT_TRUE(holds(found(f, LanguageCode("nb"), Frame::kVerbPhrase),
                    "Ordføreren > planen, som kom mandag"));
}

TEST_F(Candidates, TheEnglishRelativePronounIsPartOfTheSource) {
  const auto f = testing::FixtureBuilder("en").build(R"(A a DET _ 2 det
mayor mayor NOUN _ 0 root SpaceAfter=No
, , PUNCT _ 5 punct
who who PRON PronType=Rel 5 nsubj
says say VERB Mood=Ind|Tense=Pres|VerbForm=Fin 2 acl:relcl
bridges bridge NOUN _ 7 nsubj
fall fall VERB Mood=Ind|Tense=Pres|VerbForm=Fin 5 ccomp SpaceAfter=No
. . PUNCT _ 2 punct
)");
  EXPECT_TRUE(
      holds(found(f, LanguageCode("en"), Frame::kVerbClause), "A mayor, who > bridges fall"));
}

TEST(Quotation, DoubledApostrophesPairAndALeaningMarkOpensWithin) {
  const auto f = testing::FixtureBuilder("en").build(R"('' '' PUNCT _ 2 punct SpaceAfter=No
Yes yes INTJ _ 0 root SpaceAfter=No
'' '' PUNCT _ 2 punct
)");
  EXPECT_EQ(QuotationMap(f.analysis).quoted().size(), 1u);
  const auto g = testing::FixtureBuilder("en").build(R"(“ “ PUNCT _ 2 punct SpaceAfter=No
Ask ask VERB _ 0 root
“ “ PUNCT _ 4 punct SpaceAfter=No
Yes yes INTJ _ 2 obj SpaceAfter=No
” ” PUNCT _ 4 punct
now now ADV _ 2 advmod SpaceAfter=No
” ” PUNCT _ 2 punct
)");
  const QuotationMap quotes(g.analysis);
  ASSERT_EQ(quotes.quoted().size(), 2u);
  EXPECT_EQ(quotes.quoted()[0].words, (WordRange{0, 7}));
  EXPECT_EQ(quotes.quoted()[1].words, (WordRange{2, 5}));
  EXPECT_TRUE(quotes.quoted()[1].inner);
}

}  // namespace
}  // namespace avstand
