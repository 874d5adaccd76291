#include "story/wording.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "story/lexicon.h"

namespace avstand::story {
namespace {

constexpr float kOwnKey = 0.8F;     // strength from which a key is the word itself
constexpr float kLightest = 0.15F;  // weight left to a word that is all over the story
constexpr double kSteepness = 1.3;  // words in few passages have their whole weight

Likeness likeness_of(float matched, float a, float b, uint32_t names, uint32_t words) {
  Likeness out{.matched = matched, .names = names, .words = words};
  const float lesser = std::min(a, b);
  out.contained = lesser > 0 ? std::min(1.0F, matched / lesser) : 0;
  out.dice = a + b > 0 ? std::min(1.0F, 2 * matched / (a + b)) : 0;
  return out;
}

}  // namespace

/// Numbers 64-bit hashes in the order in which they come. Open addressing: a story has thousands of
/// them, and a node for each in std::unordered_map was a sixth of the time of making it.
class Numbering {
 public:
  explicit Numbering(size_t most) {
    size_t slots = 16;
    while (slots < 2 * most) slots *= 2;
    slots_.assign(slots, kNone);
  }
  size_t size() const { return hashes_.size(); }
  /// The number of the first one with that hash that `is_it` takes for it, else a new number.
  template <typename IsIt>
  uint32_t number(uint64_t hash, IsIt is_it) {
    size_t at = hash >> 7 & (slots_.size() - 1);
    for (; slots_[at] != kNone; at = (at + 1) & (slots_.size() - 1))
      if (hashes_[slots_[at]] == hash && is_it(slots_[at])) return slots_[at];
    slots_[at] = static_cast<uint32_t>(hashes_.size());
    hashes_.push_back(hash);
    return slots_[at];
  }
  uint32_t number(uint64_t hash) {
    return number(hash, [](uint32_t) { return true; });
  }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  std::vector<uint32_t> slots_;
  std::vector<uint64_t> hashes_;
};

/// Lists by number, in one piece of memory: counted first, then filled.
template <typename T>
class Lists {
 public:
  explicit Lists(size_t count) : begin_(count + 1, 0) {}
  void count(uint32_t list) { ++begin_[list + 1]; }
  void make_room() {
    for (size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    values_.resize(begin_.back());
    end_.assign(begin_.begin(), begin_.end() - 1);
  }
  void add(uint32_t list, T value) { values_[end_[list]++] = value; }
  std::span<const T> operator[](uint32_t list) const {
    return std::span(values_).subspan(begin_[list], begin_[list + 1] - begin_[list]);
  }

 private:
  std::vector<uint32_t> begin_, end_;
  std::vector<T> values_;
};

/// Gives terms with the same keys one number ("sort"), finds which sorts match, and from these
/// which passages do.
class Wording::Maker {
 public:
  Maker(const std::vector<const StoryArticle*>& articles, Wording& out) : out_(out) {
    for (const StoryArticle* a : articles) {
      out.first_.push_back(static_cast<uint32_t>(passages_.size()));
      for (const Passage& p : a->passages) passages_.push_back(&p);
    }
  }

  void run() {
    sort_terms();
    number_features();
    match_sorts();
    weigh();
    out_.begin_.push_back(0);
    pairs_.resize(passages_.size());
    for (uint32_t i = 0; i < passages_.size(); ++i) {
      compare_with_later(i);
      out_.begin_.push_back(out_.shared_.size());
    }
  }

 private:
  struct Posting {
    uint32_t passage = 0, term = 0;
  };
  struct Match {
    uint32_t sort = 0;
    float strength = 0;
  };
  /// Term `a` of a passage matches term `b` of another.
  struct Pair {
    uint32_t a = 0, b = 0;
    float strength = 0;
  };

  void sort_terms() {
    size_t terms = 0;
    for (const Passage* p : passages_) {
      first_term_.push_back(static_cast<uint32_t>(terms));
      terms += p->terms.size();
    }
    Numbering known(terms);
    sorts_.reserve(terms);
    for (const Passage* p : passages_)
      for (const Term& t : p->terms) {
        uint64_t hash = t.keys.size();
        for (const Key& k : t.keys) hash = (hash ^ k.feature) * 0x9E3779B97F4A7C15ULL;
        const uint32_t sort =
            known.number(hash, [&](uint32_t other) { return *keys_[other] == t.keys; });
        if (sort == keys_.size()) keys_.push_back(&t.keys);
        sorts_.push_back(sort);
      }
    postings_ = Lists<Posting>(keys_.size());
    for (const uint32_t sort : sorts_) postings_.count(sort);
    postings_.make_room();
    for (uint32_t i = 0; i < passages_.size(); ++i)
      for (uint32_t t = 0; t < passages_[i]->terms.size(); ++t)
        postings_.add(sort_of(i, t), {i, t});
  }

