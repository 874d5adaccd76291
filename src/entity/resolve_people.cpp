#include <algorithm>
#include <charconv>

#include "entity/resolver.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

/// Whether one title is the other with more said ("minister", "forsvarsminister").
bool shortens(std::string_view shorter, std::string_view longer) {
  return shorter.size() >= 3 && longer.size() > shorter.size() && longer.ends_with(shorter);
}

/// Nouns that may mean anybody, whatever the article called them before.
bool is_general(RoleClass cls) {
  return cls == RoleClass::kPerson || cls == RoleClass::kParty || cls == RoleClass::kResident ||
         cls == RoleClass::kWitness;
}

bool is_calling(RoleClass cls) {
  return cls == RoleClass::kProfession || cls == RoleClass::kExpert ||
         cls == RoleClass::kMilitary || cls == RoleClass::kPost || cls == RoleClass::kPolitician;
}

/// The years of "58-åring"; 0 where the noun tells none.
uint32_t age_of(std::string_view title) {
  uint32_t age = 0;
  const auto [end, error] = std::from_chars(title.data(), title.data() + title.size(), age);
  return error == std::errc() && end != title.data() && *end == '-' ? age : 0;
}

bool starts_with_digit(std::string_view s) { return !s.empty() && s[0] >= '0' && s[0] <= '9'; }

}  // namespace

bool Resolver::gender_fits(const Cluster& cluster, Gender gender) const {
  return gender == Gender::kUnknown || cluster.gender == Gender::kUnknown ||
         cluster.gender == gender;
}

bool Resolver::of_fits(const Role& role, const Cluster& person, uint32_t of) const {
  if (of == kNone || role.of == of) return true;
  const std::string& country = clusters_[of].country;
  if (role.of == kNone)
    return person.country.empty() || country.empty() || person.country == country;
  return !country.empty() && clusters_[role.of].country == country;
}

/// The person who holds the office that a description names, anywhere in the article.
uint32_t Resolver::holder_of(const Candidate& cand, uint32_t of) {
  uint32_t best = kNone;
  float best_score = 0;
  const size_t most = std::min<size_t>(holders_.size(), 200);
  for (size_t n = 0; n < most; ++n) {
    const uint32_t i = holders_[holders_.size() - 1 - n];
    const Cluster& k = clusters_[i];
    if (k.type != EntityType::kPerson || !gender_fits(k, cand.gender) || forbidden(i)) continue;
    for (const Role& role : k.roles) {
      float score = 0;
      if (role.title == cand.title)
        score = 4;
      else if (shortens(cand.title, role.title))
        score = 3;
      else if (of != kNone && role.of == of && shortens(role.title, cand.title))
        score = 2;
      else
        continue;
      if (!of_fits(role, k, of) || (role.former && !cand.former)) continue;
      if (of != kNone && role.of == of) score += 3;
      // A bare "ministeren" needs somebody the reader has met; a full title may come before.
      if (of == kNone && k.mentions == 0) score -= 1.5F;
      score += std::min(activation(i, cand), 2.0F);
      if (score > best_score) best_score = score, best = i;
    }
  }
  return best;
}

/// The text calls the one minister of a country by another office: the same person, in conflict.
uint32_t Resolver::conflicting_holder(const Candidate& cand, uint32_t of) {
  if (of == kNone || !cand.info.person || cand.info.person->cls != RoleClass::kMinister)
    return kNone;
  uint32_t found = kNone;
  const size_t most = std::min<size_t>(holders_.size(), 200);
  for (size_t n = 0; n < most; ++n) {
    const uint32_t i = holders_[holders_.size() - 1 - n];
    const Cluster& k = clusters_[i];
    if (k.type != EntityType::kPerson || !gender_fits(k, cand.gender)) continue;
    const bool minister = std::any_of(k.roles.begin(), k.roles.end(), [&](const Role& r) {
      return r.cls == RoleClass::kMinister && !r.former && of_fits(r, k, of) &&
             (r.of == of || (r.of == kNone && k.country == clusters_[of].country));
    });
    if (!minister) continue;
    if (found != kNone || k.mentions == 0 || !k.named) return kNone;
    found = i;
  }
  return found;
}

/// "Mannen", "kvinnen", "klienten", "advokaten": the salient person whom the noun suits.
uint32_t Resolver::generic_person(const Candidate& cand) {
  const RoleClass cls = cand.info.person->cls;
  if (is_general(cls)) {
    const bool accused = cls == RoleClass::kParty;
    return most_salient(cand, accused ? 12 : 4, [&](const Cluster& k, float& bonus) {
      if (k.type != EntityType::kPerson || !gender_fits(k, cand.gender)) return false;
      const bool holds_office = std::any_of(k.roles.begin(), k.roles.end(),
                                            [](const Role& r) { return !is_general(r.cls); });
      if ((holds_office && k.named) || (k.cls != cls && !is_general(k.cls))) return false;
      if (accused && k.named && k.cls != RoleClass::kParty) return false;
      bonus = (k.cls == RoleClass::kParty ? 1.0F : 0.0F) + (k.named ? 0.0F : 0.5F) +
              (k.noun == cand.title ? 0.7F : 0.0F);
      return true;
    });
  }
  if (!is_calling(cls)) return kNone;
  // The only person around, of whom the text has said no calling yet.
  uint32_t found = kNone;
  const uint32_t now = sentence(cand);
  for (const uint32_t i : recent_) {
    const Cluster& k = clusters_[i];
    if (k.type != EntityType::kPerson || now > k.last_sentence + 2) continue;
    if (found != kNone) return kNone;
    found = i;
  }
  if (found == kNone || forbidden(found)) return kNone;
  const Cluster& k = clusters_[found];
  return k.named && k.roles.empty() && gender_fits(k, cand.gender) ? found : kNone;
}

