#include "entity/resolver.h"

#include <algorithm>
#include <charconv>

#include "text/utf8.h"

namespace avstand::entity {
namespace {

constexpr size_t kMaxRecent = 96;  // clusters that a description or pronoun can reach
constexpr uint32_t kMaxLookBack =
    40;  // candidates before one that can contain it or share its verb

/// Whether it stands in what a dash or quotation mark opens, not beside the verb of saying.
bool quoted(const Context& c, const Candidate& cand) {
  const WordId first = c.analysis.sentence(cand.head).words.begin;
  if (c.word(first).upos != Upos::kPunct) return false;
  const WordId up = c.word(cand.head).head;
  const bool outer = up != kNoWord && (c.word(up).rel == Rel::kParataxis ||
                                       (c.word(up).head == kNoWord && cand.head > up));
  return !(cand.subject && outer);
}

/// How much a place in the sentence raises what stands there (after Lappin & Leass 1994).
float weight(const Context& c, const Candidate& cand) {
  if (cand.sort == Sort::kAdjective) return 0.2F;
  float w = 0.6F;
  const Rel rel = c.word(cand.head).rel;
  if (cand.subject)
    w = 1.0F;
  else if (rel == Rel::kObj || rel == Rel::kIobj)
    w = 0.8F;
  else if (rel == Rel::kNmod)
    w = 0.5F;
  if (cand.in_group) w *= 0.6F;
  return quoted(c, cand) ? w * 0.5F : w;
}

float fade(uint32_t sentences) {
  float f = 1.0F;
  for (uint32_t i = 0; i < sentences && i < 24; ++i) f *= 0.7F;
  return f;
}

/// Years of "Kari Lie (58)", "Kari Lie, 58,"; 0 where there are none.
uint32_t age_behind(const Context& c, WordRange name) {
  constexpr uint32_t kOldest = 120;
  const WordRange sentence = c.analysis.sentence(name.begin).words;
  if (name.end + 2 >= sentence.end) return 0;
  const std::string_view before = c.analysis.form(name.end), after = c.analysis.form(name.end + 2);
  if (!(before == "(" && after == ")") && !(before == "," && (after == "," || after == ".")))
    return 0;
  const std::string_view form = c.analysis.form(name.end + 1);
  uint32_t age = 0;
  const auto [end, error] = std::from_chars(form.data(), form.data() + form.size(), age);
  const bool number = error == std::errc() && end == form.data() + form.size();
  return number && age <= kOldest ? age : 0;
}

/// Whether the word stands in what the verb behind it says.
bool is_said(const Context& c, WordId w, WordId verb) {
  for (uint32_t steps = 0; w != kNoWord && steps < 32; ++steps, w = c.word(w).head) {
    if (c.word(w).head == verb)
      return c.word(w).rel == Rel::kCcomp || c.word(w).rel == Rel::kParataxis;
    if (c.word(verb).head == w) return c.word(verb).rel == Rel::kParataxis;
  }
  return false;
}

bool is_argument(Rel rel) {
  return rel == Rel::kNsubj || rel == Rel::kObj || rel == Rel::kIobj || rel == Rel::kObl;
}

}  // namespace

void Resolver::run() {
  cluster_names(c_, clusters_);
  state_.assign(c_.candidates.size(), 0);
  for (Cluster& k : clusters_) {  // what has an adjective of its own is a country or the like
    const std::string key = "@" + lower_case(k.name);
    if (k.known || !c_.used_places.contains(key)) continue;
    k.type = EntityType::kPlace;
    k.country = key;
    k.has_adjective = true;
  }
  for (uint32_t i = 0; i < clusters_.size(); ++i)
    if (clusters_[i].type == EntityType::kPlace && !clusters_[i].country.empty())
      by_country_.emplace(clusters_[i].country, i);
  for (uint32_t i = 0; i < clusters_.size(); ++i)
    if (clusters_[i].known && clusters_[i].known->sort == KnownSort::kCountry) {
      clusters_[i].country = clusters_[i].known->profile.country;
      by_country_.insert_or_assign(clusters_[i].country, i);
    }
  // Roles that stand beside names hold for the whole article, also before their place in it.
  for (Candidate& cand : c_.candidates) {
    if (cand.sort != Sort::kName || cand.entity == kNone || cand.noun == kNoWord) continue;
    add_role(cand.entity, cand, cand.noun, cand.title);
    if (cand.second_noun != kNoWord)
      add_role(cand.entity, cand, cand.second_noun, c_.title_of(cand.second_noun));
  }
  add_predicate_roles();
  for (uint32_t i = 0; i < c_.candidates.size(); ++i) resolve(i);
}

void Resolver::resolve(uint32_t index) {
  if (state_[index] != 0) return;
  state_[index] = 1;
  Candidate& cand = c_.candidates[index];
  if (cand.possessor != kNoWord && c_.by_head[cand.possessor] != kNone &&
      c_.by_head[cand.possessor] != index)
    resolve(c_.by_head[cand.possessor]);
  forbid(cand);
  switch (cand.sort) {
    case Sort::kName:
      resolve_name(cand);
      break;
    case Sort::kPerson:
      cand.entity = resolve_person(cand);
      break;
    case Sort::kBody:
      cand.entity = resolve_body(cand);
      break;
    case Sort::kPlaceNoun:
      cand.entity = resolve_place(cand);
      break;
    case Sort::kMedium:
      cand.entity = resolve_medium(cand);
      break;
    case Sort::kDocument:
      cand.entity = resolve_document(cand);
      break;
    case Sort::kNational:
      cand.entity = resolve_national(cand);
      break;
    case Sort::kAdjective:
      cand.entity = country_cluster(cand.country, cand);
      break;
    case Sort::kPronoun:
      cand.entity = resolve_pronoun(cand);
      break;
    case Sort::kGroup:
      resolve_group(cand);
      break;
  }
  state_[index] = 2;
  if (cand.entity != kNone) touch(cand.entity, cand);
}

void Resolver::resolve_name(Candidate& cand) {
  if (cand.entity == kNone) return;
  if (const uint32_t age = age_behind(c_, cand.name); age != 0) by_age_[age] = cand.entity;
  const uint32_t of = owner(cand);  // may add a country, so before any reference to a cluster
  if (of == cand.entity) return;
  Cluster& k = clusters_[cand.entity];
  for (Role& role : k.roles)
    if (role.of == kNone && of != kNone && cand.words.contains(role.words)) role.of = of;
  if (of != kNone && k.of == kNone) k.of = of;
  const std::string& country = of != kNone ? clusters_[of].country : std::string();
  if (k.country.empty() && !country.empty() && k.type != EntityType::kPlace) k.country = country;
  if (!k.known && k.type != EntityType::kPerson) {
    if (cand.info.medium) {
      k.kind = cand.state ? ProfileKind::kStateMedia : cand.info.medium->kind;
      k.control = cand.state ? Control::kState : cand.info.medium->control;
      k.medium = true;
    } else if (cand.info.body && cand.info.body->kind != ProfileKind::kUnknown) {
      k.kind = cand.info.body->kind;
    }
  }
  if (k.noun.empty()) k.noun = cand.title;
}

float Resolver::activation(uint32_t cluster, const Candidate& cand) const {
  const Cluster& k = clusters_[cluster];
  const uint32_t now = sentence(cand);
  return k.activation * fade(now >= k.last_sentence ? now - k.last_sentence : 0);
}

/// "Foto: Kari Lie": whoever took the picture is nobody that the article speaks of.
bool Resolver::is_credit(const Candidate& cand) const {
  const SentenceInfo& s = c_.analysis.sentence(cand.head);
  if (c_.article.blocks[s.block].kind != BlockKind::kCaption) return false;
  for (WordId w = s.words.begin; w < s.words.end; ++w)
    if (c_.word(w).upos == Upos::kVerb || c_.word(w).upos == Upos::kAux) return false;
  const WordId before = cand.words.begin;
  return before > s.words.begin && c_.word(before - 1).upos == Upos::kPunct;
}

void Resolver::touch(uint32_t cluster, const Candidate& cand) {
  Cluster& k = clusters_[cluster];
  if (is_credit(cand)) {
    ++k.mentions;
    k.strong = k.strong || !cand.weak;
    return;
  }
  k.activation = activation(cluster, cand) + weight(c_, cand);
  k.last_sentence = sentence(cand);
  k.last_word = cand.head;
  if (cand.subject) k.last_subject = k.last_sentence;
  if (cand.sort != Sort::kAdjective) ++k.mentions;
  k.strong = k.strong || !cand.weak;
  k.has_adjective = k.has_adjective || cand.sort == Sort::kAdjective;
  if (!cand.title.empty() && cand.sort != Sort::kGroup) {
    std::vector<uint32_t>& list = by_noun_[c_.noun_lemma(cand.noun)];
    if (list.empty() || list.back() != cluster) list.push_back(cluster);
  }
  const auto it = std::find(recent_.begin(), recent_.end(), cluster);
  if (it != recent_.end())
    recent_.erase(it);
  else if (recent_.size() == kMaxRecent)
    recent_.pop_back();
  recent_.insert(recent_.begin(), cluster);
}

void Resolver::forbid(const Candidate& cand) {
  forbidden_.clear();
  const bool possessive = cand.pronoun && cand.pronoun->use == PronounUse::kPossessive;
  const auto index = static_cast<uint32_t>(&cand - c_.candidates.data());
  const WordId verb = c_.word(cand.head).head;
  const WordRange here = c_.analysis.sentence(cand.head).words;
  const uint32_t from = index > kMaxLookBack ? index - kMaxLookBack : 0;
  for (uint32_t i = from; i < index; ++i) {
    const Candidate& other = c_.candidates[i];
    if (other.entity == kNone || !here.contains(other.head)) continue;
    const bool inside = other.words.contains(cand.words) && other.head != cand.head;
    const bool same_verb = verb != kNoWord && c_.word(other.head).head == verb &&
                           is_argument(c_.word(other.head).rel) &&
                           is_argument(c_.word(cand.head).rel);
    if ((inside && other.sort != Sort::kGroup && !possessive) || (same_verb && !possessive))
      forbidden_.push_back(other.entity);
  }
  // "– Jonas is good, he says": whom the speech names does not say it.
  if (cand.pronoun && cand.subject && verb != kNoWord && verb < cand.head)
    for (uint32_t i = from; i < index; ++i)
      if (const Candidate& other = c_.candidates[i];
          other.entity != kNone && !other.pronoun && other.head < verb &&
          here.contains(other.head) && is_said(c_, other.head, verb))
        forbidden_.push_back(other.entity);
  // Whoever is quoted does not speak of himself as "he": subjects of the verb around a quotation.
  if (!cand.pronoun || c_.word(here.begin).upos != Upos::kPunct) return;
  for (uint32_t i = index + 1; i < c_.candidates.size() && i < index + kMaxLookBack; ++i) {
    const Candidate& other = c_.candidates[i];
    if (!here.contains(other.head)) break;
    const WordId up = c_.word(other.head).head;
    const bool outer =
        up != kNoWord && (c_.word(up).head == kNoWord || c_.word(up).rel == Rel::kParataxis);
    if (other.subject && outer && other.entity != kNone && up != verb)
      forbidden_.push_back(other.entity);
  }
}

bool Resolver::forbidden(uint32_t cluster) const {
  return std::find(forbidden_.begin(), forbidden_.end(), cluster) != forbidden_.end();
}

uint32_t Resolver::new_cluster(const Candidate& cand, EntityType type) {
  Cluster k;
  k.type = type;
  k.name = std::string(c_.analysis.span(cand.words).in(c_.analysis.text));
  k.noun = cand.title;
  k.gender = cand.gender;
  k.plural = cand.plural;
  if (cand.info.person) k.cls = cand.info.person->cls;
  clusters_.push_back(std::move(k));
  return static_cast<uint32_t>(clusters_.size() - 1);
}

uint32_t Resolver::country_cluster(std::string_view key, const Candidate& cand) {
  if (const auto it = by_country_.find(key); it != by_country_.end()) return it->second;
  if (key.empty() || key.front() == '@') return kNone;
  const KnownName* known = c_.knowledge.gazetteer.country(key);
  if (!known) return kNone;
  Cluster k;
  k.type = EntityType::kPlace;
  k.known = known;
  k.named = true;
  k.country = key;
  k.name =
      c_.knowledge.gazetteer.country_name(key, c_.analysis.sentence(cand.head).language.view());
  clusters_.push_back(std::move(k));
  const auto id = static_cast<uint32_t>(clusters_.size() - 1);
  by_country_.emplace(key, id);
  return id;
}

/// "LO-lederen", "Frp-politiker": the name before the hyphen, if the article speaks of it.
uint32_t Resolver::hyphen_owner(const Candidate& cand) const {
  if (cand.noun == kNoWord) return kNone;
  const std::string form = c_.lower_form(cand.noun);
  const size_t hyphen = form.rfind('-');
  if (hyphen == std::string::npos || hyphen < 2) return kNone;
  for (const uint32_t i : recent_) {
    const Cluster& k = clusters_[i];
    if (k.named && k.type != EntityType::kPerson && lower_case(k.name) == form.substr(0, hyphen))
      return i;
  }
  return kNone;
}

uint32_t Resolver::owner(Candidate& cand) {
  if (cand.possessor != kNoWord) {
    const uint32_t i = c_.by_head[cand.possessor];
    if (i != kNone && c_.candidates[i].entity != kNone &&
        !c_.candidates[i].words.contains(cand.words))
      return c_.candidates[i].entity;
  }
  if (!cand.country.empty()) return country_cluster(cand.country, cand);
  return hyphen_owner(cand);
}

void Resolver::add_role(uint32_t cluster, const Candidate& cand, WordId noun, std::string title) {
  const LemmaInfo info = c_.noun_info(noun);
  if (!info.person || info.person->cls == RoleClass::kHonorific ||
      info.person->cls == RoleClass::kPerson || clusters_[cluster].type == EntityType::kPlace)
    return;
  Role role;
  role.title = std::move(title);
  role.cls = info.person->cls;
  role.former = cand.former;
  role.words = cand.words;
  const uint32_t at = cand.possessor != kNoWord ? c_.by_head[cand.possessor] : kNone;
  if (at != kNone && c_.candidates[at].sort == Sort::kName)
    role.of = c_.candidates[at].entity;
  else if (!cand.country.empty())
    role.of = country_cluster(cand.country, cand);
  if (role.of == cluster) role.of = kNone;
  for (const Role& known :
       clusters_[cluster].roles)  // "ministeren" adds nothing to "kulturminister"
    if (known.title.size() > role.title.size() && known.title.ends_with(role.title) &&
        known.former == role.former)
      return;
  Cluster& person = clusters_[cluster];  // country_cluster may have moved the clusters
  if (role.of != kNone && person.country.empty()) person.country = clusters_[role.of].country;
  if (person.gender == Gender::kUnknown) person.gender = info.person->gender;
  for (Role& known : person.roles)
    if (known.title == role.title && known.former == role.former &&
        (known.of == role.of || known.of == kNone || role.of == kNone)) {
      if (known.of == kNone) known.of = role.of;
      return;
    }
  if (person.roles.empty()) holders_.push_back(cluster);
  person.roles.push_back(std::move(role));
}

/// "X er statsminister i Y".
void Resolver::add_predicate_roles() {
  for (const auto& [subject, noun] : c_.predicates) {
    const uint32_t i = c_.by_head[subject];
    if (i == kNone || c_.candidates[i].sort != Sort::kName) continue;
    const uint32_t entity = c_.candidates[i].entity;
    if (entity == kNone || clusters_[entity].type != EntityType::kPerson) continue;
    Candidate said;
    said.head = said.noun = noun;
    said.words = noun_phrase(c_, noun, {});
    read_phrase(c_, said);
    add_role(entity, said, noun, c_.title_of(noun));
  }
}

void Resolver::resolve_group(Candidate& cand) {
  EntityType type = EntityType::kGroup;
  cand.entity = new_cluster(cand, type);
  Cluster& k = clusters_[cand.entity];
  k.strong = true;
  k.plural = true;
  k.named = true;
  for (const uint32_t m : cand.members)
    if (c_.candidates[m].entity == kNone || !clusters_[c_.candidates[m].entity].named)
      k.named = false;
}

}  // namespace avstand::entity
