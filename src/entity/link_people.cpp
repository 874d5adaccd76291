// Links persons to those whose offices we know, and adds the offices as they stood on the day of
// the article. A name alone proves little (many are called Wang Yi): the text must call the person
// a minister, or the person must head a state or its government.
#include "entity/link_people.h"

#include <algorithm>

#include "entity/knowledge_impl.h"

namespace avstand::entity {
namespace {

constexpr size_t kDayLength = 10;  // "2024-05-12"

bool is_top(const Term& t) { return t.office == "state" || t.office == "head"; }

bool is_office_title(const LanguageLexicon& lexicon, std::string_view title) {
  return std::any_of(lexicon.office_titles.begin(), lexicon.office_titles.end(),
                     [&](const auto& entry) { return entry.second == title; });
}

bool has_country(const Holder& holder, std::string_view iso) {
  return std::any_of(holder.terms.begin(), holder.terms.end(),
                     [&](const Term& t) { return t.country == iso; });
}

/// Whether what the text says of the person fits a holder of high office.
bool fits(const EntityLayer& layer, const Entity& e, const Holder& holder,
          const LanguageLexicon& lexicon) {
  bool official = false, other = false;
  for (const Role& role : e.roles) {
    if (role.of != kNoEntity && !layer.entities[role.of].profile.country.empty() &&
        !has_country(holder, layer.entities[role.of].profile.country))
      return false;
    const bool minister = role.cls == RoleClass::kMinister || role.cls == RoleClass::kPolitician;
    if (minister || is_office_title(lexicon, role.title))
      official = true;
    else
      other = other || role.cls == RoleClass::kProfession || role.cls == RoleClass::kExpert ||
              role.cls == RoleClass::kMedia || role.cls == RoleClass::kWitness ||
              role.cls == RoleClass::kKin || role.cls == RoleClass::kParty;
  }
  return official || (!other && std::any_of(holder.terms.begin(), holder.terms.end(), is_top));
}

EntityId country_entity(const EntityLayer& layer, std::string_view iso) {
  for (EntityId i = 0; i < layer.entities.size(); ++i) {
    const Entity& e = layer.entities[i];
    if (e.type == EntityType::kPlace && e.profile.kind == ProfileKind::kGovernment &&
        e.profile.country == iso)
      return i;
  }
  return kNoEntity;
}

void add_terms(EntityLayer& layer, Entity& e, const Holder& holder, std::string_view day,
               const LanguageLexicon& lexicon) {
  for (const Term& term : holder.terms) {
    const auto title = lexicon.office_titles.find(term.office);
    if (title == lexicon.office_titles.end()) continue;
    Role role;
    role.title = title->second;
    role.office = term.office;
    role.of = country_entity(layer, term.country);
    role.from = term.from;
    role.to = term.to;
    role.checked = term.checked;
    role.stated = false;
    role.cls = RoleClass::kMinister;
    role.tenure = tenure_on(term, day);
    role.former = role.tenure == Tenure::kFormer;
    e.roles.push_back(std::move(role));
  }
}

}  // namespace

void link_people(const Article& article, const Knowledge::Impl& knowledge, EntityLayer& layer) {
  const LanguageLexicon* lexicon = knowledge.lexicon(article.language);
  if (!lexicon) return;
  const std::string day = article.published.value_or("").substr(0, kDayLength);
  for (Entity& e : layer.entities) {
    if (e.type != EntityType::kPerson || !e.named) continue;
    const Holder* holder = knowledge.office_holders.find(e.name, knowledge.letters);
    if (!holder || !fits(layer, e, *holder, *lexicon)) continue;
    if (!holder->qid.empty()) e.qid = holder->qid;
    add_terms(layer, e, *holder, day, *lexicon);
  }
}

}  // namespace avstand::entity
