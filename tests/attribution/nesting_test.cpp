#include "attribution/nesting.h"

#include <gtest/gtest.h>

#include <set>

namespace avstand {
namespace {

Attribution quote(WordId cue, WordRange content) {
  Attribution a;
  a.cue_head = cue;
  a.cue = {{cue, cue + 1}};
  a.content = {content};
  return a;
}

TEST(Nesting, TakesTheInnermost) {
  std::vector<Attribution> all = {quote(0, {1, 20}), quote(2, {3, 15}), quote(5, {6, 9})};
  nest(all);
  EXPECT_EQ(all[0].parent, kNoAttribution);
  EXPECT_EQ(all[1].parent, 0u);
  EXPECT_EQ(all[2].parent, 1u);
}

TEST(Nesting, OfTwoThatHoldEachOtherTheLongerIsOutside) {
  // Each content holds the other's cue.
  std::vector<Attribution> all = {quote(12, {0, 10}), quote(3, {4, 30})};
  nest(all);
  EXPECT_EQ(all[0].parent, 1u);
  EXPECT_EQ(all[1].parent, kNoAttribution);
}

TEST(Nesting, ParentsAlwaysEnd) {
  // Every content holds the cue of the next, the last that of the first.
  std::vector<Attribution> all;
  for (WordId i = 0; i < 40; ++i) all.push_back(quote((i + 39) % 40, {i, i + 1 + i % 3}));
  nest(all);
  for (size_t i = 0; i < all.size(); ++i) {
    std::set<AttributionId> seen;
    for (AttributionId at = static_cast<AttributionId>(i); at != kNoAttribution;
         at = all[at].parent)
      ASSERT_TRUE(seen.insert(at).second);
  }
}

}  // namespace
}  // namespace avstand
