// What the role model writes between its layers: memory that a worker keeps from article to
// article.
#pragma once

#include "language/dense.h"

namespace avstand {

/// Used by one role model at a time; `holder` is the one whose sentences lie here now.
struct RoleBuffers {
  language::RoundedRows rounded;
  language::Buffer states, first, gates, hidden1, hidden2, wide, cue, word, of_cue, pair, middle,
      over, seen, scores;
  const void* holder = nullptr;
};

}  // namespace avstand
