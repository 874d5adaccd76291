#include "story/relations.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "story/lexicon.h"
#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr float kSameMatter = 0.33F;  // likeness of two figures' sentences
constexpr double kLeastRevised = 2;
constexpr float kRevised = 0.12F;     // the same where one sentence gives both figures
constexpr double kFewest = 10;        // a lesser count needs its noun
constexpr double kFarApart = 4;       // figures of one thing differ by no more than this factor
constexpr float kSamePlan = 0.36F;    // likeness of a plan and what came of it

const Passage& passage_of(const Story& story, const Mention& m) {
  return story.articles[m.article]->passages[m.passage];
}

bool is_future(const Story& story, const Claim& c) {
  return passage_of(story, c.mentions.front()).tense == Tense::kFuture;
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
      if (!x.counts || !y.counts || x.value != y.value || x.value < kLeastRevised) continue;
      for (const Quantity& z : p.quantities)
        if (z.counts && z.value != x.value && z.value >= kLeastRevised &&
            (same_unit(z, y) || (z.people && y.people)))
          return true;
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

/// The strongest likeness of a sentence of one claim with one of the other.
struct Relation {
  float likeness = 0;
  bool against = false;  ///< in one article, by two whom it sets against each other
  bool figures = false;  ///< they give different figures for one thing
  uint32_t article_a = 0, article_b = 0;  ///< where the figures first stand
};

Relation relation(const Story& story, const Claim& a, const Claim& b) {
  Relation out;
  for (const Mention& x : a.mentions)
    for (const Mention& y : b.mentions) {
      const Passage& p = passage_of(story, x);
      const Passage& q = passage_of(story, y);
      if (is_background(*story.articles[x.article], p) ||
          is_background(*story.articles[y.article], q))
        continue;
      if (x.article == y.article && !out.figures && are_set_against(p, q)) {
        out.figures = out.against = true;
        out.article_a = out.article_b = x.article;
      }
      const Likeness l = likeness(p.terms, q.terms);
      if (l.words == 0) continue;
      const float s = 0.5F * (l.dice + l.contained);
      const bool conflict = compare(p.quantities, q.quantities) == Figures::kConflict;
      const bool revised = s >= kRevised && (revises(p, q) || revises(q, p));
      if (((conflict && s >= kSameMatter) || revised) && !out.figures) {
        out.figures = true;
        out.article_a = x.article;
        out.article_b = y.article;
      }
      out.likeness = std::max(out.likeness, s);
    }
  return out;
}

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
    if (r.article_a != r.article_b) later.updates.push_back(earlier.id);
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

void relate_claims(Story& story) {
  std::vector<Claim>& claims = story.claims;
  std::vector<Fulfilment> fulfilled;
  for (size_t i = 0; i < claims.size(); ++i)
    for (size_t j = i + 1; j < claims.size(); ++j) {
      const Relation r = relation(story, claims[i], claims[j]);
      const bool future = is_future(story, claims[i]);
      if (future == is_future(story, claims[j])) {
        relate_figures(r, claims[i], claims[j]);
        continue;
      }
      const size_t plan = future ? i : j, fact = future ? j : i;
      if (r.likeness >= kSamePlan && first_article(claims[plan]) < first_article(claims[fact]) &&
          claims[plan].mentions.size() > 1 && is_news(story, claims[fact]))
        fulfilled.push_back({r.likeness, plan, fact});
    }
  relate_plans(claims, std::move(fulfilled));
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
