#include "story/claims.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include "story/extract.h"
#include "story/lexicon.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr float kEdge = 0.30F;         // two passages this alike may be one claim
constexpr float kJoin = 0.18F;         // mean likeness of two groups that are put together
constexpr float kAgreeing = 0.38F;     // the same figure of the same thing
constexpr float kSameArticle = 0.08F;  // an article says its claims again
constexpr float kHeads = 0.40F;        // a headline says what the opening says
constexpr uint32_t kOpening = 3;       // passages
constexpr float kSameTeller = 0.05F;   // one and the same says nearly the same
constexpr float kNearlySame = 0.1F;    // likeness from which that counts
constexpr float kCopied = 1.0F;        // an aligned passage of a copy
constexpr float kAnswers = 0.18F;      // likeness from which a denial may answer a claim
constexpr float kFull = 1.8F;          // weight from which a passage is long enough to be judged
constexpr float kOfDice = 0.70F;       // share of Dice in likeness; the rest is containment
constexpr float kAllowance = 0.2F;     // added to the weight of a short passage
constexpr int64_t kMinutesOfADay = 24 * 60;
constexpr int64_t kOtherDay = 2;     // days apart: dates of one event may differ by a night
constexpr float kLeastEdge = 0.05F;  // likeness below this is chance

constexpr double kFewest = 10;  // a lesser count is seldom what somebody stands for

constexpr uint32_t kNoPassage = UINT32_MAX;

std::string head_of(const Passage& p) {
  if (p.chain.empty()) return "";
  return plain_name(p.chain.front().body.empty() ? p.chain.front().name : p.chain.front().body);
}

/// The passages of a story that state something, by place.
class Field {
 public:
  Field(const std::vector<const StoryArticle*>& articles, const Wording& wording)
      : articles_(articles), wording_(wording) {
    for (uint32_t a = 0; a < articles.size(); ++a)
      for (uint32_t p = 0; p < articles[a]->passages.size(); ++p) {
        const bool states = articles[a]->passages[p].states;
        at_number_.push_back(states ? static_cast<uint32_t>(places_.size()) : kNoPassage);
        if (states) add({a, p});
      }
  }
  size_t size() const { return places_.size(); }
  Place place(size_t i) const { return places_[i]; }
  const Passage& passage(size_t i) const {
    return articles_[places_[i].article]->passages[places_[i].passage];
  }
  /// Who tells it, by number: the same for the same name; 0: the outlet itself.
  uint32_t head(size_t i) const { return heads_[i]; }
  /// The day of its main event, counted from 1970; 0: not told.
  int64_t day(size_t i) const { return days_[i]; }
  /// Weight of its words, each as rare as it is in the story.
  float weight(size_t i) const { return wording_.rare_weight(wording_.number(places_[i])); }
  Likeness likeness(size_t i, size_t j) const {
    return wording_.rare(wording_.number(places_[i]), wording_.number(places_[j]));
  }
  /// Later passages that share a word with it, in order, with how much they do.
  std::vector<std::pair<uint32_t, Likeness>> sharing(uint32_t i) const {
    std::vector<std::pair<uint32_t, Likeness>> out;
    const uint32_t number = wording_.number(places_[i]);
    for (const Wording::Shared& s : wording_.shared(number))
      if (const uint32_t j = at_number_[s.other]; j != kNoPassage)
        out.emplace_back(j, wording_.rare(number, s));
    return out;
  }
  /// The passages of an article that stand on a span.
  std::vector<uint32_t> at(uint32_t article, Span span) const {
    std::vector<uint32_t> out;
    const auto first = std::lower_bound(places_.begin(), places_.end(), Place{article, 0});
    for (auto it = first; it != places_.end() && it->article == article; ++it)
      if (const auto i = static_cast<uint32_t>(it - places_.begin()); passage(i).span == span)
        out.push_back(i);
    return out;
  }

 private:
  const std::vector<const StoryArticle*>& articles_;
  const Wording& wording_;
  void add(Place place) {
    places_.push_back(place);
    const Passage& p = passage(places_.size() - 1);
    const auto known = static_cast<uint32_t>(head_numbers_.size());
    heads_.push_back(head_numbers_.emplace(head_of(p), known).first->second);
    days_.push_back(p.day.empty() ? 0 : minute_of(p.day) / kMinutesOfADay);
  }

  std::vector<Place> places_;
  std::map<std::string, uint32_t> head_numbers_{{"", 0}};
  std::vector<uint32_t> heads_;
  std::vector<int64_t> days_;
  std::vector<uint32_t> at_number_;  // by number of the wording
};

bool is_answer(const Passage& p) { return p.stance != Stance::kAsserts; }

