#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "entity/resolver.h"
#include "text/edit_distance.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

constexpr uint32_t kNearby = 4;       // candidates between a name and its abbreviation
constexpr size_t kMostOfReading = 8;  // persons; a bound for hostile text
constexpr size_t kLongestSlip = 40;   // bytes of a name that may be another's misspelling

/// All candidates whose name is written the same, but for case and hyphens.
struct NameGroup {
  std::vector<std::string> tokens;
  std::vector<uint32_t> candidates;
  std::array<int, 7> votes{};  // by EntityType
  const KnownName* known = nullptr;
  const NameHint* hint = nullptr;
  EntityType type = EntityType::kOrganisation;
  bool sure = false;       // something told the type
  uint32_t place_use = 0;  // "i X", "in X"
};

std::vector<std::string> tokens_of(std::string_view name) {
  std::vector<std::string> out(1);
  for (const char ch : lower_case(name)) {
    if (ch == ' ' || ch == '-') {
      if (!out.back().empty()) out.emplace_back();
    } else if (ch != '"' && ch != '.') {
      out.back() += ch;
    }
  }
  if (out.size() > 1 && out.back().empty()) out.pop_back();
  return out;
}

bool initial_of(std::string_view a, std::string_view b) {
  return a.size() == 1 && b.starts_with(a);
}

/// Whether two full names can be one person's: same last name, first name equal, an initial, or the
/// shorter a subsequence of the longer ("Anne Gro Lie", "Anne Lie").
bool same_person(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.back() != b.back()) return false;
  const bool first = a.front() == b.front() || initial_of(a.front(), b.front()) ||
                     initial_of(b.front(), a.front());
  if (!first) return false;
  const auto& longer = a.size() < b.size() ? b : a;
  const auto& shorter = a.size() < b.size() ? a : b;
  if (longer.size() == shorter.size()) return longer.size() < 3 || longer == shorter;
  size_t at = 0;
  for (const std::string& token : longer)
    if (at < shorter.size() && (token == shorter[at] || initial_of(shorter[at], token))) ++at;
  return at == shorter.size();
}

std::string initials(const Context& c, WordRange name) {
  std::string out;
  for (WordId w = name.begin; w < name.end; ++w) {
    const std::string_view form = c.analysis.form(w);
    if (starts_upper(form)) out += lower_case(form.substr(0, decode_utf8(form, 0).size));
  }
  return out;
}

/// The type that a label of the name model stands for.
std::optional<EntityType> type_of(std::string_view label) {
  if (label == "PER") return EntityType::kPerson;
  if (label == "ORG") return EntityType::kOrganisation;
  if (label == "PROD") return EntityType::kProduct;
  if (label == "EVT") return EntityType::kEvent;
  if (label == "LOC" || label.starts_with("GPE")) return EntityType::kPlace;
  return std::nullopt;
}

}  // namespace

bool has_common_word(const Context& c, WordRange name) {
  for (WordId w = name.begin; w < name.end; ++w)
    if (!starts_upper(c.analysis.form(w))) return true;
  return false;
}

class NameClusterer {
 public:
  NameClusterer(Context& c, std::vector<Cluster>& clusters) : c_(c), clusters_(clusters) {}

