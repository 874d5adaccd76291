// What pictures and papers show.
#include "attribution/showing.h"

#include <gtest/gtest.h>

#include "attribution/attribute.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

/// The candidates that the rule adds; the entity of the first word is of that kind.
struct Shown {
  testing::Fixture f;
  std::vector<Candidate> found;

  Shown(const char* conllu, ProfileKind kind, std::vector<Candidate> accepted = {})
      : f(testing::FixtureBuilder("nb").build(conllu)), found(std::move(accepted)) {
    const auto lexicon = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                          std::string(AVSTAND_SOURCE_DIR) + "/models");
    EntityLayer entities;
    entities.entities.push_back({.type = EntityType::kWork, .profile = {.kind = kind}});
    entities.mentions.push_back({.words = {0, 1}, .head = 0, .entity = 0});
    entities.index();
    const Tree tree(f.analysis);
    add_showing({f.analysis, tree, *lexicon->find(LanguageCode("nb"))}, entities, found);
  }
  std::string text(const Ranges& ranges) const {
    std::string out;
    for (const WordRange r : ranges) out += (out.empty() ? "" : " … ") + f.text(r);
    return out;
  }
};

constexpr const char* kVideo = R"(Videoen video NOUN Definite=Def 2 nsubj
viser vise VERB Tense=Pres|VerbForm=Fin 0 root
soldater soldat NOUN Definite=Ind 2 obj
ved ved ADP _ 5 case
brua bru NOUN Definite=Def 3 nmod SpaceAfter=No
. $. PUNCT _ 2 punct
)";

TEST(Showing, IsAnAttributionToTheRecording) {
  const Shown shown(kVideo, ProfileKind::kSensor);
  ASSERT_EQ(shown.found.size(), 1u);
  EXPECT_EQ(shown.text(shown.found[0].source), "Videoen");
  EXPECT_EQ(shown.text(shown.found[0].cue_words), "viser");
  EXPECT_EQ(shown.text(shown.found[0].content), "soldater ved brua");
}

TEST(Showing, TakesAPreposition) {
  const Shown shown(R"(Bildene bilde NOUN Definite=Def 2 nsubj
tyder tyde VERB Tense=Pres|VerbForm=Fin 0 root
på på ADP _ 7 case
at at SCONJ _ 7 mark
brua bru NOUN Definite=Def 7 nsubj
er være AUX Tense=Pres|VerbForm=Fin 7 cop
borte borte ADV _ 2 advcl
)",
                    ProfileKind::kSensor);
  ASSERT_EQ(shown.found.size(), 1u);
  EXPECT_EQ(shown.text(shown.found[0].cue_words), "tyder på");
  EXPECT_EQ(shown.text(shown.found[0].content), "at brua er borte");
}

TEST(Showing, IsNoneOfPeople) { EXPECT_TRUE(Shown(kVideo, ProfileKind::kPerson).found.empty()); }

TEST(Showing, NeedsSomethingThatIsShown) {
  const Shown shown(R"(Videoen video NOUN Definite=Def 2 nsubj
viser vise VERB Tense=Pres|VerbForm=Fin 0 root SpaceAfter=No
. $. PUNCT _ 2 punct
)",
                    ProfileKind::kSensor);
  EXPECT_TRUE(shown.found.empty());
}

TEST(Showing, LeavesACueThatIsTaken) {
  Candidate taken;
  taken.cue = 1;
  taken.cue_words = {{1, 2}};
  EXPECT_EQ(Shown(kVideo, ProfileKind::kSensor, {taken}).found.size(), 1u);
}

}  // namespace
}  // namespace avstand
