// The ways to see one word (Key), in a list that needs no memory of its own while it is short.
//
// Most words have four keys or fewer, and an article has some two thousand words that are read
// back and freed again for every story: with a vector each, a sixth of the time of keeping stories
// went to the allocator.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>

namespace avstand::story {

using Feature = uint64_t;

/// One way to see a word: its lemma, a concept of the lexicon, a part of the compound.
struct Key {
  Feature feature = 0;
  float strength = 1;  ///< 1: the word itself; less: near-synonym, translation, part

  friend bool operator==(const Key&, const Key&) = default;
};

using KeyList = boost::container::small_vector<Key, 4>;

}  // namespace avstand::story
