#include <gtest/gtest.h>

#include <algorithm>

#include "provenance/scene.h"

namespace avstand::testing {
namespace {

bool has(const std::vector<std::string>& all, std::string_view one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// "– Vi fant båten i går, sier talsmann Ola Lunde til NTB." and a second sentence that says that
// nobody has confirmed it.
constexpr std::string_view kSpokesman = R"(
–        –        PUNCT  _          4  punct
Vi       vi       PRON   Person=1   3  nsubj
fant     finne    VERB   Tense=Past|VerbForm=Fin  7  ccomp
båten    båt      NOUN   _          3  obj
i        i        ADP    _          6  case
går      går      ADV    _          3  obl
sier     si       VERB   VerbForm=Fin  0  root
talsmann talsmann NOUN   _          7  nsubj
Ola      Ola      PROPN  _          8  appos name=B-PER
Lunde    Lunde    PROPN  _          9  flat name=I-PER
for      for      ADP    _          12 case
Kystvakta Kystvakta PROPN _         8  nmod name=B-ORG
til      til      ADP    _          14 case
NTB      NTB      PROPN  _          7  obl name=B-ORG|SpaceAfter=No
.        .        PUNCT  _          7  punct

Opplysningene opplysning NOUN _     4  nsubj:pass
er       være     AUX    VerbForm=Fin  4  aux
ikke     ikke     PART   _          4  advmod
bekreftet bekrefte VERB  _          0  root
av       av       ADP    _          6  case
andre    annen    DET    _          4  obl SpaceAfter=No
.        .        PUNCT  _          4  punct
)";

class SpokesmanTest : public ::testing::Test {
 protected:
  SpokesmanTest() : s("nb", kSpokesman) {
    guard = s.entity(EntityType::kOrganisation, "Kystvakta", ProfileKind::kMilitary);
    ntb = s.entity(EntityType::kOrganisation, "NTB", ProfileKind::kNewsAgency);
    man = s.entity(EntityType::kPerson, "Ola Lunde");
    s.mention(man, "talsmann Ola Lunde for Kystvakta");
    s.mention(guard, "Kystvakta");
    s.mention(ntb, "NTB");
    s.role(man, "talsmann", guard, "talsmann");
    s.attribution("talsmann Ola Lunde for Kystvakta", "sier", "– Vi fant båten i går",
                  QuoteType::kDirect)
        .speaker = man;
  }
  Scene s;
  EntityId guard, ntb, man;
};

TEST_F(SpokesmanTest, BodyIsOriginPersonIsSpeakerAddresseeIsRelay) {
  const auto l = s.conclude();
  const auto& st = statement(l, "– Vi fant");
  EXPECT_EQ(chain(st), "Kystvakta > NTB");
  EXPECT_EQ(st.speaker, std::optional(man));
  EXPECT_EQ(st.distance, 2u);
  ASSERT_EQ(st.chain.size(), 2u);
  EXPECT_FALSE(st.chain[0].relay);
  EXPECT_TRUE(st.chain[1].relay);
  EXPECT_TRUE(st.chain[1].explicit_);
}

TEST_F(SpokesmanTest, RemarkAfterwardsIsBoundToTheStatement) {
  const auto l = s.conclude();
  EXPECT_EQ(statement(l, "– Vi fant").verification.status, "unverified");
  EXPECT_EQ(l.summary.unverified, 1u);
}

TEST_F(SpokesmanTest, FormerOfficeSpeaksForHimself) {
  s.fixture().analysis.words[7].form = s.fixture().analysis.strings.intern("tidligere");
  s.fixture().analysis.words[7].lemma = s.fixture().analysis.strings.intern("tidligere");
  EXPECT_EQ(chain(statement(s.conclude(), "– Vi fant")), "Ola Lunde > NTB");
}

TEST_F(SpokesmanTest, OwnOutletIsNoRelay) {
  s.article().outlet = "NTB";
  const auto l = s.conclude();
  EXPECT_EQ(chain(statement(l, "– Vi fant")), "Kystvakta");
  EXPECT_EQ(l.outlet_entity, std::optional(ntb));
}

// The text names NTB as a hand; the metadata name it too, and hands before and after it.
TEST_F(SpokesmanTest, HandsOfTheMetadataCarryOnTheChain) {
  for (const char* hand : {"ntb", "Fjernbyrået", "unnamed", "Dagens Avis"}) {
    s.article().agency.hops.emplace_back(hand);
    s.article().agency.hop_history.push_back({hand, {}, {}});
  }
  s.article().outlet = "Dagens avis";
  const auto l = s.conclude();
  const auto& st = statement(l, "– Vi fant");
  EXPECT_EQ(chain(st), "Kystvakta > NTB > Fjernbyrået > unnamed");
  EXPECT_EQ(st.distance, 4u);
  EXPECT_EQ(l.summary.words_by_distance.at(4), 5u);
  ASSERT_EQ(st.chain.size(), 4u);
  EXPECT_TRUE(st.chain[1].explicit_);
  EXPECT_TRUE(st.chain[2].relay);
  EXPECT_FALSE(st.chain[2].explicit_);
  EXPECT_FALSE(st.chain[2].span);
  EXPECT_TRUE(std::any_of(st.why.begin(), st.why.end(),
                          [](const auto& why) { return why.rule == "chain.agency_hops"; }));
}

TEST_F(SpokesmanTest, TheHandThatIsTheOriginIsNoRelay) {
  s.article().agency.hops = {"Kystvakta"};
  s.article().agency.hop_history = {{"Kystvakta", {}, {}}};
  const auto l = s.conclude();
  EXPECT_EQ(chain(statement(l, "– Vi fant")), "Kystvakta > NTB");
  EXPECT_TRUE(statement(l, "Opplysningene").chain.empty());  // the outlet's own words stay so
}

// ninjs has no history, only sources: an agency passed it on, the police gave a fact.
TEST_F(SpokesmanTest, OfSourcesOnlyMediaAreHands) {
  s.article().agency.hops = {"Politiet", "Reuters"};
  EXPECT_EQ(chain(statement(s.conclude(), "– Vi fant")), "Kystvakta > NTB > Reuters");
}

TEST_F(SpokesmanTest, FirstPersonMakesThePartyInterested) {
  EXPECT_TRUE(statement(s.conclude(), "– Vi fant").interested);
}

TEST_F(SpokesmanTest, EveryJudgementPointsAtWords) {
  const auto l = s.conclude();
  for (const auto& st : l.statements) {
    ASSERT_FALSE(st.why.empty());
    for (const auto& why : st.why) {
      EXPECT_FALSE(why.rule.empty());
      EXPECT_LT(why.span.begin, why.span.end);
      EXPECT_LE(why.span.end, l.document.text.size());
    }
  }
}

TEST_F(SpokesmanTest, OwnWordsAreAStatementAtDistanceZero) {
  const auto l = s.conclude();
  const auto& own = statement(l, "Opplysningene");
  EXPECT_EQ(own.quote, "own");
  EXPECT_TRUE(own.chain.empty());
  EXPECT_EQ(own.distance, 0u);
  EXPECT_EQ(l.summary.own, 1u);
  EXPECT_EQ(l.summary.statements, 1u);
  // Words at distance 2: Vi fant båten i går. The other 14 are the outlet's.
  EXPECT_EQ(l.summary.words_by_distance.at(2), 5u);
  EXPECT_EQ(l.summary.words_by_distance.at(0), 14u);
}

// "Avisa Gry siterer Tass på at fabrikken brenner."
TEST(Chains, MediumThatCitesIsARelay) {
  Scene s("nb", R"(
Fabrikken fabrikk NOUN _ 2 nsubj
brenner  brenne  VERB  VerbForm=Fin 4 ccomp SpaceAfter=No
,        ,       PUNCT _ 4 punct
melder   melde   VERB  VerbForm=Fin 0 root
Gry      Gry     PROPN _ 4 nsubj name=B-ORG
som      som     PRON  _ 7 nsubj
siterer  sitere  VERB  VerbForm=Fin 5 acl:relcl
Tass     Tass    PROPN _ 7 obj name=B-ORG|SpaceAfter=No
.        .       PUNCT _ 4 punct
)");
  const auto gry = s.entity(EntityType::kOrganisation, "Gry", ProfileKind::kNewspaper);
  const auto tass = s.entity(EntityType::kOrganisation, "Tass", ProfileKind::kStateMedia);
  s.mention(gry, "Gry");
  s.mention(tass, "Tass");
  s.attribution("Gry", "melder", "Fabrikken brenner").speaker = gry;
  auto& inner = s.attribution("Tass", "siterer", "Fabrikken brenner");
  inner.speaker = tass;
  inner.parent = 0;
  const auto l = s.conclude();
  ASSERT_GE(l.statements.size(), 2u);
  EXPECT_EQ(chain(l.statements[0]), "Tass > Gry");
  EXPECT_EQ(chain(l.statements[1]), "Tass > Gry");
  EXPECT_EQ(l.statements[1].parent, std::optional(0u));
  EXPECT_EQ(l.summary.independent_origins, 1u);
}

TEST(Captions, CreditHandoutAndMissing) {
  Scene s("en", R"(
# block = caption
# kicker = NIGHT
The    the    DET   _ 2 det
fire   fire   NOUN  _ 0 root SpaceAfter=No
.      .      PUNCT _ 2 punct

Photo  photo  NOUN  _ 0 root SpaceAfter=No
:      :      PUNCT _ 1 punct
Ines   Ines   PROPN _ 1 appos name=B-PER
Ruud   Ruud   PROPN _ 3 flat name=I-PER|SpaceAfter=No
/      /      PUNCT _ 3 punct SpaceAfter=No
Reuters Reuters PROPN _ 3 appos

# block = caption
# kicker = DAY
The    the    DET   _ 2 det
harbour harbour NOUN _ 0 root SpaceAfter=No
.      .      PUNCT _ 2 punct

Photo  photo  NOUN  _ 0 root SpaceAfter=No
:      :      PUNCT _ 1 punct
Navy   navy   NOUN  _ 1 appos

# block = caption
# kicker = DAWN
The    the    DET   _ 2 det
quay   quay   NOUN  _ 0 root SpaceAfter=No
.      .      PUNCT _ 2 punct
)");
  const auto l = s.conclude();
  ASSERT_EQ(l.pictures.size(), 3u);
  ASSERT_TRUE(l.pictures[0].origin.has_value());
  EXPECT_EQ(l.pictures[0].origin->name, "Ines Ruud");
  ASSERT_EQ(l.pictures[0].chain.size(), 1u);
  EXPECT_EQ(l.pictures[0].chain[0].name, "Reuters");
  EXPECT_EQ(l.pictures[0].handout, std::optional(false));
  EXPECT_EQ(l.pictures[1].handout, std::optional(true));
  EXPECT_FALSE(l.pictures[2].credited);
  EXPECT_FALSE(l.pictures[2].origin.has_value());
  const auto all = kinds(l);
  EXPECT_EQ(std::count(all.begin(), all.end(), "missing_credit"), 1);
}

constexpr std::string_view kMinister = R"(
Forsvarsminister forsvarsminister NOUN _ 4 nsubj
Jan     Jan     PROPN _ 1 appos name=B-PER
Holt    Holt    PROPN _ 2 flat name=I-PER
kom     komme   VERB  VerbForm=Fin|Tense=Past 0 root SpaceAfter=No
.       .       PUNCT _ 4 punct

%s utenriksminister NOUN _ 3 nsubj
Holt    Holt    PROPN _ 1 appos name=B-PER
dro     dra     VERB  VerbForm=Fin|Tense=Past 0 root SpaceAfter=No
.       .       PUNCT _ 3 punct
)";

std::vector<std::string> findings_with_second_title(std::string title, std::string lemma) {
  std::string text(kMinister);
  text.replace(text.find("%s utenriksminister"), 19, title + " " + lemma);
  Scene s("nb", text);
  const auto man = s.entity(EntityType::kPerson, "Jan Holt");
  s.mention(man, "Forsvarsminister Jan Holt");
  s.mention(man, title + " Holt");
  return kinds(s.conclude());
}

TEST(Conflicts, TwoOfficesOfOnePerson) {
  EXPECT_TRUE(
      has(findings_with_second_title("Utenriksminister", "utenriksminister"), "role_conflict"));
}

TEST(Conflicts, TheSameOfficeTwiceIsNone) {
  EXPECT_FALSE(
      has(findings_with_second_title("Forsvarsministeren", "forsvarsminister"), "role_conflict"));
}

TEST(Conflicts, ATitleThatExcludesNothingIsNone) {
  EXPECT_FALSE(has(findings_with_second_title("Partileder", "partileder"), "role_conflict"));
}

TEST(Robustness, EmptyArticleGivesAnEmptyLedger) {
  Scene s("nb", "");
  const auto l = s.conclude();
  EXPECT_TRUE(l.statements.empty());
  EXPECT_TRUE(l.findings.empty());
  EXPECT_EQ(l.summary.statements, 0u);
}

}  // namespace
}  // namespace avstand::testing
