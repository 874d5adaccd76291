// Who speaks where no verb tells: who comes into question, and whom the weights choose.
#include "attribution/speaker_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "attribution/attribute.h"
#include "attribution/cue_lexicon.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

/// "Kari Vik åpner døra. – Jeg kjenner Bo her. Hun smiler."
constexpr const char* kInterview = R"(Kari Kari PROPN _ 3 nsubj
Vik Vik PROPN _ 1 flat:name
åpner åpne VERB Tense=Pres|VerbForm=Fin 0 root
døra dør NOUN Definite=Def 3 obj SpaceAfter=No
. $. PUNCT _ 3 punct

– $– PUNCT _ 3 punct
Jeg jeg PRON Case=Nom|Number=Sing|Person=1|PronType=Prs 3 nsubj
kjenner kjenne VERB Tense=Pres|VerbForm=Fin 0 root
Bo Bo PROPN _ 3 obj
her her ADV _ 3 advmod SpaceAfter=No
. $. PUNCT _ 3 punct

Hun hun PRON Case=Nom|Number=Sing|Person=3|PronType=Prs 2 nsubj
smiler smile VERB Tense=Pres|VerbForm=Fin 0 root SpaceAfter=No
. $. PUNCT _ 2 punct
)";

class Speakers : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = CueLexicon::load(std::string(AVSTAND_SOURCE_DIR) + "/data",
                                   std::string(AVSTAND_SOURCE_DIR) + "/models");
    ASSERT_TRUE(loaded) << loaded.error().to_string();
    lexicon_ = std::make_unique<CueLexicon>(std::move(*loaded));
    for (const char* name : {"Kari Vik", "Bo"}) {
      entities_.entities.push_back({.type = EntityType::kPerson, .name = name});
    }
    mention(0, {0, 2}, MentionForm::kName);
    mention(1, {8, 9}, MentionForm::kName);
    mention(0, {11, 12}, MentionForm::kPronoun);
    entities_.index();
    spoken_.resize(f_.analysis.words.size());
    std::fill_n(spoken_.begin() + 5, 6, uint8_t{1});
  }

  void mention(EntityId entity, WordRange words, MentionForm form) {
    entities_.mentions.push_back(
        {.words = words, .head = words.begin, .entity = entity, .form = form});
  }

  testing::Fixture f_ = testing::FixtureBuilder("nb").build(kInterview);
  std::unique_ptr<CueLexicon> lexicon_;
  EntityLayer entities_;
  std::vector<uint8_t> spoken_;
};

TEST_F(Speakers, NobodyAndWhoStandsAroundComeIntoQuestion) {
  const Tree tree(f_.analysis);
  const FrameContext context{f_.analysis, tree, *lexicon_->find(LanguageCode("nb"))};
  const QuotationMap quotes(f_.analysis);
  const SpeakerModel model(context, entities_, quotes, spoken_);
  const auto choices = model.choices({1, 1});
  ASSERT_EQ(choices.size(), 3u);  // Bo is spoken of
  EXPECT_TRUE(choices[0].source.empty());
  EXPECT_EQ(choices[1].head, f_.find("Kari"));
  EXPECT_EQ(choices[2].head, f_.find("Hun"));
  const auto has = [&](size_t i, const char* feature) {
    const auto& all = choices[i].features;
    return std::find(all.begin(), all.end(), feature) != all.end();
  };
  EXPECT_TRUE(has(1, "who:b0"));
  EXPECT_TRUE(has(2, "who:a0"));
  EXPECT_TRUE(has(1, "who:nsubj+"));
  EXPECT_FALSE(has(1, "who:named inside"));
}

TEST_F(Speakers, WhoIsTalkedAboutRightBeforeTheSpeechSpeaks) {
  const Tree tree(f_.analysis);
  const FrameContext context{f_.analysis, tree, *lexicon_->find(LanguageCode("nb"))};
  const QuotationMap quotes(f_.analysis);
  const SpeakerModel model(context, entities_, quotes, spoken_);
  const SpeakerChoice best = model.best({1, 1});
  EXPECT_EQ(best.entity, 0u);
  EXPECT_EQ(best.head, f_.find("Kari"));  // of two mentions as near the one before
}

TEST_F(Speakers, AreNotLookedForFarAway) {
  std::string text = kInterview;
  for (int i = 0; i < 30; ++i)
    text +=
        "\nSnøen snø NOUN Definite=Def 2 nsubj\nfaller falle VERB _ 0 root\n. $. PUNCT _ 2 punct\n";
  text += "\n– $– PUNCT _ 2 punct\nJa ja INTJ _ 0 root\n. $. PUNCT _ 2 punct\n";
  f_ = testing::FixtureBuilder("nb").build(text);
  spoken_.assign(f_.analysis.words.size(), 0);
  const Tree tree(f_.analysis);
  const FrameContext context{f_.analysis, tree, *lexicon_->find(LanguageCode("nb"))};
  const QuotationMap quotes(f_.analysis);
  const SpeakerModel model(context, entities_, quotes, spoken_);
  EXPECT_EQ(model.choices({33, 33}).size(), 1u);
}

}  // namespace
}  // namespace avstand