  void run() {
    collect();
    std::vector<size_t> order(groups_.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return groups_[a].tokens.size() > groups_[b].tokens.size();
    });
    for (const size_t i : order) decide(groups_[i]);
    for (const size_t i : order) place(groups_[i]);
  }

 private:
  void collect() {
    StringMap<size_t> by_key;
    for (uint32_t i = 0; i < c_.candidates.size(); ++i) {
      Candidate& cand = c_.candidates[i];
      if (cand.sort != Sort::kName) continue;
      std::vector<std::string> tokens = tokens_of(c_.name_text(cand.name));
      std::string key;
      for (const std::string& token : tokens) key += token + ' ';
      const auto [it, fresh] = by_key.emplace(key, groups_.size());
      if (fresh) groups_.push_back({std::move(tokens), {}, {}, nullptr, nullptr});
      groups_[it->second].candidates.push_back(i);
      vote(groups_[it->second], cand);
    }
  }

  void vote(NameGroup& g, const Candidate& cand) {
    const auto add = [&](EntityType t, int n) { g.votes[static_cast<size_t>(t)] += n; };
    if (const auto type = type_of(cand.ner)) add(*type, 2);
    // Of a single word the model tells little; what it calls a place is mostly one.
    const auto guess = type_of(cand.guess);
    if (guess && (g.tokens.size() > 1 || *guess == EntityType::kPlace)) add(*guess, 1);
    if (cand.info.person && cand.info.person->cls != RoleClass::kHolder)
      add(EntityType::kPerson, 3);
    // "Verksemda Elvis Galvano", "nyhetsbyrået ZNA": what the text calls it goes before how the
    // name sounds.
    const int called = cand.noun < cand.name.begin ? 5 : 3;
    if (cand.info.medium) add(EntityType::kOrganisation, called);
    if (cand.info.body)
      add(cand.info.body->type == EntityType::kPlace ? EntityType::kPlace
                                                     : EntityType::kOrganisation,
          called);
    vote_by_owned(g, cand);
    if (cand.known) g.known = cand.known;
    if (c_.case_of(cand.head) == CaseRole::kPlace && cand.noun == kNoWord) {
      ++g.place_use;
      if (cand.ner != "ORG") add(EntityType::kPlace, 3);
    }
    if (cand.ner.empty() && cand.guess.empty() && cand.noun == kNoWord && g.tokens.size() > 1)
      add(cand.definite ? EntityType::kOrganisation : EntityType::kPerson, 1);
  }

  /// "the village of X" is a place, "the chief executive of X" leads a body.
  void vote_by_owned(NameGroup& g, const Candidate& cand) {
    const WordId up = c_.word(cand.head).head;
    if (up == kNoWord || c_.case_of(cand.head) != CaseRole::kOf) return;
    const LemmaInfo owned = c_.noun_info(up);
    if (owned.body && owned.body->type == EntityType::kPlace && !owned.body->country)
      g.votes[static_cast<size_t>(EntityType::kPlace)] += 3;
    if (owned.person && owned.person->cls == RoleClass::kPost)
      g.votes[static_cast<size_t>(EntityType::kOrganisation)] += 2;
  }

  /// Settles what a name names.
  void decide(NameGroup& g) {
    const auto count = [&](EntityType t) -> int& { return g.votes[static_cast<size_t>(t)]; };
    bool given = false;
    c_.knowledge.gazetteer.given_name(g.tokens.front(), given);
    if (given && g.tokens.size() > 1) count(EntityType::kPerson) += 2;
    const Candidate& first = c_.candidates[g.candidates.front()];
    std::vector<std::string> words;
    for (WordId w = first.name.begin; w < first.name.end; ++w) words.push_back(c_.lower_form(w));
    g.hint = c_.knowledge.gazetteer.hint(words);
    if (g.hint) count(g.hint->type) += 3;
    if (c_.word(first.name.end - 1).upos == Upos::kNoun && c_.info(first.name.end - 1).body)
      count(EntityType::kOrganisation) += 4;
    // Two words that our data know are hardly anybody else's name, whatever the model makes of
    // them.
    const int sure = g.tokens.size() > 1 ? 3 * static_cast<int>(g.candidates.size()) : 0;
    if (g.known) count(g.known->type) += 3 + sure;
    // The text makes an adjective of it ("velmarksk"): a country or a town, whatever the model
    // says.
    if (g.tokens.size() == 1 && c_.used_places.contains("@" + g.tokens.front()))
      count(EntityType::kPlace) += 2 * static_cast<int>(g.candidates.size()) + 2;
    // One word, never with a title or first name, and often after "i", "in": no person.
    if (g.tokens.size() == 1 && size_t{3} * g.place_use >= g.candidates.size() &&
        std::none_of(g.candidates.begin(), g.candidates.end(),
                     [&](uint32_t i) { return c_.candidates[i].info.person != nullptr; }))
      count(EntityType::kPerson) = 0;
    if (g.place_use > 0 && count(EntityType::kPerson) < 2 && count(EntityType::kOrganisation) < 2)
      count(EntityType::kPlace) += 2;
    const auto best = std::max_element(g.votes.begin(), g.votes.end());
    g.sure = *best > 1;
    if (*best > 0) g.type = static_cast<EntityType>(best - g.votes.begin());
    if (g.known && g.type == EntityType::kPerson) g.known = nullptr;
  }

  void place(NameGroup& g) {
    uint32_t to = kNone;
    if (g.known) {
      if (const auto it = by_known_.find(g.known); it != by_known_.end()) to = it->second;
    } else if (g.type == EntityType::kPerson && g.tokens.size() > 1) {
      to = full_person(g);
    } else if (g.tokens.size() == 1) {
      to = explained_abbreviation(g);
      if (to == kNone && (g.type == EntityType::kPerson || !g.sure)) {
        const std::vector<uint32_t> bearers = bearers_of(g.tokens.front());
        if (bearers.size() > 1) return place_each(g, bearers);
        if (bearers.size() == 1) to = bearers.front();
        if (bearers.empty()) {
          const std::vector<uint32_t> rewritten = bearers_of_reading(g.tokens.front());
          if (!rewritten.empty()) to = rewritten.front();
        }
      }
      // A last name that the model took for a place: the article has somebody of that name.
      if (to == kNone && g.sure && g.type != EntityType::kPerson && g.place_use == 0) {
        const std::vector<uint32_t> bearers = bearers_of(g.tokens.front());
        const std::vector<uint32_t> rewritten = bearers_of_reading(g.tokens.front());
        if (bearers.size() == 1 && clusters_[bearers.front()].tokens.back() == g.tokens.front())
          to = bearers.front();
        else if (bearers.empty() && !rewritten.empty())
          to = rewritten.front();
      }
      if (to == kNone && g.type != EntityType::kPerson) to = short_organisation(g);
    }
    if (to == kNone) to = make(g);
    for (const uint32_t i : g.candidates) assign(i, to);
  }

  uint32_t full_person(const NameGroup& g) {
    const auto it = by_token_.find(g.tokens.back());
    if (it != by_token_.end())
      for (const uint32_t i : it->second)
        if (clusters_[i].tokens.size() > 1 && same_person(clusters_[i].tokens, g.tokens)) return i;
    const uint32_t rewritten = transliterated_person(g);
    return rewritten != kNone ? rewritten : misspelt_person(g);
  }

  /// The same name in another transliteration ("Sergej Sjojgu", "Sergei Shoigu"): one whom our data
  /// know, or first and last names that share a reading and could not by chance.
  uint32_t transliterated_person(const NameGroup& g) {
    const std::string name = joined(g.tokens);
    if (const Holder* holder = c_.knowledge.office_holders.find(name, c_.knowledge.letters))
      if (const auto it = by_holder_.find(holder); it != by_holder_.end()) return it->second;
    const Readings last = c_.knowledge.letters.read(g.tokens.back());
    const Readings first = c_.knowledge.letters.read(g.tokens.front());
    for (const std::string& reading : last.all) {
      const auto it = by_reading_.find(reading);
      if (it == by_reading_.end()) continue;
      for (const auto& [i, marked] : it->second)
        if ((marked || last.marked) && clusters_[i].tokens.size() > 1 &&
            first.shares(c_.knowledge.letters.read(clusters_[i].tokens.front())))
          return i;
    }
    return kNone;
  }

  static std::string joined(const std::vector<std::string>& tokens) {
    std::string out;
    for (const std::string& token : tokens) out += (out.empty() ? "" : " ") + token;
    return out;
  }

  /// A last name alone in another transliteration: the one person whose last name shares a reading.
  std::vector<uint32_t> bearers_of_reading(const std::string& token) {
    std::vector<uint32_t> out;
    const Readings readings = c_.knowledge.letters.read(token);
    for (const std::string& reading : readings.all) {
      const auto it = by_reading_.find(reading);
      if (it == by_reading_.end()) continue;
      for (const auto& [i, marked] : it->second)
        if ((marked || readings.marked) && std::find(out.begin(), out.end(), i) == out.end())
          out.push_back(i);
    }
    return out.size() == 1 ? out : std::vector<uint32_t>{};
  }

  /// Makes a person findable by name, reading of the last name, and what our data know.
  void index_person(const NameGroup& g, uint32_t id) {
    for (const std::string& token : g.tokens) {
      auto& list = by_token_[token];
      if (list.empty() || list.back() != id) list.push_back(id);
    }
    if (g.tokens.size() < 2) return;
    const Readings last = c_.knowledge.letters.read(g.tokens.back());
    for (const std::string& reading : last.all) {
      auto& list = by_reading_[reading];
      if (list.size() < kMostOfReading) list.emplace_back(id, last.marked);
    }
    if (const Holder* holder =
            c_.knowledge.office_holders.find(joined(g.tokens), c_.knowledge.letters))
      by_holder_.emplace(holder, id);
  }

  /// One letter apart in the last name, same first name and same title: the article has misspelt
  /// it.
  uint32_t misspelt_person(const NameGroup& g) {
    const auto it = by_token_.find(g.tokens.front());
    if (it == by_token_.end()) return kNone;
    const std::string& title = c_.candidates[g.candidates.front()].title;
    for (const uint32_t i : it->second) {
      const Cluster& other = clusters_[i];
      if (other.tokens.size() != g.tokens.size() || other.tokens.front() != g.tokens.front())
        continue;
      const std::string &a = other.tokens.back(), &b = g.tokens.back();
      if (a.size() < 5 || title.empty() || other.noun != title) continue;
      if (a.size() <= kLongestSlip && edit_distance(a, b, 1) == 1) return i;
    }
    return kNone;
  }

  /// Persons with a full name that has the token as first or last.
  std::vector<uint32_t> bearers_of(const std::string& token) {
    std::vector<uint32_t> last, any;
    const auto it = by_token_.find(token);
    if (it == by_token_.end()) return {};
    for (const uint32_t i : it->second) {
      if (clusters_[i].tokens.size() < 2) continue;
      any.push_back(i);
      if (clusters_[i].tokens.back() == token) last.push_back(i);
    }
    return last.empty() ? any : last;
  }

  /// Several bear the name: each place means the one named last before it (or first after it).
  void place_each(const NameGroup& g, std::vector<uint32_t> bearers) {
    if (bearers.size() > 16) bearers.resize(16);
    std::vector<std::pair<uint32_t, size_t>> named;  // candidate, bearer
    for (size_t b = 0; b < bearers.size(); ++b)
      for (const uint32_t m : members_[bearers[b]]) named.emplace_back(m, b);
    std::sort(named.begin(), named.end());
    std::vector<int64_t> last(bearers.size(), -1);
    size_t next = 0;
    for (const uint32_t i : g.candidates) {
      for (; next < named.size() && named[next].first < i; ++next)
        last[named[next].second] = named[next].first;
      size_t best = next < named.size() ? named[next].second : 0;
      int64_t nearest = -1;
      for (size_t b = 0; b < bearers.size(); ++b) {
        const Gender x = c_.candidates[i].gender, y = clusters_[bearers[b]].gender;
        if (x != Gender::kUnknown && y != Gender::kUnknown && x != y) continue;
        if (last[b] > nearest) nearest = last[b], best = b;
      }
      last[best] = i;
      assign(i, bearers[best]);
    }
  }

  /// Whether letters can be an abbreviation of a name: the first begins a word of it, the others
  /// follow in order ("NFF", "Det nordiske fiskeforbundet").
  static bool abbreviates(std::string_view letters, const std::vector<std::string>& tokens) {
    const std::string name = joined(tokens);
    for (size_t at = 0; at < name.size(); ++at) {
      if (name[at] != letters.front() || (at > 0 && name[at - 1] != ' ')) continue;
      size_t next = 0;
      for (size_t i = at; i < name.size() && next < letters.size(); ++i)
        next += name[i] == letters[next];
      if (next == letters.size()) return true;
    }
    return false;
  }

  /// Whether two names stand as "full name (ABBR)" or "ABBR (full name)".
  bool in_brackets_after(WordRange first, WordRange second) const {
    return first.end + 1 == second.begin && c_.analysis.form(first.end) == "(" &&
           second.end < c_.analysis.words.size() && c_.analysis.form(second.end) == ")";
  }

  /// The organisation whose abbreviation the text itself explains in brackets.
  uint32_t explained_abbreviation(const NameGroup& g) {
    const std::string& letters = g.tokens.front();
    if (letters.size() < 2 || letters.size() > 8) return kNone;
    for (const uint32_t i : g.candidates) {
      const WordRange short_name = c_.candidates[i].name;
      const uint32_t first = i - std::min(i, kNearby);
      const auto last = std::min<size_t>(c_.candidates.size(), size_t{i} + kNearby);
      for (uint32_t k = first; k < last; ++k) {
        const Candidate& other = c_.candidates[k];
        if (other.sort != Sort::kName || other.entity == kNone) continue;
        const Cluster& full = clusters_[other.entity];
        if (full.type != EntityType::kOrganisation || full.tokens.size() < 2) continue;
        if ((in_brackets_after(other.name, short_name) ||
             in_brackets_after(short_name, other.name)) &&
            abbreviates(letters, full.tokens))
          return other.entity;
      }
    }
    return kNone;
  }

  /// "Kystly" of "Kystly Forsikring", "NCM" of "Nordic Conflict Monitor".
  uint32_t short_organisation(const NameGroup& g) {
    if (g.tokens.front().size() < 2) return kNone;
    if (g.type == EntityType::kPlace && g.sure) return kNone;
    uint32_t found = kNone;
    for (uint32_t i = 0; i < clusters_.size() && clusters_.size() < 2000; ++i) {
      const Cluster& k = clusters_[i];
      if (k.tokens.size() < 2) continue;
      if (k.type == EntityType::kPlace) {  // "Teneko" of "Mount Teneko"
        const NameHint* hint = k.tokens.size() == 2 && k.tokens.back() == g.tokens.front()
                                   ? c_.knowledge.gazetteer.hint(k.tokens)
                                   : nullptr;
        if (hint && hint->type == EntityType::kPlace) return i;
        continue;
      }
      if (k.type != EntityType::kOrganisation || g.place_use > 0) continue;
      const bool first = g.tokens.front().size() >= 4 && k.tokens.front() == g.tokens.front();
      const bool letters = acronyms_[i].size() > 1 && acronyms_[i] == g.tokens.front();
      if (!first && !letters) continue;
      if (found != kNone) return kNone;
      found = i;
    }
    return found;
  }

  uint32_t make(const NameGroup& g) {
    const auto id = static_cast<uint32_t>(clusters_.size());
    const Candidate& first = c_.candidates[g.candidates.front()];
    Cluster k;
    k.type = g.type;
    k.tokens = g.tokens;
    k.name = c_.name_text(first.name);
    // "Russian news agency TASS" is called TASS.
    if (g.known && k.name.ends_with(" " + g.known->name) && has_common_word(c_, first.name))
      k.name = g.known->name;
    k.known = g.known;
    k.named = true;
    if (g.hint && g.hint->type == g.type) k.kind = g.hint->kind;
    if (g.type == EntityType::kPerson) k.noun = first.title;
    if (const BodyNoun* body = c_.info(first.name.end - 1).body;
        body && g.type == EntityType::kOrganisation && k.kind == ProfileKind::kUnknown)
      k.kind = body->kind;
    if (g.type == EntityType::kPlace && !g.known) k.country = "@" + lower_case(k.name);
    if (g.known) by_known_.emplace(g.known, id);
    clusters_.push_back(std::move(k));
    members_.emplace_back();
    acronyms_.push_back(initials(c_, first.name));
    if (g.type == EntityType::kPerson) index_person(g, id);
    return id;
  }

  void assign(uint32_t candidate, uint32_t cluster) {
    Candidate& cand = c_.candidates[candidate];
    cand.entity = cluster;
    members_[cluster].push_back(candidate);
    Cluster& k = clusters_[cluster];
    if (k.gender == Gender::kUnknown) k.gender = cand.gender;
  }

  Context& c_;
  std::vector<Cluster>& clusters_;
  std::vector<NameGroup> groups_;
  std::vector<std::vector<uint32_t>> members_;  // per cluster: its candidates
  std::vector<std::string> acronyms_;           // per cluster
  std::unordered_map<const KnownName*, uint32_t> by_known_;
  StringMap<std::vector<uint32_t>> by_token_;  // persons by each word of the name
  StringMap<std::vector<std::pair<uint32_t, bool>>> by_reading_;  // by last name; marked
  std::unordered_map<const Holder*, uint32_t> by_holder_;
};

void cluster_names(Context& c, std::vector<Cluster>& clusters) { NameClusterer(c, clusters).run(); }

}  // namespace avstand::entity
