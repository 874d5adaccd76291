// What lies between a cue and another word of its sentence: the way through the tree, the distance,
// the punctuation. Numbers that the role model has weights for; training/roles/words.py makes the
// same.
#pragma once

#include <cstdint>
#include <vector>

#include "document/analysis.h"

namespace avstand {

inline constexpr uint32_t kDistanceClasses = 22, kMarkClasses = 10;

/// For every word of the sentence the way to it from the cue, as a key: up, down, or up and down,
/// how far, to which side, by which relations.
void tree_paths(const Analysis& analysis, WordRange sentence, WordId cue,
                std::vector<uint32_t>& out);

/// The class of distance between a word and the cue: even behind it, odd before it and at it.
uint32_t distance_class(WordId word, WordId cue);

/// For every word of the sentence how many punctuation marks part it from the cue: up to four,
/// and five more where it stands before the cue.
void marks_between(const Analysis& analysis, WordRange sentence, WordId cue,
                   std::vector<uint32_t>& out);

}  // namespace avstand
