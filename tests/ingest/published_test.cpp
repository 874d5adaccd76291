#include <gtest/gtest.h>

#include "ingest/ingest.h"

namespace avstand::ingest {
namespace {

TEST(Published, TakesDatesAndRfc3339) {
  for (const char* good : {"2023-07-26", "2024-02-29", "2023-07-26T14:05:00Z",
                           "2023-07-26T14:05:00.123+02:00", "2023-07-26t14:05:60z"})
    EXPECT_TRUE(check_published(good)) << good;
}

TEST(Published, RefusesEverythingElse) {
  for (const char* bad : {"", "26.07.2023", "2023-7-26", "2023-02-29", "2023-13-01", "2023-07-26T",
                          "2023-07-26T14:05Z", "2023-07-26T25:00:00Z", "2023-07-26T14:05:00",
                          "2023-07-26T14:05:00+2:00", "2023-07-26 ", "x2023-07-26", "-023-07-26"})
    EXPECT_FALSE(check_published(bad)) << bad;
}

}  // namespace
}  // namespace avstand::ingest
