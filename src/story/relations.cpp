#include "story/relations.h"

#include <algorithm>
#include <set>

#include "story/similarity.h"

namespace avstand::story {
namespace {

constexpr float kSameMatter = 0.30F;  // likeness of two figures' sentences
constexpr float kSamePlan = 0.36F;    // likeness of a plan and what came of it

const Passage& passage_of(const Story& story, const Mention& m) {
  return story.articles[m.article]->passages[m.passage];
}

bool is_future(const Story& story, const Claim& c) {
  return passage_of(story, c.mentions.front()).tense == Tense::kFuture;
}

/// The strongest likeness of a sentence of one claim with one of the other.
struct Relation {
  float likeness = 0;
  bool figures = false;                   ///< they give different figures for one thing
  uint32_t article_a = 0, article_b = 0;  ///< where the figures first stand
};

Relation relation(const Story& story, const Claim& a, const Claim& b) {
  Relation out;
  for (const Mention& x : a.mentions)
    for (const Mention& y : b.mentions) {
      const Passage& p = passage_of(story, x);
      const Passage& q = passage_of(story, y);
      const Likeness l = likeness(p.terms, q.terms);
      if (l.words == 0) continue;
      const float s = 0.5F * (l.dice + l.contained);
      const bool conflict = compare(p.quantities, q.quantities) == Figures::kConflict;
      if (conflict && s >= kSameMatter && !out.figures) {
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

void relate(const Story& story, Claim& a, Claim& b) {
  const Relation r = relation(story, a, b);
  const bool future_a = is_future(story, a), future_b = is_future(story, b);
  if (future_a != future_b) {
    Claim& plan = future_a ? a : b;
    Claim& fact = future_a ? b : a;
    if (r.likeness >= kSamePlan && first_article(plan) < first_article(fact) &&
        plan.mentions.size() > 1)
      fact.updates.push_back(plan.id);
    return;
  }
  if (!r.figures) return;
  Claim& earlier = r.article_a <= r.article_b ? a : b;
  Claim& later = r.article_a <= r.article_b ? b : a;
  if (share_origin(a, b)) {
    if (r.article_a != r.article_b) later.updates.push_back(earlier.id);
  } else if (!a.origins.empty() && !b.origins.empty()) {
    a.conflicts_with.push_back(b.id);
    b.conflicts_with.push_back(a.id);
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
  for (size_t i = 0; i < story.claims.size(); ++i)
    for (size_t j = i + 1; j < story.claims.size(); ++j)
      relate(story, story.claims[i], story.claims[j]);
  for (Claim& c : story.claims) c.status = status_of(story, c);
}

std::vector<TimelineEntry> make_timeline(const Story& story) {
  std::vector<TimelineEntry> out;
  for (const Claim& c : story.claims) {
    std::set<std::string> times;
    for (const Mention& m : c.mentions)
      for (const std::string& t : passage_of(story, m).times) times.insert(t);
    if (times.empty() || c.articles < 2) continue;
    out.push_back({*times.begin(), c.id, c.status});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.time < b.time; });
  return out;
}

}  // namespace avstand::story