/// Whether one says the opposite of the other: "strengthens" and "weakens". Who takes both sides
/// tells of both.
bool opposed(const std::vector<int32_t>& a, const std::vector<int32_t>& b) {
  const auto has = [](const std::vector<int32_t>& sides, int32_t side) {
    return std::binary_search(sides.begin(), sides.end(), side);
  };
  return std::any_of(a.begin(), a.end(), [&](int32_t side) {
    return has(b, -side) && !has(b, side) && !has(a, -side);
  });
}

/// What its only figures are: shares (1), counts (-1); both, or none (0).
int counts_share(const Passage& p) {
  int out = 0;
  for (const Quantity& q : p.quantities) {
    if (!q.counts || q.unit.empty()) continue;
    const int one = q.share ? 1 : -1;
    if (out != 0 && out != one) return 0;
    out = one;
  }
  return out;
}

/// Whether two passages can never be one claim, however alike.
bool excluded(const Field& f, uint32_t i, uint32_t j) {
  const Passage& a = f.passage(i);
  const Passage& b = f.passage(j);
  if (!is_answer(a) && !is_answer(b) && f.day(i) != 0 && f.day(j) != 0 &&
      std::abs(f.day(i) - f.day(j)) >= kOtherDay)
    return true;
  if (a.tense != b.tense && a.tense != Tense::kPresent && b.tense != Tense::kPresent) return true;
  if (compare(a.quantities, b.quantities) == Figures::kConflict) return true;
  if (counts_share(a) * counts_share(b) < 0) return true;
  if (f.head(i) != 0 && f.head(i) == f.head(j) && f.place(i).article != f.place(j).article &&
      ((a.stance == Stance::kDenies && !is_answer(b)) ||
       (b.stance == Stance::kDenies && !is_answer(a))))
    return true;  // who denies it elsewhere does not assert it
  return a.negated == b.negated && opposed(a.sides, b.sides);
}

/// Whether they are of one article, and one holds the other, or never one claim.
bool are_apart(const Field& f, uint32_t i, uint32_t j) {
  const Passage& a = f.passage(i);
  const Passage& b = f.passage(j);
  const bool same = f.place(i).article == f.place(j).article;
  return (same && (a.span.contains(b.span) || b.span.contains(a.span))) || excluded(f, i, j);
}

float likeness_of(const Field& f, size_t i, size_t j, const Likeness& l) {
  const Passage& a = f.passage(i);
  const Passage& b = f.passage(j);
  if (l.names + l.words == 0) return 0;
  float score = kOfDice * l.dice + (1 - kOfDice) * l.contained;
  score *= std::min(1.0F, (kAllowance + std::min(f.weight(i), f.weight(j))) / kFull);
  if (l.words == 0) score *= 0.5F;
  if (compare(a.quantities, b.quantities) == Figures::kAgree) score += kAgreeing;
  const bool told = a.chain_told && b.chain_told && f.head(i) != 0;
  if (score > kNearlySame && told && f.head(i) == f.head(j)) score += kSameTeller;
  return score;
}

struct Edge {
  float score = 0;
  uint32_t a = 0, b = 0;
};

/// Groups that grow by their strongest edges, as long as the groups as wholes agree.
class Grouping {
 public:
  Grouping(const Field& field, std::vector<Edge> edges) : field_(field), edges_(std::move(edges)) {
    parent_.resize(field.size());
    std::iota(parent_.begin(), parent_.end(), 0);
    members_.resize(field.size());
    for (uint32_t i = 0; i < field.size(); ++i) members_[i] = {i};
    scores_.resize(field.size());
    for (const Edge& e : edges_) scores_[e.a].emplace_back(e.b, e.score);
    for (auto& row : scores_) std::sort(row.begin(), row.end());
    std::sort(edges_.begin(), edges_.end(), [](const Edge& x, const Edge& y) {
      return x.score != y.score ? x.score > y.score : std::tie(x.a, x.b) < std::tie(y.a, y.b);
    });
  }
  void run() {
    for (const Edge& e : edges_) {
      if (e.score < kEdge) break;
      const uint32_t a = root(e.a), b = root(e.b);
      if (a == b || is_refused(a, b, e.score)) continue;
      if (agree(a, b, e.score))
        join(a, b);
      else
        refused_[key(a, b)] = sizes(a, b);
    }
  }
  void join(uint32_t a, uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b) return;
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    members_[a].insert(members_[a].end(), members_[b].begin(), members_[b].end());
    members_[b].clear();
  }
  uint32_t root(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  const std::vector<uint32_t>& members(uint32_t i) { return members_[root(i)]; }
  float score(uint32_t a, uint32_t b) const {
    const auto& row = scores_[std::min(a, b)];
    const uint32_t other = std::max(a, b);
    const auto it = std::partition_point(row.begin(), row.end(),
                                         [&](const auto& one) { return one.first < other; });
    return it == row.end() || it->first != other ? 0 : it->second;
  }

 private:
  static uint64_t key(uint32_t a, uint32_t b) {
    return uint64_t{std::min(a, b)} << 32 | std::max(a, b);
  }
  uint64_t sizes(uint32_t a, uint32_t b) const {
    return members_[std::min(a, b)].size() << 32 | members_[std::max(a, b)].size();
  }
  /// Whether the same groups, none grown since, were found not to agree.
  bool is_refused(uint32_t a, uint32_t b, float best) const {
    if (best >= kCopied) return false;
    const auto it = refused_.find(key(a, b));
    return it != refused_.end() && it->second == sizes(a, b);
  }
  bool agree(uint32_t a, uint32_t b, float best) const {
    float sum = 0;
    for (const uint32_t x : members_[a])
      for (const uint32_t y : members_[b]) sum += score(x, y);
    const auto pairs = static_cast<float>(members_[a].size() * members_[b].size());
    if (best < kCopied && sum / pairs < kJoin) return false;
    for (const uint32_t x : members_[a])
      for (const uint32_t y : members_[b])
        if (are_apart(field_, std::min(x, y), std::max(x, y))) return false;
    return true;
  }

  const Field& field_;
  std::vector<Edge> edges_;
  std::vector<std::vector<std::pair<uint32_t, float>>> scores_;  // by the lower end
  std::unordered_map<uint64_t, uint64_t> refused_;  // groups by number: their sizes then
  std::vector<uint32_t> parent_;
  std::vector<std::vector<uint32_t>> members_;
};

