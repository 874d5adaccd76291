#include "attribution/tree_paths.h"

#include <algorithm>

namespace avstand {
namespace {

constexpr uint32_t kNoRelation = 63;
constexpr uint32_t kAtCue = 0, kUp = 1, kDown = 2, kAside = 3;

struct Key {
  uint32_t kind, steps = 0, right = 0, depth = 0, first = kNoRelation, second = kNoRelation;
  uint32_t value() const {
    return kind | steps << 2 | right << 5 | depth << 6 | first << 8 | second << 14;
  }
};

}  // namespace

void tree_paths(const Analysis& a, WordRange sentence, WordId cue, std::vector<uint32_t>& out) {
  std::vector<WordId> up, down;
  std::vector<uint32_t> place(sentence.size(), UINT32_MAX);
  for (WordId w = cue; w != kNoWord; w = a.words[w].head) {
    place[w - sentence.begin] = static_cast<uint32_t>(up.size());
    up.push_back(w);
  }
  const auto rel = [&](WordId w) { return static_cast<uint32_t>(a.words[w].rel); };
  out.clear();
  for (WordId t = sentence.begin; t < sentence.end; ++t) {
    down.clear();
    WordId w = t;
    for (; w != kNoWord && place[w - sentence.begin] == UINT32_MAX; w = a.words[w].head)
      down.push_back(w);
    const auto at = w == kNoWord ? static_cast<uint32_t>(up.size()) : place[w - sentence.begin];
    const uint32_t steps = std::min(at, 4U), right = t > cue ? 1 : 0;
    const auto depth = static_cast<uint32_t>(down.size());
    Key key{.kind = kAtCue};
    if (depth == 0 && t != cue)
      key = {.kind = kUp, .steps = steps, .right = right, .first = rel(up[at - 1])};
    else if (depth > 0 && at == 0)
      key = {.kind = kDown,
             .right = right,
             .depth = std::min(depth, 3U),
             .first = rel(down.back()),
             .second = depth == 2 ? rel(down[0]) : kNoRelation};
    else if (depth > 0)
      key = {.kind = kAside,
             .steps = steps,
             .right = right,
             .depth = std::min(depth, 2U),
             .first = rel(down.back()),
             .second = rel(up[steps - 1])};
    out.push_back(key.value());
  }
}

uint32_t distance_class(WordId word, WordId cue) {
  const uint32_t d = word > cue ? word - cue : cue - word;
  const uint32_t bucket = d < 6 ? d : d < 9 ? 6 : d < 14 ? 7 : d < 22 ? 8 : d < 35 ? 9 : 10;
  return 2 * bucket + (word > cue ? 0 : 1);
}

void marks_between(const Analysis& a, WordRange sentence, WordId cue, std::vector<uint32_t>& out) {
  out.assign(sentence.size(), 0);
  uint32_t n = 0;
  for (WordId t = cue + 1; t < sentence.end; ++t) {
    out[t - sentence.begin] = std::min(n, 4U);
    if (a.words[t].upos == Upos::kPunct) ++n;
  }
  n = 0;
  for (WordId t = cue; t-- > sentence.begin;) {
    out[t - sentence.begin] = 5 + std::min(n, 4U);
    if (a.words[t].upos == Upos::kPunct) ++n;
  }
}

}  // namespace avstand
