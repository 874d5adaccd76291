#include "entity/resolve.h"

#include <algorithm>
#include <tuple>

#include "entity/link_people.h"
#include "entity/resolver.h"
#include "text/utf8.h"

namespace avstand {
namespace {

using entity::Candidate;
using entity::Cluster;
using entity::Context;
using entity::kNone;
using entity::KnownSort;
using entity::Sort;

MentionForm form_of(const Candidate& cand, const Cluster& k) {
  switch (cand.sort) {
    case Sort::kName:
      return k.known && k.known->sort == KnownSort::kSeat ? MentionForm::kMetonym
                                                          : MentionForm::kName;
    case Sort::kPronoun:
      return MentionForm::kPronoun;
    case Sort::kAdjective:
    case Sort::kNational:
      return MentionForm::kDemonym;
    case Sort::kGroup:
      return k.named ? MentionForm::kName : MentionForm::kRole;
    default:
      return MentionForm::kRole;
  }
}

/// An ISO code, not the key of a place that only this article knows.
std::string iso(const std::string& country) {
  return country.empty() || country.front() == '@' ? std::string() : country;
}

Profile profile_of(const Cluster& k) {
  if (k.known) return k.known->profile;
  Profile p;
  p.kind = k.kind;
  p.control = k.control;
  p.country = iso(k.country);
  if (k.type == EntityType::kPerson) p.kind = ProfileKind::kPerson;
  if (k.type == EntityType::kPlace) p.kind = ProfileKind::kUnknown;
  if (p.control == Control::kUnknown && entity::is_of_state(p.kind)) p.control = Control::kState;
  const bool kind_stated = p.kind != ProfileKind::kUnknown && p.kind != ProfileKind::kPerson;
  if (kind_stated || !p.country.empty()) p.basis = "stated in the text";
  return p;
}

/// Clusters that become entities: named, spoken of twice, in a place where sources stand, or the
/// body of somebody's role.
std::vector<uint8_t> kept_clusters(const Context& c, const std::vector<Cluster>& clusters) {
  std::vector<uint8_t> keep(clusters.size(), 0);
  for (size_t i = 0; i < clusters.size(); ++i) {
    const Cluster& k = clusters[i];
    keep[i] = k.mentions > 0 && (k.strong || k.mentions > 1 || (k.named && k.mentions > 0));
  }
  for (size_t i = 0; i < clusters.size(); ++i)
    for (const Role& role : clusters[i].roles)
      if (keep[i] && role.of != kNone) keep[role.of] = 1;
  (void)c;
  return keep;
}

Entity make_entity(const Cluster& k) {
  Entity e;
  e.type = k.type;
  e.name = k.name;
  e.profile = profile_of(k);
  e.named = k.named;
  e.capital = k.known && k.known->sort == KnownSort::kCapital;
  e.roles = k.roles;
  return e;
}

void add_mentions(const Context& c, const std::vector<Cluster>& clusters,
                  const std::vector<uint8_t>& keep, EntityLayer& out) {
  for (const Candidate& cand : c.candidates) {
    if (cand.entity == kNone || !keep[cand.entity]) continue;
    out.mentions.push_back(
        {cand.words, cand.head, cand.entity, form_of(cand, clusters[cand.entity])});
    // Under a title the name is a mention of its own, so that the bare name is found too.
    if (cand.sort == Sort::kName && cand.name != cand.words)
      out.mentions.push_back({cand.name, cand.name.begin, cand.entity, MentionForm::kName});
  }
  std::stable_sort(out.mentions.begin(), out.mentions.end(),
                   [](const Mention& a, const Mention& b) {
                     return std::tuple(a.words.begin, UINT32_MAX - a.words.end) <
                            std::tuple(b.words.begin, UINT32_MAX - b.words.end);
                   });
  // A name and its abbreviation in brackets have one phrase around them.
  const auto same = [](const Mention& a, const Mention& b) {
    return a.words == b.words && a.entity == b.entity;
  };
  out.mentions.erase(std::unique(out.mentions.begin(), out.mentions.end(), same),
                     out.mentions.end());
}

/// Numbers entities by first mention and drops those without one.
void number_entities(const std::vector<Cluster>& clusters, EntityLayer& out) {
  std::vector<EntityId> id(clusters.size(), kNoEntity);
  for (Mention& m : out.mentions) {
    if (id[m.entity] == kNoEntity) {
      id[m.entity] = static_cast<EntityId>(out.entities.size());
      out.entities.push_back(make_entity(clusters[m.entity]));
    }
    m.entity = id[m.entity];
  }
  for (Entity& e : out.entities)
    for (Role& role : e.roles) role.of = role.of == kNone ? kNoEntity : id[role.of];
}

}  // namespace

EntityLayer resolve_entities(const Article& article, const Analysis& analysis, const Tree& tree,
                             const Knowledge& knowledge) {
  Context context{article, analysis, tree, knowledge.impl()};
  entity::find_names(context);
  entity::find_descriptions(context);
  entity::Resolver resolver(context);
  resolver.run();
  EntityLayer out;
  const std::vector<uint8_t> keep = kept_clusters(context, resolver.clusters());
  add_mentions(context, resolver.clusters(), keep, out);
  number_entities(resolver.clusters(), out);
  entity::link_people(article, knowledge.impl(), out);
  out.index();
  return out;
}

}  // namespace avstand
