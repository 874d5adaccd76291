#include "story/clusters.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <map>
#include <numeric>

#include "story/similarity.h"

namespace avstand::story {
namespace {

// Two articles are of one happening from this share of their words on. Rare words say more. Long
// texts share more words by chance, and the articles that are far apart in time are many; over two
// languages many words find no partner. Set on invented stories, and on news articles of seven
// years taken for those of two months, of which one pair in a thousand may be linked.
constexpr float kLeastScore = 0.21F;
constexpr float kPerRare = 0.033F;     // less for each shared rare word,
constexpr uint32_t kMostRare = 4;      // up to so many
constexpr float kPerTerm = 0.001F;     // more for each term of the shorter text
constexpr float kPerDoubling = 0.01F;  // more for each doubling of the days between
constexpr float kForeign = 0.03F;      // less over two languages, if a name is shared
constexpr uint32_t kFewestWords = 3;   // shared words besides names
constexpr int64_t kMinutesOfADay = 24 * 60;
constexpr float kRare = 0.7F;     // weight from which a word is looked up
constexpr float kOwnKey = 0.8F;   // strength from which a key is looked up
constexpr size_t kMostKeys = 48;  // of an article: linked ones share four or more of them

// Minutes of the periods by which a story that is too large is cut.
constexpr int64_t kPeriods[] = {14 * 24 * 60, 3 * 24 * 60, 24 * 60, 6 * 60, 60};

/// Adds where the parts of [begin, end) begin.
void cut(const std::vector<int64_t>& minutes, size_t begin, size_t end, size_t level,
         std::vector<size_t>& out) {
  if (end - begin <= kMostOfAStory) {
    out.push_back(begin);
    return;
  }
  if (level == std::size(kPeriods)) {
    for (; begin < end; begin += kMostOfAStory) out.push_back(begin);
    return;
  }
  const auto period = [&](size_t i) { return minutes[i] / kPeriods[level]; };
  for (size_t first = begin; first < end;) {
    size_t next = first + 1;
    while (next < end && period(next) == period(first)) ++next;
    cut(minutes, first, next, level + 1, out);
    first = next;
  }
}

uint32_t root(std::vector<uint32_t>& parent, uint32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace

bool before(const StoryArticle& a, const StoryArticle& b) {
  return a.minute != b.minute ? a.minute < b.minute : a.id < b.id;
}

bool same_happening(const StoryArticle& a, const StoryArticle& b) {
  if (a.minute != 0 && b.minute != 0 && std::abs(a.minute - b.minute) > kFarthestMinutes)
    return false;
  const Likeness l = before(a, b) ? likeness(a.terms, b.terms) : likeness(b.terms, a.terms);
  if (l.words < kFewestWords) return false;
  float least = kLeastScore;
  least += kPerTerm * static_cast<float>(std::min(a.terms.size(), b.terms.size()));
  const auto days = static_cast<uint64_t>(std::abs(a.minute - b.minute) / kMinutesOfADay);
  least += kPerDoubling * static_cast<float>(std::bit_width(days));
  least -= kPerRare * static_cast<float>(std::min(l.rare, kMostRare));
  if ((a.language == "en") != (b.language == "en") && l.names > 0) least -= kForeign;
  return l.dice >= least;
}

std::vector<uint32_t> lookup_keys(const StoryArticle& article) {
  std::vector<uint32_t> out;
  for (const Term& t : article.terms) {
    if (!t.name && t.weight < kRare) continue;
    for (const Key& k : t.keys)
      if (k.strength >= kOwnKey) out.push_back(static_cast<uint32_t>(k.feature >> 32));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kMostKeys) out.resize(kMostKeys);
  return out;
}

std::vector<uint32_t> CandidateIndex::candidates(const StoryArticle& article) const {
  std::map<uint32_t, size_t> shared;
  for (const uint32_t key : lookup_keys(article))
    if (const auto it = postings_.find(key); it != postings_.end())
      for (const uint32_t number : it->second) ++shared[number];
  std::vector<uint32_t> out;
  for (const auto& [number, count] : shared)
    if (count >= kFewestShared) out.push_back(number);
  return out;
}

void CandidateIndex::add(uint32_t number, const StoryArticle& article) {
  for (const uint32_t key : lookup_keys(article)) postings_[key].push_back(number);
}

std::vector<size_t> parts_of(const std::vector<int64_t>& minutes) {
  std::vector<size_t> out;
  cut(minutes, 0, minutes.size(), 0, out);
  return out;
}

std::vector<std::vector<uint32_t>> cluster(const std::vector<StoryArticle>& articles) {
  std::vector<uint32_t> order(articles.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(),
            [&](uint32_t x, uint32_t y) { return before(articles[x], articles[y]); });
  std::vector<uint32_t> parent(articles.size());
  std::iota(parent.begin(), parent.end(), 0);
  CandidateIndex index;
  for (const uint32_t i : order) {
    for (const uint32_t j : index.candidates(articles[i]))
      if (same_happening(articles[j], articles[i])) parent[root(parent, i)] = root(parent, j);
    index.add(i, articles[i]);
  }
  std::map<uint32_t, std::vector<uint32_t>> groups;
  for (const uint32_t i : order) groups[root(parent, i)].push_back(i);
  std::vector<std::vector<uint32_t>> out;
  for (auto& [first, members] : groups) {
    std::vector<int64_t> minutes;
    for (const uint32_t i : members) minutes.push_back(articles[i].minute);
    std::vector<size_t> parts = parts_of(minutes);
    parts.push_back(members.size());
    for (size_t i = 0; i + 1 < parts.size(); ++i)
      if (parts[i + 1] > parts[i] + 1)
        out.emplace_back(members.begin() + static_cast<long>(parts[i]),
                         members.begin() + static_cast<long>(parts[i + 1]));
  }
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    return before(articles[a.front()], articles[b.front()]);
  });
  return out;
}

}  // namespace avstand::story