/// A headline says what the opening says.
bool is_headline_of(const Field& f, uint32_t i, uint32_t j) {
  const Passage& b = f.passage(j);
  return f.passage(i).kind == PassageKind::kHeadline && b.kind != PassageKind::kHeadline &&
         (b.lede || f.place(j).passage <= kOpening);
}

/// Every pair that is alike, or of one article, and may be one claim.
std::vector<Edge> edges_of(const Field& f) {
  std::vector<Edge> out;
  for (uint32_t i = 0; i < f.size(); ++i) {
    const auto sharing = f.sharing(i);
    size_t at = 0;
    const auto add = [&](uint32_t j, float s) {
      const bool same = f.place(i).article == f.place(j).article;
      if (same) s += kSameArticle;
      if (same && is_headline_of(f, i, j)) s += kHeads;
      if (s > kLeastEdge && !are_apart(f, i, j)) out.push_back({s, i, j});
    };
    uint32_t next = i + 1;
    for (; next < f.size() && f.place(next).article == f.place(i).article; ++next) {
      while (at < sharing.size() && sharing[at].first < next) ++at;
      const bool shares = at < sharing.size() && sharing[at].first == next;
      add(next, shares ? likeness_of(f, i, next, sharing[at].second) : 0);
    }
    for (const auto& [j, likeness] : sharing)
      if (j >= next) add(j, likeness_of(f, i, j, likeness));
  }
  return out;
}

/// `edges` sorted by both ends, as edges_of makes them; those that are new go behind them.
void add_copies(const Field& f, const std::vector<Copy>& copies, std::vector<Edge>& edges) {
  const auto known = static_cast<std::ptrdiff_t>(edges.size());
  const auto set = [&](uint32_t i, uint32_t j) {
    const uint32_t a = std::min(i, j), b = std::max(i, j);
    const auto end = edges.begin() + known;
    const auto it = std::partition_point(
        edges.begin(), end, [&](const Edge& e) { return std::tie(e.a, e.b) < std::tie(a, b); });
    if (it != end && it->a == a && it->b == b)
      it->score = kCopied;
    else
      edges.push_back({kCopied, a, b});
  };
  for (const Copy& c : copies)
    for (const AlignedPassage& pair : c.passages)
      for (const uint32_t i : f.at(c.of, pair.original))
        for (const uint32_t j : f.at(c.article, pair.copy)) set(i, j);
}

/// "Det skriver X" belongs to what it is said of.
void add_references(const Field& f, Grouping& groups) {
  for (uint32_t i = 1; i < f.size(); ++i) {
    if (!f.passage(i).refers_back) continue;
    for (uint32_t j = i; j-- > 0 && f.place(j).article == f.place(i).article;) {
      const Passage& p = f.passage(j);
      if (p.kind == PassageKind::kClause || p.span.overlaps(f.passage(i).span)) continue;
      if (p.kind == PassageKind::kHeadline || f.passage(i).block - p.block > 1) break;
      groups.join(i, j);
      break;
    }
  }
}