  uint32_t sort_of(uint32_t passage, uint32_t term) const {
    return sorts_[first_term_[passage] + term];
  }

  void number_features() {
    size_t keys = 0;
    for (const auto* list : keys_) {
      first_key_.push_back(static_cast<uint32_t>(keys));
      keys += list->size();
    }
    Numbering known(keys);
    for (const auto* list : keys_)
      for (const Key& k : *list) features_.push_back(known.number(k.feature));
    feature_count_ = known.size();
  }

  /// The numbers of the features of a sort, in the order of its keys.
  const uint32_t* features_of(uint32_t sort) const { return features_.data() + first_key_[sort]; }

  void match_sorts() {
    Lists<Match> by_feature(feature_count_);
    for (const uint32_t feature : features_) by_feature.count(feature);
    by_feature.make_room();
    for (uint32_t s = 0; s < keys_.size(); ++s)
      for (uint32_t k = 0; k < keys_[s]->size(); ++k)
        by_feature.add(features_of(s)[k], {s, (*keys_[s])[k].strength});
    std::vector<float> best(keys_.size(), 0);
    std::vector<uint32_t> touched;
    for (uint32_t s = 0; s < keys_.size(); ++s) {
      touched.clear();
      for (uint32_t k = 0; k < keys_[s]->size(); ++k)
        for (const Match& m : by_feature[features_of(s)[k]]) {
          const float strength = std::min((*keys_[s])[k].strength, m.strength);
          if (best[m.sort] == 0) touched.push_back(m.sort);
          best[m.sort] = std::max(best[m.sort], strength);
        }
      first_match_.push_back(matches_.size());
      for (const uint32_t other : touched) {
        if (best[other] > kLeastMatch) matches_.push_back({other, best[other]});
        best[other] = 0;
      }
    }
    first_match_.push_back(matches_.size());
  }

  std::span<const Match> matches_of(uint32_t sort) const {
    return std::span(matches_).subspan(first_match_[sort],
                                       first_match_[sort + 1] - first_match_[sort]);
  }

  /// A word counts the less, the more passages of the story have it.
  void weigh() {
    std::vector<std::pair<uint32_t, uint32_t>> passages_with(feature_count_);  // count, last seen
    uint32_t all = 0;
    for (uint32_t i = 0; i < passages_.size(); ++i) {
      if (!passages_[i]->states) continue;
      ++all;
      for (uint32_t t = 0; t < passages_[i]->terms.size(); ++t) {
        const KeyList& keys = passages_[i]->terms[t].keys;
        for (uint32_t k = 0; k < keys.size(); ++k) {
          auto& [count, last] = passages_with[features_of(sort_of(i, t))[k]];
          if (keys[k].strength < kOwnKey || last == all) continue;
          ++count;
          last = all;
        }
      }
    }
    for (uint32_t s = 0; s < keys_.size(); ++s) {
      uint32_t most = 1;
      for (uint32_t k = 0; k < keys_[s]->size(); ++k)
        if ((*keys_[s])[k].strength >= kOwnKey)
          most = std::max(most, passages_with[features_of(s)[k]].first);
      const double n = std::max(2U, all);
      const double rarity = std::log(n / most) / std::log(n);
      rarity_.push_back(
          static_cast<float>(std::clamp(kSteepness * rarity, double{kLightest}, 1.0)));
    }
    for (uint32_t i = 0; i < passages_.size(); ++i) {
      float plain = 0, rare = 0;
      for (uint32_t t = 0; t < passages_[i]->terms.size(); ++t) {
        plain += passages_[i]->terms[t].weight;
        rare += passages_[i]->terms[t].weight * rarity_[sort_of(i, t)];
      }
      out_.plain_weights_.push_back(plain);
      out_.rare_weights_.push_back(rare);
    }
  }

