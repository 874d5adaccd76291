// Sentences that say of the one before who said it, and clauses set beside what is told.
#include "attribution/anaphora.h"

#include <gtest/gtest.h>

#include "attribution/asides.h"
#include "attribution/attribute.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using Rule = void (*)(const FrameContext&, const EntityLayer&, std::vector<Candidate>&);

/// What a rule makes of a text in which every proper noun is somebody.
struct Found {
  testing::Fixture f;
  std::vector<Candidate> all;

  Found(Rule rule, const char* conllu, std::vector<Candidate> accepted = {})
      : f(testing::FixtureBuilder("nb").build(conllu)), all(std::move(accepted)) {
    const auto lexicon = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                          std::string(AVSTAND_SOURCE_DIR) + "/models");
    EntityLayer entities;
    entities.entities.push_back({.type = EntityType::kPerson});
    for (WordId w = 0; w < f.analysis.words.size(); ++w)
      if (f.analysis.words[w].upos == Upos::kPropn)
        entities.mentions.push_back({.words = {w, w + 1}, .head = w, .entity = 0});
    entities.index();
    const Tree tree(f.analysis);
    rule({f.analysis, tree, *lexicon->find(LanguageCode("nb"))}, entities, all);
  }
  std::string text(const Ranges& ranges) const {
    std::string out;
    for (const WordRange r : ranges) out += (out.empty() ? "" : " … ") + f.text(r);
    return out;
  }
};

constexpr const char* kConfirmed = R"(Gruva gruve NOUN Definite=Def 2 nsubj
stenges stenge VERB VerbForm=Fin 0 root
nå nå ADV _ 2 advmod SpaceAfter=No
. $. PUNCT _ 2 punct

Det den PRON _ 2 nsubj
bekrefter bekrefte VERB VerbForm=Fin 0 root
Tveit Tveit PROPN _ 2 obj SpaceAfter=No
. $. PUNCT _ 2 punct
)";

TEST(Anaphora, TakesTheSentenceBefore) {
  const Found found(add_anaphora, kConfirmed);
  ASSERT_EQ(found.all.size(), 1u);
  EXPECT_EQ(found.text(found.all[0].source), "Tveit");
  EXPECT_EQ(found.text(found.all[0].cue_words), "bekrefter");
  EXPECT_EQ(found.text(found.all[0].content), "Gruva stenges nå.");
}

TEST(Anaphora, LeavesWhatAnotherSaysToHim) {
  Candidate told;
  told.cue = 1;
  told.cue_words = {{1, 2}};
  told.content = {{0, 1}};
  const Found found(add_anaphora, kConfirmed, {told});
  ASSERT_EQ(found.all.size(), 2u);
  EXPECT_EQ(found.text(found.all[1].content), "Det");
}

TEST(Anaphora, NeedsSomebodyBehindTheVerb) {
  EXPECT_TRUE(Found(add_anaphora, R"(Gruva gruve NOUN Definite=Def 2 nsubj
stenges stenge VERB VerbForm=Fin 0 root
nå nå ADV _ 2 advmod

Det den PRON _ 2 nsubj
bekrefter bekrefte VERB VerbForm=Fin 0 root
mistanken mistanke NOUN Definite=Def 2 obj
)")
                  .all.empty());
}

TEST(Anaphora, IsNoneWithAClauseOfItsOwn) {
  EXPECT_TRUE(Found(add_anaphora, R"(Gruva gruve NOUN Definite=Def 2 nsubj
stenges stenge VERB VerbForm=Fin 0 root
nå nå ADV _ 2 advmod

Det den PRON _ 2 expl
sies si VERB VerbForm=Fin 0 root
Tveit Tveit PROPN _ 2 nsubj
at at SCONJ _ 5 mark
dro dra VERB VerbForm=Fin 2 ccomp
)")
                  .all.empty());
}

TEST(Asides, SayWhatTheirSentenceTells) {
  const Found found(add_asides, R"(Som som SCONJ _ 3 mark
Aune Aune PROPN _ 3 nsubj
påpekte påpeke VERB VerbForm=Fin 7 advcl SpaceAfter=No
, $, PUNCT _ 3 punct
er være AUX VerbForm=Fin 7 cop
taket tak NOUN Definite=Def 7 nsubj
lekk lekk ADJ _ 0 root
)");
  ASSERT_EQ(found.all.size(), 1u);
  EXPECT_EQ(found.text(found.all[0].source), "Aune");
  EXPECT_EQ(found.text(found.all[0].cue_words), "påpekte");
  EXPECT_EQ(found.text(found.all[0].content), "er taket lekk");
}

TEST(Asides, MayTellWhatOneKnows) {
  const Found found(add_asides, R"(Etter etter ADP _ 2 case
det den PRON _ 4 obl
Fjordavisa Fjordavisa PROPN _ 4 nsubj
erfarer erfare VERB VerbForm=Fin 7 advcl SpaceAfter=No
, $, PUNCT _ 4 punct
er være AUX VerbForm=Fin 7 cop
klar klar ADJ _ 0 root
)");
  ASSERT_EQ(found.all.size(), 1u);
  EXPECT_EQ(found.text(found.all[0].cue_words), "Etter det … erfarer");
  EXPECT_EQ(to_string(found.all[0].frame), "according_to");
}

TEST(Asides, AreNoneOfVerbsThatSayMore) {
  EXPECT_TRUE(Found(add_asides, R"(Som som SCONJ _ 3 mark
Aune Aune PROPN _ 3 nsubj
sa si VERB VerbForm=Fin 6 advcl
noe noe PRON _ 3 obj SpaceAfter=No
, $, PUNCT _ 3 punct
dro dra VERB VerbForm=Fin 0 root
Moen Moen PROPN _ 6 nsubj
)")
                  .all.empty());
}

}  // namespace
}  // namespace avstand
