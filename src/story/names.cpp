#include "story/names.h"

#include <algorithm>
#include <tuple>

#include "story/lexicon.h"
#include "story/similarity.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr size_t kSlip = 2;          // letters that a misspelt name may differ in
constexpr float kSameBody = 0.72F;   // likeness of two names of one body
constexpr float kSameNouns = 0.65F;  // share of the fewer nouns that the other name has
constexpr float kDescribes = 0.55F;  // the same of a description and a named body
constexpr float kSameWord = 0.8F;    // strength of a key by which two nouns say the same
constexpr float kSameName = 0.75F;   // strength of a key by which two proper names are one

constexpr std::string_view kDocument = "document", kStateMedia = "state_media";

std::string last_word(const std::string& name) {
  const size_t space = name.rfind(' ');
  return space == std::string::npos ? name : name.substr(space + 1);
}

/// Whether one name ends with the other: "solli" and "arne solli".
bool is_short_for(const std::string& brief, const std::string& full) {
  return brief.size() < full.size() && full.ends_with(brief) &&
         full[full.size() - brief.size() - 1] == ' ';
}

/// "KCNA news agency" of "KCNA": the same name with a common noun behind it.
bool has_class_behind(const std::string& whole, const std::string& name) {
  return whole.size() > name.size() + 1 && whole.starts_with(name) && whole[name.size()] == ' ' &&
         !starts_upper(std::string_view(whole).substr(name.size() + 1));
}

std::vector<Term> only(const std::vector<Term>& terms, bool names) {
  std::vector<Term> out;
  for (const Term& t : terms)
    if (t.name == names) out.push_back(t);
  return out;
}

/// Whether every term of the fewer has one in the other.
bool has_all(const std::vector<Term>& a, const std::vector<Term>& b, float least) {
  const auto& fewer = a.size() <= b.size() ? a : b;
  const auto& more = a.size() <= b.size() ? b : a;
  return std::all_of(fewer.begin(), fewer.end(), [&](const Term& t) {
    return std::any_of(more.begin(), more.end(),
                       [&](const Term& other) { return match(t.keys, other.keys) >= least; });
  });
}

bool same_nouns(const std::vector<Term>& a, const std::vector<Term>& b, float least) {
  return !a.empty() && !b.empty() && likeness(a, b).contained >= least;
}

bool is_known(const std::string& kind) { return !kind.empty() && kind != "unknown"; }

}  // namespace

Names::Names(const std::vector<const StoryArticle*>& articles) {
  for (uint32_t i = 0; i < articles.size(); ++i) {
    add(articles[i]->self, i);
    for (const Source& s : articles[i]->sources) add(s, i);
    for (const Passage& p : articles[i]->passages)
      for (const Source& s : p.chain) add(s, i);
  }
  for (auto& [key, entry] : entries_) {
    entry.names = only(entry.terms, true);
    entry.nouns = only(entry.terms, false);
  }
  join_people();
  join_bodies();
  join_state_media();
  join_described();
  choose_shown();
  choose_bodies();
}

std::string Names::key(const Source& source, uint32_t article) const {
  const auto known = plain_.find(source.name);
  const std::string plain = known == plain_.end() ? plain_name(source.name) : known->second;
  return source.described ? plain + '#' + std::to_string(article) : plain;
}

void Names::add(const Source& source, uint32_t article) {
  if (source.unnamed || source.name.empty()) return;
  if (!plain_.contains(source.name)) plain_.emplace(source.name, plain_name(source.name));
  const std::string at = key(source, article);
  const bool is_new = !entries_.contains(at);
  Entry& entry = entries_[at];
  if (is_new) entry.shown = source.name;
  // what one article takes for a person another may know as a body
  entry.person = (is_new || entry.person) && source.person;
  entry.medium = entry.medium || source.medium;
  entry.described = source.described;
  entry.national = source.national;
  entry.articles.insert(article);
  if (entry.terms.empty()) entry.terms = source.terms;
  if (!is_known(entry.kind)) entry.kind = source.kind;
  if (entry.alias.empty()) entry.alias = plain_name(source.alias);
  if (entry.country.empty()) entry.country = source.country;
  entry.classes.insert(entry.classes.end(), source.classes.begin(), source.classes.end());
  parent_.emplace(at, at);
  if (!source.body.empty()) votes_[at][plain_name(source.body)].insert(article);
}

std::string Names::find(const std::string& key) const {
  std::string at = key;
  for (auto it = parent_.find(at); it != parent_.end() && it->second != at; it = parent_.find(at))
    at = it->second;
  return at;
}

void Names::join(const std::string& a, const std::string& b) {
  const std::string x = find(a), y = find(b);
  if (x != y) parent_[std::max(x, y)] = std::min(x, y);
}

void Names::join_people() {
  for (auto i = entries_.begin(); i != entries_.end(); ++i)
    for (auto j = std::next(i); j != entries_.end(); ++j) {
      const std::string& x = i->first;
      const std::string& y = j->first;
      if (!i->second.person || !j->second.person) continue;
      const bool slip = last_word(x) == last_word(y) && x != last_word(x) && y != last_word(y) &&
                        edit_distance(x, y, kSlip) <= kSlip;
      if (is_short_for(x, y) || is_short_for(y, x) || slip) join(x, y);
    }
}

