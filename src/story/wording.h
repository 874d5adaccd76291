// Which words the passages of a story share, for all pairs at once.
//
// Most pairs share nothing or one word, so the pairs are found by their words (an inverted index of
// kinds of terms) and not by going over all of them: 50 articles have half a million pairs.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "story/similarity.h"
#include "story/stories.h"

namespace avstand::story {

/// A passage of a story by number, and where it is.
struct Place {
  uint32_t article = 0, passage = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};

/// The words of all passages of a story. Passages are numbered by place.
class Wording {
 public:
  explicit Wording(const std::vector<const StoryArticle*>& articles);

  uint32_t number(Place place) const { return first_[place.article] + place.passage; }
  Place place(uint32_t number) const;
  size_t size() const { return plain_weights_.size(); }
  /// Weight of the passage's terms, each as rare as it is in the story.
  float rare_weight(uint32_t i) const { return rare_weights_[i]; }
  float plain_weight(uint32_t i) const { return plain_weights_[i]; }
  /// As likeness() of the terms of both, the one with the lower number first.
  Likeness plain(uint32_t i, uint32_t j) const;
  /// The same with every term as rare as it is in the story.
  Likeness rare(uint32_t i, uint32_t j) const;

  struct Shared;
  /// The same of what passage `i` shares with a later one.
  Likeness rare(uint32_t i, const Shared& shared) const;
  Likeness plain(uint32_t i, const Shared& shared) const;

  /// What two passages share.
  struct Shared {
    uint32_t other = 0;  ///< the later one
    uint16_t names = 0, words = 0;
    float plain = 0, rare = 0;  ///< weight of the matched terms
  };
  /// Later passages that share a term with passage `i`, by number.
  std::span<const Shared> shared(uint32_t i) const;

 private:
  class Maker;
  const Shared* find(uint32_t i, uint32_t j) const;

  std::vector<uint32_t> first_;  // by article: number of its first passage
  std::vector<float> plain_weights_, rare_weights_;
  std::vector<Shared> shared_;
  std::vector<size_t> begin_;  // by passage: where its part of `shared_` begins
};

}  // namespace avstand::story