/// "Siktet: …" in the headline, "en 30-åring er siktet" below it: the same person.
uint32_t Resolver::announced(const Candidate& cand) const {
  for (const auto& [subject, noun] : c_.predicates) {
    if (subject != cand.head) continue;
    const auto it = by_noun_.find(c_.noun_lemma(noun));
    if (it == by_noun_.end()) continue;
    for (const uint32_t i : it->second)
      if (clusters_[i].type == EntityType::kPerson && clusters_[i].cls == RoleClass::kParty &&
          !clusters_[i].named && gender_fits(clusters_[i], cand.gender))
        return i;
  }
  return kNone;
}

/// "58-åringen" is the last person whose name has 58 years behind it.
uint32_t Resolver::person_of_age(const Candidate& cand) const {
  const auto it = by_age_.find(age_of(cand.title));
  return it == by_age_.end() || clusters_[it->second].type != EntityType::kPerson ? kNone
                                                                                  : it->second;
}

uint32_t Resolver::resolve_person(Candidate& cand) {
  const uint32_t of = owner(cand);
  const RoleClass cls = cand.info.person->cls;
  uint32_t found = kNone;
  if (cand.plural) {
    if (cand.definite) found = same_noun(cand, of, EntityType::kGroup);
    if (found != kNone) return found;
    found = new_cluster(cand, EntityType::kGroup);
    clusters_[found].of = of;
    if (of != kNone) clusters_[found].country = clusters_[of].country;
    return found;
  }
  const bool kin = cls == RoleClass::kKin || cls == RoleClass::kHonorific;
  if (cand.definite && !kin) {
    found = person_of_age(cand);
    if (found == kNone) found = holder_of(cand, of);
    // "Mannen" is whoever is salient; a noun that says more must have been said before.
    const bool loose = cls == RoleClass::kPerson && of == kNone && !starts_with_digit(cand.title);
    if (found == kNone && !loose) found = same_noun(cand, of, EntityType::kPerson);
    if (found == kNone) found = conflicting_holder(cand, of);
    if (found == kNone && of == kNone) found = generic_person(cand);
  }
  // "pappa Tore … pappa": a word for kin without article or owner is used like a name.
  if (cls == RoleClass::kKin && !cand.definite && !cand.indefinite && cand.words.size() == 1) {
    found = holder_of(cand, of);
    if (found == kNone) found = same_noun(cand, of, EntityType::kPerson);
  }
  if (found == kNone && !cand.definite) found = announced(cand);
  if (found == kNone) {
    found = new_cluster(cand, EntityType::kPerson);
    clusters_[found].of = of;
  }
  Cluster& k = clusters_[found];
  if (k.gender == Gender::kUnknown) k.gender = cand.gender;
  if (is_general(cls) && k.cls == RoleClass::kPerson) k.cls = cls;
  add_role(found, cand, cand.noun, cand.title);
  for (Role& role : clusters_[found].roles)
    if (role.title == cand.title && role.of == kNone && of != found) role.of = of;
  if (of != kNone && clusters_[found].country.empty())
    clusters_[found].country = clusters_[of].country;
  return found;
}

/// "Russeren": a person of that country; "amerikanerne": the country.
uint32_t Resolver::resolve_national(Candidate& cand) {
  const std::string& iso = *cand.info.national;
  if (cand.plural && cand.definite) return country_cluster(iso, cand);
  if (cand.plural) {
    const uint32_t found = new_cluster(cand, EntityType::kGroup);
    clusters_[found].country = iso;
    return found;
  }
  if (cand.definite) {
    const uint32_t found = most_salient(cand, 12, [&](const Cluster& k, float&) {
      return k.type == EntityType::kPerson && k.country == iso;
    });
    if (found != kNone) return found;
    const uint32_t fresh = most_salient(cand, 3, [&](const Cluster& k, float&) {
      return k.type == EntityType::kPerson && k.country.empty() && k.named && k.roles.empty();
    });
    if (fresh != kNone) {
      clusters_[fresh].country = iso;
      return fresh;
    }
  }
  const uint32_t found = new_cluster(cand, EntityType::kPerson);
  clusters_[found].country = iso;
  return found;
}

}  // namespace avstand::entity
