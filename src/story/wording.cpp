#include "story/wording.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

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
    std::unordered_multimap<uint64_t, uint32_t> known;
    for (uint32_t i = 0; i < passages_.size(); ++i) {
      auto& sorts = sorts_.emplace_back();
      for (uint32_t t = 0; t < passages_[i]->terms.size(); ++t) {
        const std::vector<Key>& keys = passages_[i]->terms[t].keys;
        sorts.push_back(sort_of(keys, known));
        postings_[sorts.back()].push_back({i, t});
      }
    }
  }

  uint32_t sort_of(const std::vector<Key>& keys,
                   std::unordered_multimap<uint64_t, uint32_t>& known) {
    uint64_t hash = keys.size();
    for (const Key& k : keys) hash = hash * 0x9E3779B97F4A7C15ULL + k.feature;
    const auto [begin, end] = known.equal_range(hash);
    for (auto it = begin; it != end; ++it)
      if (*keys_[it->second] == keys) return it->second;
    const auto sort = static_cast<uint32_t>(keys_.size());
    known.emplace(hash, sort);
    keys_.push_back(&keys);
    postings_.emplace_back();
    return sort;
  }

  void match_sorts() {
    std::unordered_map<Feature, std::vector<Match>> by_feature;
    for (uint32_t s = 0; s < keys_.size(); ++s)
      for (const Key& k : *keys_[s]) by_feature[k.feature].push_back({s, k.strength});
    std::vector<float> best(keys_.size(), 0);
    for (const auto* keys : keys_) {
      auto& matches = matches_.emplace_back();
      std::vector<uint32_t> touched;
      for (const Key& k : *keys)
        for (const Match& m : by_feature[k.feature]) {
          const float strength = std::min(k.strength, m.strength);
          if (best[m.sort] == 0) touched.push_back(m.sort);
          best[m.sort] = std::max(best[m.sort], strength);
        }
      for (const uint32_t s : touched) {
        if (best[s] > kLeastMatch) matches.push_back({s, best[s]});
        best[s] = 0;
      }
    }
  }

  /// A word counts the less, the more passages of the story have it.
  void weigh() {
    std::unordered_map<Feature, std::pair<uint32_t, uint32_t>> passages_with;  // count, last seen
    uint32_t all = 0;
    for (const Passage* p : passages_) {
      if (!p->states) continue;
      ++all;
      for (const Term& t : p->terms)
        for (const Key& k : t.keys) {
          auto& [count, last] = passages_with[k.feature];
          if (k.strength < kOwnKey || last == all) continue;
          ++count;
          last = all;
        }
    }
    for (const auto* keys : keys_) {
      uint32_t most = 1;
      for (const Key& k : *keys)
        if (k.strength >= kOwnKey) most = std::max(most, passages_with[k.feature].first);
      const double n = std::max(2U, all);
      const double rarity = std::log(n / most) / std::log(n);
      rarity_.push_back(
          static_cast<float>(std::clamp(kSteepness * rarity, double{kLightest}, 1.0)));
    }
    for (uint32_t i = 0; i < passages_.size(); ++i) {
      float plain = 0, rare = 0;
      for (uint32_t t = 0; t < sorts_[i].size(); ++t) {
        plain += passages_[i]->terms[t].weight;
        rare += passages_[i]->terms[t].weight * rarity_[sorts_[i][t]];
      }
      out_.plain_weights_.push_back(plain);
      out_.rare_weights_.push_back(rare);
    }
  }

  void compare_with_later(uint32_t i) {
    std::vector<uint32_t> touched;
    for (uint32_t t = 0; t < sorts_[i].size(); ++t)
      for (const Match& m : matches_[sorts_[i][t]]) {
        const auto& postings = postings_[m.sort];
        auto it = std::partition_point(postings.begin(), postings.end(),
                                       [&](const Posting& p) { return p.passage <= i; });
        for (; it != postings.end(); ++it) {
          if (pairs_[it->passage].empty()) touched.push_back(it->passage);
          pairs_[it->passage].push_back({t, it->term, m.strength});
        }
      }
    std::sort(touched.begin(), touched.end());
    for (const uint32_t j : touched) {
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
      out.rare += best->strength * std::min(a.weight * rarity_[sorts_[i][t]],
                                            b.weight * rarity_[sorts_[j][best->b]]);
      ++(a.name && b.name ? out.names : out.words);
    }
    return out;
  }

  Wording& out_;
  std::vector<const Passage*> passages_;
  std::vector<std::vector<uint32_t>> sorts_;    // by passage and term
  std::vector<const std::vector<Key>*> keys_;   // by sort
  std::vector<std::vector<Posting>> postings_;  // by sort, in order of passages
  std::vector<std::vector<Match>> matches_;     // by sort
  std::vector<float> rarity_;                   // by sort
  std::vector<std::vector<Pair>> pairs_;        // by later passage, while one is compared
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
