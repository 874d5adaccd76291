#include "story/relations.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "story/lexicon.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr float kSameMatter = 0.33F;  // likeness of two figures' sentences
constexpr double kLeastRevised = 2;
constexpr float kRevised = 0.12F;      // the same where one sentence gives both figures
constexpr double kFewest = 10;         // a lesser count needs its noun
constexpr double kFarApart = 4;        // figures of one thing differ by no more than this factor,
constexpr double kFarApartPeople = 8;  // a toll of dead or missing by more
constexpr float kSamePlan = 0.36F;     // likeness of a plan and what came of it, by rare words

const Passage& passage_of(const Story& story, const Mention& m) {
  return story.articles[m.article]->passages[m.passage];
}

/// Most of its mentions tell of what is to come; headlines have no tense of their own.
bool is_future(const Story& story, const Claim& c) {
  size_t future = 0, all = 0;
  for (const Mention& m : c.mentions) {
    const Passage& p = passage_of(story, m);
    if (p.kind == PassageKind::kHeadline && p.tense != Tense::kFuture) continue;
    ++all;
    future += p.tense == Tense::kFuture;
  }
  return 2 * future > all;
}

int year_of(std::string_view time) {
  return time.size() < 4 ? 0 : std::atoi(std::string(time.substr(0, 4)).c_str());
}

const Quantity* only_count(const Passage& p) {
  const Quantity* found = nullptr;
  for (const Quantity& q : p.quantities) {
    if (!q.counts) continue;
    if (found != nullptr) return nullptr;
    found = &q;
  }
  return found;
}

/// "– Vi talte 1100, sier A. B mener det var færre: – Vi anslår 500": two who are set against each
/// other give a figure each, and one of them does not say again what is counted.
bool are_set_against(const Passage& p, const Passage& q) {
  if (p.block > q.block + 1 || q.block > p.block + 1 || p.span.overlaps(q.span)) return false;
  if (!p.chain_told || !q.chain_told || p.chain.empty() || q.chain.empty()) return false;
  if (plain_name(p.chain[0].name) == plain_name(q.chain[0].name)) return false;
  if (p.kind == PassageKind::kHeadline || q.kind == PassageKind::kHeadline) return false;
  const Quantity* x = only_count(p);
  const Quantity* y = only_count(q);
  if (x == nullptr || y == nullptr || (!x->unit.empty() && !y->unit.empty())) return false;
  const double lesser = std::min(x->value, y->value), greater = std::max(x->value, y->value);
  return lesser >= kFewest && greater <= kFarApart * lesser &&
         (x->high < y->low || y->high < x->low);
}

/// "97.000 tonn, opp fra 82.000", "elleve, ikke sju": gives a figure beside the one that `other`
/// gives for the same. The one that it takes back seldom has its noun.
bool revises(const Passage& p, const Passage& other) {
  for (const Quantity& y : other.quantities)
    for (const Quantity& x : p.quantities) {
      if (!y.counts || x.value != y.value || x.value < kLeastRevised) continue;
      if (x.counts && !same_unit(x, y)) continue;
      for (const Quantity& z : p.quantities)
        if (z.counts && z.value != x.value && z.value >= kLeastRevised &&
            (same_unit(z, y) || (z.people && y.people)))
          return true;
    }
  return false;
}

/// Give different figures for one thing: "nine injured", "fourteen injured"; not "61 passengers"
/// and "five of the passengers".
bool differ(const Passage& p, const Passage& q) {
  if (compare(p.quantities, q.quantities) != Figures::kConflict) return false;
  for (const Quantity& x : p.quantities)
    for (const Quantity& y : q.quantities) {
      const double lesser = std::min(x.value, y.value), greater = std::max(x.value, y.value);
      const double most = x.people && y.people && lesser >= kFewest ? kFarApartPeople : kFarApart;
      if (x.counts && y.counts && same_unit(x, y) && greater <= most * lesser) return true;
    }
  return false;
}

/// Tells of a year long before the article: what happened then is no earlier state of this.
bool is_background(const StoryArticle& article, const Passage& p) {
  const int now = year_of(article.published);
  return now != 0 && std::any_of(p.times.begin(), p.times.end(), [&](const std::string& time) {
           return year_of(time) != 0 && year_of(time) + 1 < now;
         });
}

/// How two claims, the earlier one `a`, stand to each other by their sentences.
struct Relation {
  float likeness = 0;    ///< the strongest of a sentence of one with one of the other
  bool against = false;  ///< in one article, by two whom it sets against each other
  bool figures = false;  ///< they give different figures for one thing
  uint32_t article_a = 0, article_b = 0;  ///< where the figures first stand
};

/// By the positions of both claims. Those that are neither alike nor differ in figures are left
/// out.
using Relations = std::map<std::pair<size_t, size_t>, Relation>;

