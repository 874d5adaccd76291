// Events in the ledger: what their statement makes of their status.
#include <gtest/gtest.h>

#include "provenance/scene.h"

namespace avstand {
namespace {

using testing::Scene;

constexpr std::string_view kClaim = R"(Vakta vakt NOUN _ 2 nsubj
sier  si  VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
at    at  SCONJ _ 5 mark
båten båt NOUN _ 5 nsubj
sank  synke VERB Mood=Ind|Tense=Past|VerbForm=Fin 2 ccomp SpaceAfter=No
.     $.  PUNCT _ 2 punct

Broen bro NOUN _ 2 nsubj
falt  falle VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root SpaceAfter=No
.     $.  PUNCT _ 2 punct
)";

/// Status of the sinking that somebody tells of with this commitment.
std::string told(EventStatus status, Commitment commitment) {
  Scene s("nb", kClaim);
  s.attribution("Vakta", "sier", "at båten sank").commitment = commitment;
  s.event("sank", status);
  return s.conclude().events->front().status;
}

TEST(LedgerEvents, WhatSomebodySaysIsAlleged) {
  EXPECT_EQ(told(EventStatus::kHappened, Commitment::kNeutral), "alleged");
  EXPECT_EQ(told(EventStatus::kOngoing, Commitment::kDistanced), "alleged");
  EXPECT_EQ(told(EventStatus::kHappened, Commitment::kEndorsed), "happened");
  EXPECT_EQ(told(EventStatus::kHappened, Commitment::kDenied), "denied");
  EXPECT_EQ(told(EventStatus::kHappened, Commitment::kUncertain), "possible");
}

TEST(LedgerEvents, PlansAndDenialsStay) {
  EXPECT_EQ(told(EventStatus::kPlanned, Commitment::kNeutral), "planned");
  EXPECT_EQ(told(EventStatus::kPossible, Commitment::kNeutral), "possible");
  EXPECT_EQ(told(EventStatus::kDenied, Commitment::kNeutral), "denied");
}

TEST(LedgerEvents, OwnWordsStandAndCuesAreNoEvents) {
  Scene s("nb", kClaim);
  s.attribution("Vakta", "sier", "at båten sank");
  s.event("sier", EventStatus::kOngoing);
  s.event("sank", EventStatus::kHappened);
  s.event("falt", EventStatus::kHappened);
  const auto l = s.conclude();
  ASSERT_EQ(l.events->size(), 2u);
  const ledger::Event& own = l.events->back();
  EXPECT_EQ(own.status, "happened");
  ASSERT_TRUE(own.statement);
  EXPECT_EQ(l.statements[*own.statement].quote, "own");
  EXPECT_EQ(l.statements[*l.events->front().statement].quote, "indirect");
}

}  // namespace
}  // namespace avstand
