#include "text/edit_distance.h"

#include <gtest/gtest.h>

namespace avstand {
namespace {

TEST(EditDistance, CountsWhatIsPutInLeftOutAndChanged) {
  EXPECT_EQ(edit_distance("", "", 2), 0U);
  EXPECT_EQ(edit_distance("brun", "brun", 2), 0U);
  EXPECT_EQ(edit_distance("brun", "bruun", 2), 1U);
  EXPECT_EQ(edit_distance("marte", "mette", 2), 2U);
  EXPECT_EQ(edit_distance("", "ab", 2), 2U);
}

TEST(EditDistance, BeyondTheLimitItIsOnlyMore) {
  EXPECT_GT(edit_distance("ola", "kristoffer", 2), 2U);
  EXPECT_GT(edit_distance("abcd", "wxyz", 2), 2U);
}

}  // namespace
}  // namespace avstand
