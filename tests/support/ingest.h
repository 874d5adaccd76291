// What the tests of readers share.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "ingest/ingest.h"
#include "ingest/patterns.h"

namespace avstand::ingest {

/// The patterns that the program uses, loaded once.
inline const Patterns& patterns() {
  static const Patterns* loaded = [] {
    auto result = Patterns::load(AVSTAND_SOURCE_DIR "/data");
    if (!result) ADD_FAILURE() << result.error().to_string();
    return new Patterns(std::move(*result));
  }();
  return *loaded;
}

/// All that comes of an input named "in"; errors as a user sees them.
struct InputRead {
  std::vector<Article> articles;
  std::vector<std::string> errors, notes;
};

inline InputRead read_input_text(std::string_view bytes) {
  InputRead out;
  Run run([&](const std::string& note) { out.notes.push_back(note); });
  read_bytes(bytes, "in", {}, patterns(), run, [&](Item item) {
    if (item.article) out.articles.push_back(std::move(*item.article));
    if (item.error) out.errors.push_back(item.error->to_string());
  });
  return out;
}

}  // namespace avstand::ingest