/// A quote that says nothing else tells more of what stands right before it.
void add_elaborations(const Field& f, Grouping& groups) {
  for (uint32_t i = 1; i < f.size(); ++i) {
    if (!f.passage(i).quote || groups.members(i).size() > 1 || is_answer(f.passage(i))) continue;
    for (uint32_t j = i; j-- > 0 && f.place(j).article == f.place(i).article;) {
      const Passage& p = f.passage(j);
      if (p.kind == PassageKind::kClause || p.span.contains(f.passage(i).span)) continue;
      if (f.passage(i).block - p.block > 1) break;
      if (p.kind == PassageKind::kHeadline || f.head(j) != f.head(i)) continue;
      groups.join(i, j);
      break;
    }
  }
}

/// A sentence that is like nothing else belongs to the claim of the quote that it is a part of.
void add_parts(const Field& f, Grouping& groups) {
  for (uint32_t i = 1; i < f.size(); ++i) {
    const Passage& p = f.passage(i);
    if (p.kind == PassageKind::kClause || groups.members(i).size() > 1) continue;
    for (uint32_t j = i; j-- > 0 && f.place(j).article == f.place(i).article;) {
      const Passage& whole = f.passage(j);
      if (whole.kind != PassageKind::kQuote || !whole.span.contains(p.span)) continue;
      groups.join(i, j);
      break;
    }
  }
}

/// The passage that a denial, withdrawal or refusal to say is most like, else the nearest one
/// before it that somebody else tells; `i` itself where there is none.
uint32_t answered(const Field& f, uint32_t i) {
  uint32_t best = i;
  float most = kAnswers;
  for (uint32_t j = 0; j < f.size(); ++j) {
    if (j == i || is_answer(f.passage(j))) continue;
    if (f.head(i) != 0 && f.head(i) == f.head(j)) continue;  // nobody answers what he says himself
    if (f.place(i).article == f.place(j).article && f.passage(j).span.overlaps(f.passage(i).span))
      continue;
    const float s = likeness_of(f, i, j, f.likeness(i, j));
    if (s <= most) continue;
    most = s;
    best = j;
  }
  for (uint32_t j = i; best == i && j-- > 0 && f.place(j).article == f.place(i).article;)
    if (!is_answer(f.passage(j)) && f.passage(j).chain_told && f.head(j) != f.head(i)) best = j;
  return best;
}

/// Answers that stand alone, or only with each other, go to the claim that they answer.
void add_answers(const Field& f, Grouping& groups) {
  for (uint32_t i = 0; i < f.size(); ++i) {
    if (groups.root(i) != i) continue;
    const std::vector<uint32_t> members = groups.members(i);
    const bool all = std::all_of(members.begin(), members.end(),
                                 [&](uint32_t m) { return is_answer(f.passage(m)); });
    if (!all) continue;
    for (const uint32_t m : members)
      if (const uint32_t to = answered(f, m); to != m) {
        groups.join(m, to);
        break;
      }
  }
}

/// "– Vi talte 1100, sier Eide" among those who tell that a march was held: a figure that few of a
/// claim's mentions give, and that somebody stands for, is a claim of its own beside it.
void add_figures(const Field& f, const std::vector<uint32_t>& members,
                 std::vector<std::vector<Place>>& out) {
  std::set<uint32_t> taken;
  for (const uint32_t i : members) {
    const Passage& p = f.passage(i);
    const auto counts =
        std::count_if(p.quantities.begin(), p.quantities.end(),
                      [](const Quantity& q) { return q.counts && q.value >= kFewest; });
    if (counts != 1 || !p.chain_told || is_answer(p) || taken.contains(i)) continue;
    std::vector<Place> same;
    for (const uint32_t j : members)
      if (j == i || compare(p.quantities, f.passage(j).quantities) == Figures::kAgree) {
        same.push_back(f.place(j));
        taken.insert(j);
      }
    if (2 * same.size() >= members.size()) continue;
    std::sort(same.begin(), same.end());
    out.push_back(std::move(same));
  }
}

}  // namespace

std::vector<std::vector<Place>> group_claims(const std::vector<const StoryArticle*>& articles,
                                             const Wording& wording,
                                             const std::vector<Copy>& copies) {
  const Field field(articles, wording);
  std::vector<Edge> edges = edges_of(field);
  add_copies(field, copies, edges);
  Grouping groups(field, std::move(edges));
  groups.run();
  add_references(field, groups);
  add_elaborations(field, groups);
  add_answers(field, groups);
  add_parts(field, groups);
  std::vector<std::vector<Place>> out;
  for (uint32_t i = 0; i < field.size(); ++i) {
    if (groups.root(i) != i) continue;
    std::vector<Place> group;
    for (const uint32_t m : groups.members(i)) group.push_back(field.place(m));
    std::sort(group.begin(), group.end());
    out.push_back(std::move(group));
    add_figures(field, groups.members(i), out);
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace avstand::story
