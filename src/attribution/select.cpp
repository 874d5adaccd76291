#include "attribution/select.h"

#include <algorithm>

namespace avstand {
namespace {

/// Two cues of one clause say the same when their contents agree this far ("ifølge X skal … ha").
constexpr float kSameContent = 0.8F;

bool hearsay(Frame f) { return f == Frame::kHearsay || f == Frame::kAdverb; }

bool exclude_each_other(const Candidate& a, const Candidate& b) {
  if (a.cue == b.cue || overlaps(a.cue_words, b.cue_words)) return true;
  // A named source takes the place of a mere mark of hearsay over the same words.
  if (hearsay(a.frame) == hearsay(b.frame)) return false;
  const Candidate& other = hearsay(a.frame) ? b : a;
  return (other.frame == Frame::kAccording || other.frame == Frame::kAccordingAll) &&
         content_overlap(a.content, b.content) >= kSameContent;
}

}  // namespace

float content_overlap(const Ranges& a, const Ranges& b) {
  uint32_t common = 0;
  for (const WordRange x : a)
    for (const WordRange y : b) {
      const WordRange both{std::max(x.begin, y.begin), std::min(x.end, y.end)};
      common += both.size();
    }
  const uint32_t all = count_words(a) + count_words(b) - common;
  return all == 0 ? 0 : static_cast<float>(common) / static_cast<float>(all);
}

std::vector<Candidate> select_candidates(const std::vector<Candidate>& scored, float threshold) {
  std::vector<const Candidate*> order;
  for (const Candidate& c : scored)
    if (c.probability >= threshold) order.push_back(&c);
  std::stable_sort(order.begin(), order.end(), [](const Candidate* a, const Candidate* b) {
    return a->probability != b->probability ? a->probability > b->probability : a->cue < b->cue;
  });
  std::vector<Candidate> kept;
  for (const Candidate* c : order) {
    const bool clash = std::any_of(kept.begin(), kept.end(),
                                   [&](const Candidate& k) { return exclude_each_other(*c, k); });
    if (!clash) kept.push_back(*c);
  }
  return kept;
}

}  // namespace avstand
