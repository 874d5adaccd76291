#include "story/names.h"

#include <algorithm>

#include "story/lexicon.h"
#include "story/similarity.h"
#include "text/edit_distance.h"

namespace avstand::story {
namespace {

constexpr float kAllOfIt = 0.8F;    // share of a brief name that the fuller one has
constexpr size_t kSlip = 2;         // letters that a misspelt name may differ in
constexpr float kSameBody = 0.72F;  // likeness of two names of one body

std::string last_word(const std::string& name) {
  const size_t space = name.rfind(' ');
  return space == std::string::npos ? name : name.substr(space + 1);
}

/// Whether one name ends with the other: "solli" and "arne solli".
bool is_short_for(const std::string& brief, const std::string& full) {
  return brief.size() < full.size() && full.ends_with(brief) &&
         full[full.size() - brief.size() - 1] == ' ';
}

/// Whether `full` has every word of `brief`, and more.
bool is_fuller(const std::vector<Term>& full, const std::vector<Term>& brief) {
  return !brief.empty() && full.size() > brief.size() &&
         likeness(brief, full).contained >= kAllOfIt;
}

}  // namespace

Names::Names(const std::vector<const StoryArticle*>& articles) {
  for (uint32_t i = 0; i < articles.size(); ++i) {
    for (const Source& s : articles[i]->sources) add(s, i);
    for (const Passage& p : articles[i]->passages)
      for (const Source& s : p.chain) add(s, i);
  }
  join_alike();
}

void Names::add(const Source& source, uint32_t article) {
  if (source.unnamed || source.name.empty()) return;
  const std::string plain = plain_name(source.name);
  Entry& entry = entries_[plain];
  if (entry.shown.empty()) entry.shown = source.name;
  entry.person = entry.person || source.person;
  entry.medium = entry.medium || source.medium;
  if (entry.terms.empty()) entry.terms = source.terms;
  parent_.emplace(plain, plain);
  if (source.body.empty()) return;
  Source body{.name = source.body};
  body.terms = source.body_terms;
  add(body, article);
  votes_[plain][plain_name(source.body)].insert(article);
}

std::string Names::find(const std::string& plain) const {
  std::string at = plain;
  for (auto it = parent_.find(at); it != parent_.end() && it->second != at; it = parent_.find(at))
    at = it->second;
  return at;
}

void Names::join(const std::string& a, const std::string& b) {
  const std::string x = find(a), y = find(b);
  if (x != y) parent_[std::max(x, y)] = std::min(x, y);
}

void Names::join_alike() {
  for (auto i = entries_.begin(); i != entries_.end(); ++i)
    for (auto j = std::next(i); j != entries_.end(); ++j) {
      const Entry& a = i->second;
      const Entry& b = j->second;
      const std::string& x = i->first;
      const std::string& y = j->first;
      if (a.person && b.person) {
        const bool slip = last_word(x) == last_word(y) && x != last_word(x) && y != last_word(y) &&
                          edit_distance(x, y, kSlip) <= kSlip;
        if (is_short_for(x, y) || is_short_for(y, x) || slip) join(x, y);
      } else if (!a.person && !b.person && !a.medium && !b.medium) {
        const Likeness l = likeness(a.terms, b.terms);
        if (l.dice >= kSameBody && !a.terms.empty() && !b.terms.empty()) join(x, y);
      }
    }
  choose_bodies();
}

/// A person is the body that most articles say he or she speaks for; of two that agree, the one
/// with the fuller name: "Universitetet i Nordvik" before "University".
void Names::choose_bodies() {
  std::map<std::string, std::map<std::string, std::set<uint32_t>>> votes;
  for (const auto& [person, bodies] : votes_)
    for (const auto& [body, articles] : bodies)
      votes[find(person)][find(body)].insert(articles.begin(), articles.end());
  for (const auto& [person, bodies] : votes) {
    const auto most = std::max_element(
        bodies.begin(), bodies.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    std::string best = most->first;
    for (const auto& [body, articles] : bodies)
      if (is_fuller(entries_[body].terms, entries_[best].terms)) best = body;
    bodies_[person] = best;
  }
  for (const auto& [person, bodies] : votes_) bodies_[person] = bodies_[find(person)];
}

std::string Names::canonical(const Source& source) const {
  std::string at = find(plain_name(source.name));
  if (source.person || entries_.contains(at))
    if (const auto it = bodies_.find(at); it != bodies_.end()) at = find(it->second);
  const auto it = entries_.find(at);
  return it == entries_.end() ? source.name : it->second.shown;
}

}  // namespace avstand::story
