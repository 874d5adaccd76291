#include "attribution/quotation.h"

#include <gtest/gtest.h>

#include "support/conllu_fixture.h"

namespace avstand {
namespace {

using testing::Fixture;

Fixture nb(std::string_view conllu) { return testing::FixtureBuilder("nb").build(conllu); }

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

constexpr const char* kDashLines = R"(– – PUNCT _ 2 punct
{} en DET _ 3 det
lue lue NOUN _ 0 root

# newpar
– – PUNCT _ 2 punct
et et DET _ 3 det
kart kart NOUN _ 0 root SpaceAfter=No
. $. PUNCT _ 3 punct
)";

TEST(Quotation, ItemsOfAListAreNoSpeech) {
  std::string lines = kDashLines;
  lines.replace(lines.find("{}"), 2, "en");
  EXPECT_TRUE(QuotationMap(nb(lines).analysis).dashes().empty());
}

TEST(Quotation, ADashBeforeACapitalOpensSpeech) {
  std::string lines = kDashLines;
  lines.replace(lines.find("{}"), 2, "En");
  // What follows is speech too: it ends in a stop, and no item stands before it.
  EXPECT_EQ(QuotationMap(nb(lines).analysis).dashes().size(), 2u);
}

}  // namespace
}  // namespace avstand