/// Finds relations by the words that sentences share: most pairs of claims share none.
class RelationFinder {
 public:
  RelationFinder(const Story& story, const Wording& wording)
      : story_(story), wording_(wording), claim_of_(wording.size(), kNoClaim) {
    // a sentence in two claims gives the figure of the lesser one
    for (size_t c = 0; c < story.claims.size(); ++c)
      for (const Mention& m : story.claims[c].mentions) {
        size_t& claim = claim_of_[wording.number({m.article, m.passage})];
        if (claim == kNoClaim ||
            story.claims[c].mentions.size() < story.claims[claim].mentions.size())
          claim = c;
      }
  }

  Relations run() {
    for (uint32_t i = 0; i < wording_.size(); ++i)
      if (counts(i)) find_opponents(i);
    for (uint32_t i = 0; i < wording_.size(); ++i) {
      if (!counts(i)) continue;
      for (const Wording::Shared& s : wording_.shared(i))
        if (s.words > 0 && counts(s.other) && claim_of_[i] != claim_of_[s.other])
          compare_pair(i, s);
    }
    return std::move(found_);
  }

 private:
  static constexpr size_t kNoClaim = SIZE_MAX;

  const Passage& passage(uint32_t i) const {
    const Place place = wording_.place(i);
    return story_.articles[place.article]->passages[place.passage];
  }
  bool counts(uint32_t i) const {
    return claim_of_[i] != kNoClaim &&
           !is_background(*story_.articles[wording_.place(i).article], passage(i));
  }

  /// Those that the article sets against passage `i`.
  void find_opponents(uint32_t i) {
    const uint32_t article = wording_.place(i).article;
    const Passage& p = passage(i);
    for (uint32_t j = i + 1; j < wording_.size() && wording_.place(j).article == article; ++j) {
      const Passage& q = passage(j);
      if (q.block > p.block + 1) break;
      if (!counts(j) || claim_of_[i] == claim_of_[j] || !are_set_against(p, q)) continue;
      Relation& r = found_[std::minmax(claim_of_[i], claim_of_[j])];
      if (r.figures) continue;
      r = {.against = true, .figures = true, .article_a = article, .article_b = article};
    }
  }

  void compare_pair(uint32_t i, const Wording::Shared& shared) {
    const Likeness l = wording_.plain(i, shared);
    const float s = 0.5F * (l.dice + l.contained);
    if (s < kRevised) return;
    const Passage& p = passage(i);
    const Passage& q = passage(shared.other);
    const bool figures = (s >= kSameMatter && differ(p, q)) || revises(p, q) || revises(q, p);
    const Likeness rare = wording_.rare(i, shared);
    const float rarely = 0.5F * (rare.dice + rare.contained);
    if (!figures && rarely < kSamePlan) return;
    const auto claims = std::minmax(claim_of_[i], claim_of_[shared.other]);
    Relation& r = found_[claims];
    if (p.stance == Stance::kAsserts && q.stance == Stance::kAsserts)
      r.likeness = std::max(r.likeness, rarely);
    if (!figures || r.figures) return;
    const bool turned = claims.first != claim_of_[i];
    r.figures = true;
    r.article_a = wording_.place(turned ? shared.other : i).article;
    r.article_b = wording_.place(turned ? i : shared.other).article;
  }

  const Story& story_;
  const Wording& wording_;
  std::vector<size_t> claim_of_;  // by number of the passage
  Relations found_;
};

bool share_origin(const Claim& a, const Claim& b) {
  for (const std::string& o : a.origins)
    if (std::find(b.origins.begin(), b.origins.end(), o) != b.origins.end()) return true;
  return false;
}

uint32_t first_article(const Claim& c) { return c.mentions.front().article; }

void relate_figures(const Relation& r, Claim& a, Claim& b) {
  if (!r.figures) return;
  Claim& earlier = r.article_a <= r.article_b ? a : b;
  Claim& later = r.article_a <= r.article_b ? b : a;
  if (!r.against && share_origin(a, b)) {
    // what was told together from the first is no news of each other
    if (r.article_a != r.article_b && first_article(a) != first_article(b))
      later.updates.push_back(earlier.id);
  } else if (!a.origins.empty() && !b.origins.empty()) {
    a.conflicts_with.push_back(b.id);
    b.conflicts_with.push_back(a.id);
  }
}

/// Whether an article has it as news: in its headline or opening.
bool is_news(const Story& story, const Claim& c) {
  return std::any_of(c.mentions.begin(), c.mentions.end(), [&](const Mention& m) {
    const Passage& p = passage_of(story, m);
    return p.kind == PassageKind::kHeadline || p.lede;
  });
}

/// Somebody denies it or takes it back: nothing came of such a plan.
bool is_gainsaid(const Claim& c) {
  return std::any_of(c.mentions.begin(), c.mentions.end(), [](const Mention& m) {
    return m.stance == Stance::kDenies || m.stance == Stance::kRetracts;
  });
}

/// A plan and what came of it: each with the one that it is most like.
struct Fulfilment {
  float likeness = 0;
  size_t plan = 0, fact = 0;
};

