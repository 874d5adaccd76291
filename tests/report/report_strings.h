// The shipped strings, loaded once.
#pragma once

#include <gtest/gtest.h>

#include "report/strings.h"

namespace avstand::report {

inline const ReportStrings& shipped_strings() {
  static const auto loaded = ReportStrings::load(std::string(AVSTAND_SOURCE_DIR) + "/data");
  if (!loaded) ADD_FAILURE() << loaded.error().to_string();
  return *loaded;
}

}  // namespace avstand::report