  void compare_with_later(uint32_t i) {
    touched_.clear();
    for (uint32_t t = 0; t < passages_[i]->terms.size(); ++t)
      for (const Match& m : matches_of(sort_of(i, t))) {
        const auto postings = postings_[m.sort];
        auto it = std::partition_point(postings.begin(), postings.end(),
                                       [&](const Posting& p) { return p.passage <= i; });
        for (; it != postings.end(); ++it) {
          if (pairs_[it->passage].empty()) touched_.push_back(it->passage);
          pairs_[it->passage].push_back({t, it->term, m.strength});
        }
      }
    std::sort(touched_.begin(), touched_.end());
    for (const uint32_t j : touched_) {
      out_.shared_.push_back(shared(i, j, pairs_[j]));
      pairs_[j].clear();
    }
  }

  /// Each term of `i`, in order, takes the term of `j` that it matches best and that is still free;
  /// of two as good, the first.
  Shared shared(uint32_t i, uint32_t j, const std::vector<Pair>& pairs) {
    Shared out{.other = j};
    taken_.assign(passages_[j]->terms.size(), false);
    for (size_t at = 0; at < pairs.size();) {
      const uint32_t t = pairs[at].a;
      const Pair* best = nullptr;
      for (; at < pairs.size() && pairs[at].a == t; ++at) {
        const Pair& p = pairs[at];
        if (taken_[p.b]) continue;
        if (best == nullptr || p.strength > best->strength ||
            (p.strength == best->strength && p.b < best->b))
          best = &p;
      }
      if (best == nullptr) continue;
      taken_[best->b] = true;
      const Term& a = passages_[i]->terms[t];
      const Term& b = passages_[j]->terms[best->b];
      out.plain += best->strength * std::min(a.weight, b.weight);
      out.rare += best->strength * std::min(a.weight * rarity_[sort_of(i, t)],
                                            b.weight * rarity_[sort_of(j, best->b)]);
      ++(a.name && b.name ? out.names : out.words);
    }
    return out;
  }

  Wording& out_;
  std::vector<const Passage*> passages_;
  std::vector<uint32_t> first_term_, sorts_;    // by passage; by its terms
  std::vector<const KeyList*> keys_;            // by sort
  std::vector<uint32_t> first_key_, features_;  // by sort; by its keys
  size_t feature_count_ = 0;
  Lists<Posting> postings_{0};  // by sort, in order of passages
  std::vector<size_t> first_match_;
  std::vector<Match> matches_;
  std::vector<float> rarity_;             // by sort
  std::vector<std::vector<Pair>> pairs_;  // by later passage, while one is compared
  std::vector<uint32_t> touched_;
  std::vector<bool> taken_;
};

Wording::Wording(const std::vector<const StoryArticle*>& articles) { Maker(articles, *this).run(); }

std::span<const Wording::Shared> Wording::shared(uint32_t i) const {
  return std::span(shared_).subspan(begin_[i], begin_[i + 1] - begin_[i]);
}

const Wording::Shared* Wording::find(uint32_t i, uint32_t j) const {
  const auto row = shared(i);
  const auto it =
      std::partition_point(row.begin(), row.end(), [&](const Shared& s) { return s.other < j; });
  return it == row.end() || it->other != j ? nullptr : &*it;
}

Place Wording::place(uint32_t number) const {
  const auto next = std::upper_bound(first_.begin(), first_.end(), number);
  const auto article = static_cast<uint32_t>(next - first_.begin()) - 1;
  return {article, number - first_[article]};
}

Likeness Wording::plain(uint32_t i, const Shared& s) const {
  return likeness_of(s.plain, plain_weights_[i], plain_weights_[s.other], s.names, s.words);
}

Likeness Wording::rare(uint32_t i, const Shared& s) const {
  return likeness_of(s.rare, rare_weights_[i], rare_weights_[s.other], s.names, s.words);
}

Likeness Wording::plain(uint32_t i, uint32_t j) const {
  const Shared* s = find(std::min(i, j), std::max(i, j));
  return s == nullptr ? Likeness{} : plain(std::min(i, j), *s);
}

Likeness Wording::rare(uint32_t i, uint32_t j) const {
  const Shared* s = find(std::min(i, j), std::max(i, j));
  return s == nullptr ? Likeness{} : rare(std::min(i, j), *s);
}

}  // namespace avstand::story
