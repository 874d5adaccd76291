// From scored candidates to attributions of single sentences.
#pragma once

#include <vector>

#include "attribution/candidates.h"

namespace avstand {

/// Keeps the candidates above the threshold that do not exclude each other: one for each cue word,
/// and one of two that share cue words and content. The best probability wins; ties go to the
/// earlier cue.
std::vector<Candidate> select_candidates(const std::vector<Candidate>& scored, float threshold);

/// Share of words that two contents have in common (intersection over union).
float content_overlap(const Ranges& a, const Ranges& b);

}  // namespace avstand