void relate_plans(std::vector<Claim>& claims, std::vector<Fulfilment> found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.likeness > b.likeness; });
  std::set<size_t> plans, facts;
  for (const Fulfilment& f : found) {
    if (plans.contains(f.plan) || facts.contains(f.fact)) continue;
    plans.insert(f.plan);
    facts.insert(f.fact);
    claims[f.fact].updates.push_back(claims[f.plan].id);
  }
}

bool gives_same_figure(const Story& story, const Claim& a, const Claim& b) {
  for (const Mention& m : a.mentions)
    for (const Mention& n : b.mentions)
      if (compare(passage_of(story, m).quantities, passage_of(story, n).quantities) ==
          Figures::kAgree)
        return true;
  return false;
}

/// What `old` has become by the time that `c` is first told: the latest claim that updates it.
const Claim* standing(const std::vector<Claim>& claims, const Claim& old, const Claim& c) {
  const Claim* out = nullptr;
  for (const Claim& b : claims)
    if (&b != &c && std::count(b.updates.begin(), b.updates.end(), old.id) > 0 &&
        first_article(b) <= first_article(c) &&
        (out == nullptr || first_article(b) > first_article(*out)))
      out = &b;
  return out;
}

/// Who gives another figure than one that its origin has revised by then stands against what it was
/// revised to.
void move_conflicts(const Story& story, std::vector<Claim>& claims) {
  for (Claim& old : claims)
    for (const std::string& id : std::vector<std::string>(old.conflicts_with)) {
      Claim& c = *std::find_if(claims.begin(), claims.end(),
                               [&](const Claim& one) { return one.id == id; });
      const Claim* now = standing(claims, old, c);
      if (now == nullptr) continue;
      std::erase(old.conflicts_with, c.id);
      std::erase(c.conflicts_with, old.id);
      if (gives_same_figure(story, *now, c) ||
          std::count(c.conflicts_with.begin(), c.conflicts_with.end(), now->id) > 0)
        continue;
      c.conflicts_with.push_back(now->id);
      claims[static_cast<size_t>(now - claims.data())].conflicts_with.push_back(c.id);
    }
}

std::string status_of(const Story& story, const Claim& c) {
  bool denied = false, retracted = false;
  for (const Mention& m : c.mentions) {
    denied = denied || m.stance == Stance::kDenies;
    retracted = retracted || m.stance == Stance::kRetracts;
  }
  if (retracted) return "retracted";
  if (denied) return "denied";
  if (is_future(story, c)) return "planned";
  if (!c.conflicts_with.empty()) return "alleged";
  const std::string& told = passage_of(story, c.mentions.front()).status;
  if (told == "ongoing" || told == "possible") return told;
  return told == "alleged" && c.independent_origins <= 1 ? "alleged" : "happened";
}

}  // namespace

void relate_claims(Story& story, const Wording& wording) {
  std::vector<Claim>& claims = story.claims;
  std::vector<Fulfilment> fulfilled;
  for (const auto& [pair, r] : RelationFinder(story, wording).run()) {
    const auto [i, j] = pair;
    const bool future = is_future(story, claims[i]);
    if (future == is_future(story, claims[j])) {
      relate_figures(r, claims[i], claims[j]);
      continue;
    }
    const size_t plan = future ? i : j, fact = future ? j : i;
    // what came of a plan has its figures
    if (r.likeness >= kSamePlan && !r.figures &&
        first_article(claims[plan]) < first_article(claims[fact]) && is_news(story, claims[fact]) &&
        !is_gainsaid(claims[plan]))
      fulfilled.push_back({r.likeness, plan, fact});
  }
  relate_plans(claims, std::move(fulfilled));
  move_conflicts(story, claims);
  for (Claim& c : story.claims) c.status = status_of(story, c);
}

namespace {

/// The time that most mentions give, of those the first one told; empty: none. Years before the
/// article's are mostly told of beside the claim ("as in 1986"): they count where half of the
/// mentions give them.
std::string time_of(const Story& story, const Claim& c) {
  std::vector<std::pair<std::string, size_t>> votes;
  for (const Mention& m : c.mentions)
    for (const std::string& time : passage_of(story, m).times) {
      const auto known = std::find_if(votes.begin(), votes.end(),
                                      [&](const auto& vote) { return vote.first == time; });
      if (known == votes.end())
        votes.emplace_back(time, 1);
      else
        ++known->second;
    }
  const int now = year_of(story.articles[c.mentions.front().article]->published);
  std::erase_if(votes, [&](const auto& vote) {
    return now != 0 && year_of(vote.first) + 1 < now && 2 * vote.second < c.mentions.size();
  });
  const auto most = std::max_element(
      votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == votes.end() ? std::string() : most->first;
}

}  // namespace

std::vector<TimelineEntry> make_timeline(const Story& story) {
  std::vector<TimelineEntry> out;
  for (const Claim& c : story.claims) {
    if (c.articles < 2) continue;
    if (std::string time = time_of(story, c); !time.empty())
      out.push_back({std::move(time), c.id, c.status});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.time < b.time; });
  return out;
}

}  // namespace avstand::story
