// Predicates, who takes part in them, and their status, on trees that are known to be right.
#include <gtest/gtest.h>

#include <string>

#include "event/find_events.h"
#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::Fixture;
using testing::FixtureBuilder;

EventLayer find(const Fixture& f, const EntityLayer& entities = {}) {
  static const EventRules rules = [] {
    auto out = EventRules::load(std::string(AVSTAND_SOURCE_DIR) + "/data");
    if (!out) throw std::runtime_error(out.error().to_string());
    return std::move(*out);
  }();
  const Tree tree(f.analysis);
  return find_events(*f.article, f.analysis, tree, entities, rules);
}

/// "lemma status", joined by "; ".
std::string events(std::string_view language, const std::string& conllu,
                   const char* published = nullptr) {
  Fixture f = FixtureBuilder(language).build(conllu);
  f.article->blocks.front().kind = BlockKind::kParagraph;
  for (SentenceInfo& s : f.analysis.sentences) s.parsed = true;
  if (published) f.article->published = published;
  std::string out;
  for (const Event& e : find(f).events) {
    EXPECT_LT(e.head, f.analysis.words.size());
    EXPECT_TRUE(e.words.contains(e.head));
    out += (out.empty() ? "" : "; ") + e.predicate + " " + std::string(to_string(e.status));
  }
  return out;
}

const std::string kHe = "Han han PRON _ 2 nsubj\n";
const std::string kPast = "Mood=Ind|Tense=Past|VerbForm=Fin";
const std::string kPresent = "Mood=Ind|Tense=Pres|VerbForm=Fin";

TEST(Status, TenseOfTheVerb) {
  EXPECT_EQ(events("nb", kHe + "falt falle VERB " + kPast + " 0 root\n"), "falle happened");
  EXPECT_EQ(events("nb", kHe + "løper løpe VERB " + kPresent + " 0 root\n"), "løpe ongoing");
  EXPECT_EQ(events("nb", kHe + "er være VERB " + kPresent + " 0 root\n"), "");
}

TEST(Status, AuxiliariesTellModality) {
  const auto with = [](const std::string& aux, const std::string& verb) {
    return events("nb", "Han han PRON _ 3 nsubj\n" + aux + " AUX " + kPresent + " 3 aux\n" + verb +
                            " VERB VerbForm=Inf 0 root\n");
  };
  EXPECT_EQ(with("skal skulle", "reise reise"), "reise planned");
  EXPECT_EQ(with("kan kunne", "reise reise"), "reise possible");
  EXPECT_EQ(with("må måtte", "reise reise"), "reise planned");
  EXPECT_EQ(
      events("nb", "Han han PRON _ 4 nsubj\nskal skulle AUX " + kPresent +
                       " 4 aux\nha ha AUX VerbForm=Inf 4 aux\nfalt falle VERB VerbForm=Part 0 "
                       "root\n"),
      "falle alleged");
}

TEST(Status, NegationDeniesUnlessItGoesOn) {
  const std::string verb =
      "Han han PRON _ 4 nsubj\nhar ha AUX " + kPresent +
      " 4 aux\nikke ikke PART Polarity=Neg 4 advmod\nreist reise VERB VerbForm=Part 0 root\n";
  EXPECT_EQ(events("nb", verb), "reise denied");
  EXPECT_EQ(events("nb", verb + "siden siden ADP _ 6 case\nmandag mandag NOUN _ 4 obl\n"),
            "reise ongoing");
}

TEST(Status, WhatHangsOnAVerb) {
  const auto below = [](const std::string& verb) {
    return events("nb", kHe + verb + " VERB " + kPast + " 0 root\nå å PART _ 4 mark\n" +
                            "reise reise VERB VerbForm=Inf 2 xcomp\n");
  };
  EXPECT_EQ(below("planla planlegge"), "reise planned");
  EXPECT_EQ(below("begynte begynne"), "reise happened");
  EXPECT_EQ(below("nektet nekte"), "reise denied");
  EXPECT_EQ(below("prøvde prøve"), "reise possible");
}

TEST(Status, ConditionAndQuestionArePossible) {
  EXPECT_EQ(events("en", "If if SCONJ _ 3 mark\nit it PRON _ 3 nsubj\nfalls fall VERB " + kPresent +
                             " 4 advcl\nrun run VERB Mood=Imp|VerbForm=Fin 0 root\n"),
            "fall possible");
  EXPECT_EQ(events("nb", "Falt falle VERB " + kPast + " 0 root\nhan han PRON _ 1 nsubj\n" +
                             "? ? PUNCT _ 1 punct\n"),
            "falle possible");
}

TEST(Status, ThePresentWithALaterDayIsPlanned) {
  const std::string verb = kHe + "reiser reise VERB " + kPresent +
                           " 0 root\npå på ADP _ 4 case\nlørdag lørdag NOUN _ 2 obl\n";
  EXPECT_EQ(events("nb", verb, "2026-03-05"), "reise planned");
  EXPECT_EQ(events("nb", verb), "reise ongoing");
}

TEST(Participants, APassiveTurnsThemRound) {
  const Fixture f = [] {
    Fixture out = FixtureBuilder("nb").build(
        "Mannen mann NOUN _ 3 nsubj:pass\nble bli AUX " + kPast +
        " 3 aux:pass\npågrepet pågripe VERB VerbForm=Part 0 root\nav av ADP _ 5 case\n" +
        "vakten vakt NOUN _ 3 obl\ni i ADP _ 7 case\nSolvik Solvik PROPN _ 3 obl\n");
    out.analysis.sentences[0].parsed = true;
    return out;
  }();
  EntityLayer entities;
  entities.entities.resize(3);
  entities.entities[2].type = EntityType::kPlace;
  for (const auto& [word, id] : {std::pair(0u, 0u), std::pair(4u, 1u), std::pair(6u, 2u)}) {
    Mention m;
    m.words = {word, word + 1};
    m.head = word;
    m.entity = id;
    entities.mentions.push_back(m);
  }
  entities.index();
  const EventLayer layer = find(f, entities);
  ASSERT_EQ(layer.events.size(), 1u);
  const Event& e = layer.events[0];
  EXPECT_EQ(e.actors, std::vector<EntityId>{1});
  EXPECT_EQ(e.targets, std::vector<EntityId>{0});
  EXPECT_EQ(e.place, 2u);
  EXPECT_EQ(e.type, "COERCE");
  EXPECT_EQ(f.text(e.words), "Mannen ble pågrepet av vakten i Solvik");
}

TEST(Events, AnUnknownLanguageHasNone) {
  EXPECT_EQ(events("xx", kHe + "falt falle VERB " + kPast + " 0 root\n"), "");
}

}  // namespace
}  // namespace avstand
