// Who means whom, on hand-made trees of our own sentences.
#include "entity/resolve.h"

#include <gtest/gtest.h>

#include "support/conllu_fixture.h"

namespace avstand {
namespace {

const Knowledge& knowledge() {
  static const Knowledge k = [] {
    auto loaded = Knowledge::load(AVSTAND_SOURCE_DIR "/data");
    if (!loaded) throw std::runtime_error(loaded.error().to_string());
    return std::move(*loaded);
  }();
  return k;
}

/// A read fixture and questions to it.
struct Read {
  Read(std::string_view language, std::string_view conllu)
      : fixture(testing::conllu_fixture(language, conllu)) {
    const Tree tree(fixture.analysis);
    layer = resolve_entities(*fixture.article, fixture.analysis, tree, knowledge());
  }
  /// The entity of the mention with exactly this text (the n-th of them), or kNoEntity.
  EntityId of(std::string_view text, int n = 1) const {
    for (const Mention& m : layer.mentions)
      if (fixture.text(m.words) == text && --n == 0) return m.entity;
    return kNoEntity;
  }
  const Entity& entity(std::string_view text) const {
    const EntityId id = of(text);
    if (id == kNoEntity) throw std::runtime_error("no mention " + std::string(text));
    return layer.entities[id];
  }
  testing::Fixture fixture;
  EntityLayer layer;
};

constexpr std::string_view kMinisters = R"(
Sveriges   Sverige   PROPN Case=Gen 2 nmod name=B-GPE_LOC
fiskeriminister = NOUN Definite=Ind|Gender=Masc|Number=Sing 4 nsubj
Ebba       Ebba      PROPN _ 2 flat:name name=B-PER
møtte      møte      VERB VerbForm=Fin 0 root
Islands    Island    PROPN Case=Gen 6 nmod name=B-GPE_LOC
fiskeriminister = NOUN Definite=Ind|Gender=Masc|Number=Sing 4 obj
Jon        Jon       PROPN _ 6 flat:name name=B-PER
Helgason   Helgason  PROPN _ 7 flat:name name=I-PER|SpaceAfter=No
.          $.        PUNCT _ 4 punct

Den        den       DET Definite=Def|PronType=Art 3 det
islandske  islandsk  ADJ Definite=Def 3 amod
fiskeriministeren fiskeriminister NOUN Definite=Def|Gender=Masc|Number=Sing 4 nsubj
smilte     smile     VERB VerbForm=Fin 0 root SpaceAfter=No
.          $.        PUNCT _ 4 punct
)";

TEST(Resolve, TitleBindsToNameAndRoleHasItsCountry) {
  const Read r("nb", kMinisters);
  const Entity& jon = r.entity("Islands fiskeriminister Jon Helgason");
  EXPECT_EQ(jon.type, EntityType::kPerson);
  EXPECT_EQ(jon.name, "Jon Helgason");
  EXPECT_TRUE(jon.named);
  EXPECT_EQ(jon.profile.kind, ProfileKind::kPerson);
  ASSERT_EQ(jon.roles.size(), 1u);
  EXPECT_EQ(jon.roles[0].title, "fiskeriminister");
  EXPECT_EQ(jon.roles[0].cls, RoleClass::kMinister);
  ASSERT_NE(jon.roles[0].of, kNoEntity);
  EXPECT_EQ(r.layer.entities[jon.roles[0].of].profile.country, "IS");
}

TEST(Resolve, TwoMinistersAreTwoAndTheCountryTellsWhich) {
  const Read r("nb", kMinisters);
  EXPECT_NE(r.of("Sveriges fiskeriminister Ebba"), r.of("Islands fiskeriminister Jon Helgason"));
  EXPECT_EQ(r.of("Den islandske fiskeriministeren"), r.of("Islands fiskeriminister Jon Helgason"));
}

TEST(Resolve, AnotherOfficeOfTheOnlyMinisterIsTheSamePersonInConflict) {
  const Read r("nb", R"(
Den        den       DET Definite=Def|PronType=Art 3 det
islandske  islandsk  ADJ Definite=Def 3 amod
fiskeriministeren fiskeriminister NOUN Definite=Def|Gender=Masc|Number=Sing 6 nsubj
Jon        Jon       PROPN _ 3 appos name=B-PER
Helgason   Helgason  PROPN _ 4 flat:name name=I-PER
smilte     smile     VERB VerbForm=Fin 0 root SpaceAfter=No
.          $.        PUNCT _ 6 punct

Den        den       DET Definite=Def|PronType=Art 3 det
islandske  islandsk  ADJ Definite=Def 3 amod
kulturministeren kulturminister NOUN Definite=Def|Gender=Masc|Number=Sing 4 nsubj
gikk       gå        VERB VerbForm=Fin 0 root SpaceAfter=No
.          $.        PUNCT _ 4 punct
)");
  EXPECT_EQ(r.of("Den islandske kulturministeren"), r.of("Jon Helgason"));
  const Entity& jon = r.entity("Jon Helgason");
  ASSERT_EQ(jon.roles.size(), 2u);
  EXPECT_EQ(jon.roles[1].title, "kulturminister");
}

TEST(Resolve, AnotherOfficeOfAnotherCountryIsAnotherPerson) {
  const Read r("nb", R"(
Den        den       DET Definite=Def|PronType=Art 3 det
islandske  islandsk  ADJ Definite=Def 3 amod
fiskeriministeren fiskeriminister NOUN Definite=Def|Gender=Masc|Number=Sing 5 nsubj
Jon        Jon       PROPN _ 3 appos name=B-PER
smilte     smile     VERB VerbForm=Fin 0 root SpaceAfter=No
.          $.        PUNCT _ 5 punct

Den        den       DET Definite=Def|PronType=Art 3 det
danske     dansk     ADJ Definite=Def 3 amod
kulturministeren kulturminister NOUN Definite=Def|Gender=Masc|Number=Sing 4 nsubj
gikk       gå        VERB VerbForm=Fin 0 root SpaceAfter=No
.          $.        PUNCT _ 4 punct
)");
  EXPECT_NE(r.of("Den danske kulturministeren"), r.of("Jon"));
}

TEST(Resolve, LastNameAndSpellingMeanTheFullName) {
  const Read r("en", R"(
The       the      DET Definite=Def|PronType=Art 2 det
director  director NOUN Number=Sing 7 nsubj SpaceAfter=No
,         ,        PUNCT _ 4 punct
Mary-Ann  Mary-Ann PROPN _ 2 appos
Holt      Holt     PROPN _ 4 flat SpaceAfter=No
,         ,        PUNCT _ 4 punct
left      leave    VERB VerbForm=Fin 0 root SpaceAfter=No
.         .        PUNCT _ 7 punct

Holt      Holt     PROPN _ 2 nsubj
smiled    smile    VERB VerbForm=Fin 0 root SpaceAfter=No
.         .        PUNCT _ 2 punct

Mary      Mary     PROPN _ 4 nsubj
Ann       Ann      PROPN _ 1 flat
Holt      Holt     PROPN _ 1 flat
slept     sleep    VERB VerbForm=Fin 0 root SpaceAfter=No
.         .        PUNCT _ 4 punct
)");
  const EntityId holt = r.of("Mary-Ann Holt");
  ASSERT_NE(holt, kNoEntity);
  EXPECT_EQ(r.of("Holt"), holt);
  EXPECT_EQ(r.of("Mary Ann Holt"), holt);
  ASSERT_EQ(r.layer.entities[holt].roles.size(), 1u);
  EXPECT_EQ(r.layer.entities[holt].roles[0].title, "director");
}

TEST(Resolve, SameLastNameIsNotTheSamePerson) {
  const Read r("nb", R"(
Kari  Kari  PROPN _ 3 nsubj name=B-PER
Lie   Lie   PROPN _ 1 flat:name name=I-PER
møtte møte  VERB VerbForm=Fin 0 root
Per   Per   PROPN _ 3 obj name=B-PER
Lie   Lie   PROPN _ 4 flat:name name=I-PER|SpaceAfter=No
.     $.    PUNCT _ 3 punct

Han   han   PRON Gender=Masc|Number=Sing|Person=3|PronType=Prs 2 nsubj
smilte smile VERB VerbForm=Fin 0 root SpaceAfter=No
.     $.    PUNCT _ 2 punct

Hun   hun   PRON Gender=Fem|Number=Sing|Person=3|PronType=Prs 2 nsubj
sov   sove  VERB VerbForm=Fin 0 root SpaceAfter=No
.     $.    PUNCT _ 2 punct
)");
  EXPECT_NE(r.of("Kari Lie"), r.of("Per Lie"));
  EXPECT_EQ(r.of("Han"), r.of("Per Lie"));
  EXPECT_EQ(r.of("Hun"), r.of("Kari Lie"));
}

TEST(Resolve, WhoIsQuotedIsNotHeInTheQuotation) {
  const Read r("nb", R"(
Per     Per   PROPN _ 2 nsubj name=B-PER
kjente  kjenne VERB VerbForm=Fin 0 root
Ola     Ola   PROPN _ 2 obj name=B-PER|SpaceAfter=No
.       $.    PUNCT _ 2 punct

# newpar
–       $-    PUNCT _ 4 punct
Han     han   PRON Gender=Masc|Number=Sing|Person=3|PronType=Prs 4 nsubj
var     være  AUX VerbForm=Fin 4 cop
snill   snill ADJ _ 0 root SpaceAfter=No
,       $,    PUNCT _ 6 punct
sier    si    VERB VerbForm=Fin 4 parataxis
Per     Per   PROPN _ 6 nsubj name=B-PER|SpaceAfter=No
.       $.    PUNCT _ 4 punct
)");
  EXPECT_EQ(r.of("Han"), r.of("Ola"));
}

TEST(Resolve, NationalsMeanTheirCountryOrTheSalientPersonOfIt) {
  const Read r("nb", R"(
Norges  Norge PROPN Case=Gen 2 nmod name=B-GPE_LOC
statsminister = NOUN Definite=Ind|Gender=Masc|Number=Sing 5 nsubj
Anne    Anne  PROPN _ 2 flat:name name=B-PER
Vik     Vik   PROPN _ 3 flat:name name=I-PER
besøkte besøke VERB VerbForm=Fin 0 root
USA     USA   PROPN _ 5 obj name=B-GPE_LOC|SpaceAfter=No
.       $.    PUNCT _ 5 punct

Nordmannen nordmann NOUN Definite=Def|Gender=Masc|Number=Sing 2 nsubj
smilte  smile VERB VerbForm=Fin 0 root SpaceAfter=No
.       $.    PUNCT _ 2 punct

Amerikanerne amerikaner NOUN Definite=Def|Gender=Masc|Number=Plur 2 nsubj
smilte  smile VERB VerbForm=Fin 0 root SpaceAfter=No
.       $.    PUNCT _ 2 punct
)");
  EXPECT_EQ(r.of("Nordmannen"), r.of("Anne Vik"));
  EXPECT_EQ(r.of("Amerikanerne"), r.of("USA"));
  EXPECT_EQ(r.entity("USA").type, EntityType::kPlace);
  EXPECT_EQ(r.entity("USA").profile.country, "US");
}

TEST(Resolve, DefiniteBodyMeansTheNamedOneOfItsKind) {
  const Read r("nb", R"(
Rederiet rederi NOUN Definite=Def|Gender=Neut|Number=Sing 4 nsubj
Vestskip Vestskip PROPN _ 1 appos name=B-ORG
i        i      ADP _ 1 case
tapte    tape   VERB VerbForm=Fin 0 root SpaceAfter=No
.        $.     PUNCT _ 4 punct

Politiet politi NOUN Definite=Def|Gender=Neut|Number=Sing 2 nsubj
ransaket ransake VERB VerbForm=Fin 0 root
selskapet selskap NOUN Definite=Def|Gender=Neut|Number=Sing 2 obj SpaceAfter=No
.        $.     PUNCT _ 2 punct

Vestskip Vestskip PROPN _ 2 nsubj name=B-ORG
roste    rose   VERB VerbForm=Fin 0 root
politiet politi NOUN Definite=Def|Gender=Neut|Number=Sing 2 obj SpaceAfter=No
.        $.     PUNCT _ 2 punct
)");
  EXPECT_EQ(r.of("selskapet"), r.of("Rederiet Vestskip"));
  EXPECT_EQ(r.of("Vestskip", 2), r.of("Rederiet Vestskip"));
  EXPECT_EQ(r.entity("Rederiet Vestskip").profile.kind, ProfileKind::kCompany);
  EXPECT_EQ(r.of("Politiet"), r.of("politiet"));
  EXPECT_EQ(r.entity("Politiet").profile.kind, ProfileKind::kPolice);
}

TEST(Resolve, AgencyByNameAndByDescription) {
  const Read r("nb", R"(
Irans    Iran   PROPN Case=Gen 3 nmod name=B-GPE_LOC
statskontrollerte statskontrollert ADJ Definite=Def 3 amod
nyhetsbyrå nyhetsbyrå NOUN Definite=Ind|Gender=Neut|Number=Sing 5 nsubj
Kvasir   Kvasir PROPN _ 3 appos name=B-ORG
melder   melde  VERB VerbForm=Fin 0 root
dette    dette  PRON _ 5 obj SpaceAfter=No
.        $.     PUNCT _ 5 punct

Nyhetsbyrået nyhetsbyrå NOUN Definite=Def|Gender=Neut|Number=Sing 2 nsubj
siterte  sitere VERB VerbForm=Fin 0 root
Reuters  Reuters PROPN _ 2 obj name=B-ORG|SpaceAfter=No
.        $.     PUNCT _ 2 punct
)");
  const Entity& kvasir = r.entity("Kvasir");
  EXPECT_EQ(kvasir.profile.kind, ProfileKind::kStateMedia);
  EXPECT_EQ(kvasir.profile.control, Control::kState);
  EXPECT_EQ(kvasir.profile.country, "IR");
  EXPECT_EQ(kvasir.profile.basis, "stated in the text");
  EXPECT_EQ(r.of("Nyhetsbyrået"), r.of("Kvasir"));
  EXPECT_EQ(r.entity("Reuters").profile.kind, ProfileKind::kNewsAgency);
  EXPECT_NE(r.of("Reuters"), r.of("Kvasir"));
}

TEST(Resolve, JoinedSubjectsAreAGroupAroundItsMembers) {
  const Read r("en", R"(
Norway  Norway PROPN _ 6 nsubj SpaceAfter=No
,       ,      PUNCT _ 3 punct
Sweden  Sweden PROPN _ 1 conj
and     and    CCONJ _ 5 cc
Denmark Denmark PROPN _ 1 conj
object  object VERB VerbForm=Fin 0 root SpaceAfter=No
.       .      PUNCT _ 6 punct
)");
  const Entity& group = r.entity("Norway, Sweden and Denmark");
  EXPECT_EQ(group.type, EntityType::kGroup);
  const Mention* m = r.layer.principal(r.fixture.analysis, {0, 5});
  ASSERT_NE(m, nullptr);
  EXPECT_EQ(r.fixture.text(m->words), "Norway, Sweden and Denmark");
  ASSERT_NE(r.layer.by_head(0), nullptr);
  EXPECT_EQ(r.fixture.text(r.layer.by_head(0)->words), "Norway");
}

TEST(Resolve, EnglishTitlesOfProperNouns) {
  const Read r("en", R"(
Harbour  Harbour  PROPN _ 2 compound
Minister Minister PROPN _ 3 nmod:desc
Lena     Lena     PROPN _ 5 nsubj
Brook    Brook    PROPN _ 3 flat
resigned resign   VERB VerbForm=Fin 0 root SpaceAfter=No
.        .        PUNCT _ 5 punct

She      she      PRON Gender=Fem|Number=Sing|Person=3|PronType=Prs 2 nsubj
left     leave    VERB VerbForm=Fin 0 root SpaceAfter=No
.        .        PUNCT _ 2 punct

The      the      DET Definite=Def|PronType=Art 2 det
minister minister NOUN Number=Sing 3 nsubj
wept     weep     VERB VerbForm=Fin 0 root SpaceAfter=No
.        .        PUNCT _ 3 punct
)");
  const EntityId lena = r.of("Lena Brook");
  ASSERT_NE(lena, kNoEntity);
  ASSERT_EQ(r.layer.entities[lena].roles.size(), 1u);
  EXPECT_EQ(r.layer.entities[lena].roles[0].title, "harbour minister");
  EXPECT_EQ(r.of("She"), lena);
  EXPECT_EQ(r.of("The minister"), lena);
}

TEST(Resolve, FormerOfficeIsMarked) {
  const Read r("nb", R"(
Tidligere tidlig  ADJ Degree=Cmp 2 amod
statsminister =   NOUN Definite=Ind|Gender=Masc|Number=Sing 4 nsubj
Anne      Anne    PROPN _ 2 flat:name name=B-PER
sov       sove    VERB VerbForm=Fin 0 root SpaceAfter=No
.         $.      PUNCT _ 4 punct
)");
  ASSERT_EQ(r.entity("Anne").roles.size(), 1u);
  EXPECT_TRUE(r.entity("Anne").roles[0].former);
}

TEST(Resolve, SeatOfGovernmentIsAMetonym) {
  const Read r("nb", R"(
Kreml  Kreml PROPN _ 2 nsubj name=B-LOC
tier   tie   VERB VerbForm=Fin 0 root SpaceAfter=No
.      $.    PUNCT _ 2 punct
)");
  EXPECT_EQ(r.entity("Kreml").profile.kind, ProfileKind::kGovernment);
  EXPECT_EQ(r.entity("Kreml").profile.country, "RU");
  EXPECT_EQ(r.layer.mentions[0].form, MentionForm::kMetonym);
}

TEST(Resolve, NothingComesOfNothing) {
  const testing::Fixture empty = testing::conllu_fixture("nb", "");
  const Tree tree(empty.analysis);
  const EntityLayer layer = resolve_entities(*empty.article, empty.analysis, tree, knowledge());
  EXPECT_TRUE(layer.entities.empty());
  EXPECT_EQ(layer.by_head(0), nullptr);
  EXPECT_EQ(layer.principal(empty.analysis, {0, 0}), nullptr);
}

TEST(Resolve, LayerIsOrderedAndInsideTheText) {
  const Read r("nb", kMinisters);
  for (size_t i = 0; i < r.layer.mentions.size(); ++i) {
    const Mention& m = r.layer.mentions[i];
    EXPECT_TRUE(m.words.contains(m.head));
    EXPECT_LT(m.entity, r.layer.entities.size());
    if (i > 0) {
      EXPECT_LE(r.layer.mentions[i - 1].words.begin, m.words.begin);
    }
  }
}

}  // namespace
}  // namespace avstand
