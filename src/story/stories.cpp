#include "story/stories.h"

#include <algorithm>

#include "story/claims.h"
#include "story/clusters.h"
#include "story/copies.h"
#include "story/origins.h"
#include "story/pictures.h"
#include "story/relations.h"

namespace avstand::story {
namespace {

/// A headline is short; the sentence that most others are like says it best: the longest of the
/// earliest article that asserts it.
std::string best_text(const Story& story, const Claim& claim) {
  const Mention* best = nullptr;
  size_t most = 0;
  for (const Mention& m : claim.mentions) {
    if (best != nullptr && m.article != best->article) break;
    const Passage& p = story.articles[m.article]->passages[m.passage];
    if (best != nullptr && p.span.size() <= most) continue;
    best = &m;
    most = p.span.size();
  }
  const Passage& p = story.articles[best->article]->passages[best->passage];
  return std::string(p.span.in(story.articles[best->article]->text));
}

const std::string& teller(const Passage& p) {
  static const std::string kOutlet;
  return p.chain.empty() ? kOutlet : p.chain.front().name;
}

/// Who says the opposite of what somebody else first asserted denies it, without a word for it:
/// "We have not let out mercury".
void find_denials(const Story& story, Claim& claim) {
  const auto passage = [&](const Mention& m) -> const Passage& {
    return story.articles[m.article]->passages[m.passage];
  };
  const auto first = std::find_if(claim.mentions.begin(), claim.mentions.end(),
                                  [](const Mention& m) { return m.stance == Stance::kAsserts; });
  if (first == claim.mentions.end() || passage(*first).denied) return;
  for (Mention& m : claim.mentions)
    if (m.stance == Stance::kAsserts && passage(m).denied && passage(m).chain_told &&
        teller(passage(m)) != teller(passage(*first)))
      m.stance = Stance::kDenies;
}

}  // namespace

std::string_view to_string(Stance stance) {
  constexpr std::string_view kNames[] = {"asserts", "denies", "retracts", "open"};
  return kNames[static_cast<size_t>(stance)];
}

Story make_story(const std::vector<const StoryArticle*>& articles) {
  Story story{.id = articles.front()->id, .articles = articles};
  const Wording wording(articles);
  story.copies = find_copies(articles, wording);
  for (const auto& group : group_claims(articles, wording, story.copies)) {
    Claim claim{.id = "c" + std::to_string(story.claims.size() + 1)};
    for (const Place& place : group)
      claim.mentions.push_back({.article = place.article,
                                .passage = place.passage,
                                .stance = articles[place.article]->passages[place.passage].stance});
    claim.first_seen = articles[group.front().article]->published;
    find_denials(story, claim);
    claim.text = best_text(story, claim);
    story.claims.push_back(std::move(claim));
  }
  resolve_origins(story, Names(articles));
  relate_claims(story, wording);
  story.circular = find_circles(story);
  story.pictures = find_pictures(articles);
  story.timeline = make_timeline(story);
  return story;
}

std::vector<Story> make_stories(const std::vector<StoryArticle>& articles) {
  std::vector<Story> out;
  for (const std::vector<uint32_t>& members : cluster(articles)) {
    std::vector<const StoryArticle*> chosen;
    for (const uint32_t i : members) chosen.push_back(&articles[i]);
    out.push_back(make_story(chosen));
  }
  return out;
}

}  // namespace avstand::story