/// Bodies with proper names in them: the same words, or the same proper names and the same kind of
/// body, in whatever language; a short name that is given in brackets.
void Names::join_bodies() {
  const auto same = [](const Entry& a, const Entry& b) {
    if (a.nouns.empty() != b.nouns.empty()) return false;
    if (!has_all(a.names, b.names, kSameName)) return false;
    if (!a.nouns.empty()) return same_nouns(a.nouns, b.nouns, kSameNouns);
    return likeness(a.names, b.names).dice >= kSameBody;
  };
  for (auto i = entries_.begin(); i != entries_.end(); ++i)
    for (auto j = std::next(i); j != entries_.end(); ++j) {
      const Entry& a = i->second;
      const Entry& b = j->second;
      if (a.person || b.person) continue;
      const bool alias = (!a.alias.empty() && (a.alias == j->first || a.alias == b.alias)) ||
                         (!b.alias.empty() && b.alias == i->first);
      const bool named = !a.described && !b.described && !a.terms.empty() && !b.terms.empty();
      const auto is_medium = [](const Entry& e) { return e.medium || e.kind == kStateMedia; };
      const bool classed = !a.described && !b.described &&
                           ((is_medium(b) && has_class_behind(a.shown, b.shown)) ||
                            (is_medium(a) && has_class_behind(b.shown, a.shown)));
      if (alias || classed || (named && !a.medium && !b.medium && same(a, b)))
        join(i->first, j->first);
    }
}

/// "North Korean state media" is the state medium that the story names, where it names just one of
/// that country.
void Names::join_state_media() {
  for (const auto& [at, entry] : entries_) {
    if (entry.kind != "state_media" && entry.kind != "news_agency") continue;
    if (!entry.national && !entry.described) continue;
    const auto& names = entry.names;
    std::set<std::string> found;
    for (const auto& [other, named] : entries_) {
      if (named.kind != "state_media" || named.described || named.national) continue;
      const bool same_country = names.empty() || named.country.empty() ||
                                std::any_of(names.begin(), names.end(), [&](const Term& t) {
                                  return match(t.keys, {{feature("iso", named.country), 1}}) > 0;
                                });
      if (same_country) found.insert(find(other));
    }
    if (found.size() == 1 && (entry.national || entry.kind == "state_media"))
      join(at, *found.begin());
  }
}

/// Joins a description to the one named party that it fits: of its own article, else of the story.
bool Names::join_to_named(const std::string& key, const Entry& described) {
  std::set<std::string> same_word, here, anywhere;
  for (const auto& [other, named] : entries_) {
    if (named.person || named.described || named.terms.empty()) continue;
    if (named.medium != described.medium) continue;
    const bool fits = same_nouns(described.terms, named.nouns, kDescribes) ||
                      same_nouns(described.terms, named.classes, kDescribes);
    if (!fits) continue;
    anywhere.insert(find(other));
    const bool shared = std::any_of(described.articles.begin(), described.articles.end(),
                                    [&](uint32_t a) { return named.articles.contains(a); });
    if (shared) here.insert(find(other));
    if (shared && same_nouns(described.terms, named.classes, kSameWord))
      same_word.insert(find(other));
  }
  // "the company" is one that is called so, before others that the word would fit
  const auto& found = !same_word.empty() ? same_word : here.empty() ? anywhere : here;
  if (found.size() == 1) join(key, *found.begin());
  return !found.empty();
}

void Names::join_described() {
  std::vector<std::string> left;
  for (const auto& [at, entry] : entries_)
    if (entry.described && find(at) == at && !join_to_named(at, entry)) left.push_back(at);
  for (size_t i = 0; i < left.size(); ++i)
    for (size_t j = i + 1; j < left.size(); ++j) {
      const Entry& a = entries_[left[i]];
      const Entry& b = entries_[left[j]];
      const bool same = a.medium == b.medium && a.terms.size() == b.terms.size() &&
                        has_all(a.terms, b.terms, kSameWord);
      // "loggen" is "selskapets driftslogg"
      const bool document =
          a.kind == kDocument && b.kind == kDocument && same_nouns(a.terms, b.terms, kDescribes);
      if (same || document) join(left[i], left[j]);
    }
}

/// The name that most articles use; a proper name before a description.
void Names::choose_shown() {
  std::map<std::string, std::tuple<bool, size_t, std::ptrdiff_t>> best;
  for (const auto& [at, entry] : entries_) {
    const std::string party = find(at);
    const std::tuple score{!entry.described && !entry.national, entry.articles.size(),
                           -static_cast<std::ptrdiff_t>(entry.shown.size())};
    const auto it = best.find(party);
    if (it != best.end() && score <= it->second) continue;
    best[party] = score;
    shown_[party] = entry.shown;
  }
}

/// A person is the body that most articles say he or she speaks for.
void Names::choose_bodies() {
  std::map<std::string, std::map<std::string, std::set<uint32_t>>> votes;
  const auto party_of = [this](const std::string& body, uint32_t article) {
    const std::string described = body + '#' + std::to_string(article);
    return find(entries_.contains(described) ? described : body);
  };
  for (const auto& [person, bodies] : votes_)
    for (const auto& [body, articles] : bodies)
      for (const uint32_t a : articles) votes[find(person)][party_of(body, a)].insert(a);
  for (const auto& [person, bodies] : votes) {
    const auto most = std::max_element(
        bodies.begin(), bodies.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    bodies_[person] = most->first;
  }
}

std::string Names::shown(const Source& source, uint32_t article) const {
  const auto it = shown_.find(find(key(source, article)));
  return it == shown_.end() ? source.name : it->second;
}

std::string Names::canonical(const Source& source, uint32_t article) const {
  const auto body = bodies_.find(find(key(source, article)));
  if (body == bodies_.end()) return shown(source, article);
  const auto it = shown_.find(body->second);
  return it == shown_.end() ? body->second : it->second;
}

}  // namespace avstand::story
