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

}  // namespace
}  // namespace avstand
