// Puts candidates that mean the same into one cluster. Stages: names over the whole article, then
// roles, descriptions and pronouns in text order. A wrong merge is worse than a split, so every
// rule asks for evidence and otherwise makes a new cluster (descriptions) or none (pronouns).
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "entity/candidates.h"

namespace avstand::entity {

inline constexpr uint32_t kNone = UINT32_MAX;

/// One entity in the making.
struct Cluster {
  EntityType type = EntityType::kOrganisation;
  std::string name;                 ///< fullest name, or the words of the first mention
  std::vector<std::string> tokens;  ///< of the name, lower case, parted at hyphens too
  const KnownName* known = nullptr;
  std::string country;  ///< ISO code, or "@place" of a place only this article knows
  ProfileKind kind = ProfileKind::kUnknown;
  Control control = Control::kUnknown;
  std::string basis;
  Gender gender = Gender::kUnknown;
  bool named = false;
  bool plural = false;
  bool medium = false;
  bool has_adjective = false;          ///< of a place: the article uses its adjective
  std::string noun;                    ///< lemma of the noun that describes it, lower case
  RoleClass cls = RoleClass::kPerson;  ///< of that noun, for persons
  uint32_t of = kNone;                 ///< whose it is
  std::vector<Role> roles;             ///< Role.of holds a cluster here
  uint32_t mentions = 0;
  float activation = 0;  ///< at `last_sentence`; fades with distance
  uint32_t last_sentence = 0;
  WordId last_word = 0;
  uint32_t last_subject = kNone;  ///< sentence in which it was last a subject
  bool strong = false;            ///< some candidate was not weak
};

/// An arm of a state: government, military, police, court.
inline bool is_of_state(ProfileKind kind) {
  return kind == ProfileKind::kGovernment || kind == ProfileKind::kMilitary ||
         kind == ProfileKind::kPolice || kind == ProfileKind::kCourt;
}

class Resolver {
 public:
  explicit Resolver(Context& context) : c_(context) {}
  void run();

  std::vector<Cluster>& clusters() { return clusters_; }

 private:
  // Text order: one candidate, its possessor before it.
  void resolve(uint32_t index);
  void resolve_name(Candidate& cand);
  uint32_t resolve_person(Candidate& cand);
  uint32_t person_of_age(const Candidate& cand) const;
  uint32_t resolve_body(Candidate& cand);
  uint32_t resolve_place(Candidate& cand);
  uint32_t resolve_medium(Candidate& cand);
  uint32_t resolve_document(Candidate& cand);
  uint32_t resolve_national(Candidate& cand);
  uint32_t resolve_pronoun(Candidate& cand);
  bool means_thing(const Candidate& cand) const;
  void resolve_group(Candidate& cand);

  // Persons.
  uint32_t holder_of(const Candidate& cand, uint32_t of);
  uint32_t conflicting_holder(const Candidate& cand, uint32_t of);
  uint32_t generic_person(const Candidate& cand);
  uint32_t announced(const Candidate& cand) const;
  bool of_fits(const Role& role, const Cluster& person, uint32_t of) const;
  bool gender_fits(const Cluster& cluster, Gender gender) const;

  // Roles and possession.
  uint32_t owner(Candidate& cand);  ///< cluster of the possessor or the country, or kNone
  void add_role(uint32_t cluster, const Candidate& cand, WordId noun, std::string title);
  void add_predicate_roles();
  uint32_t country_cluster(std::string_view key, const Candidate& cand);
  uint32_t hyphen_owner(const Candidate& cand) const;

  // Descriptions.
  uint32_t same_noun(const Candidate& cand, uint32_t of, EntityType type);
  template <typename Fits>
  uint32_t most_salient(const Candidate& cand, uint32_t reach, Fits fits);
  uint32_t new_cluster(const Candidate& cand, EntityType type);

  // Salience and constraints.
  float activation(uint32_t cluster, const Candidate& cand) const;
  void touch(uint32_t cluster, const Candidate& cand);
  bool is_credit(const Candidate& cand) const;
  void forbid(const Candidate& cand);  ///< fills forbidden_ for this candidate
  bool forbidden(uint32_t cluster) const;
  uint32_t sentence(const Candidate& cand) const { return c_.analysis.sentence_of[cand.head]; }

  Context& c_;
  std::vector<Cluster> clusters_;
  std::vector<uint32_t> recent_;  // clusters, the last one touched first; bounded
  std::vector<uint32_t> forbidden_;
  std::vector<uint8_t> state_;  // per candidate: 0 open, 1 under way, 2 done
  StringMap<uint32_t> by_country_;
  StringMap<std::vector<uint32_t>> by_noun_;  // lemma -> clusters, oldest first
  std::map<uint32_t, uint32_t> by_age_;       // years behind a name -> the last cluster with them
  std::vector<uint32_t> holders_;             // clusters with a role
};

template <typename Fits>
uint32_t Resolver::most_salient(const Candidate& cand, uint32_t reach, Fits fits) {
  uint32_t best = kNone;
  float best_score = 0;
  const uint32_t now = sentence(cand);
  for (const uint32_t i : recent_) {
    const Cluster& k = clusters_[i];
    if (now > k.last_sentence + reach || forbidden(i)) continue;
    float bonus = 0;
    if (!fits(k, bonus)) continue;
    const float score = activation(i, cand) + bonus;
    if (score > best_score) best_score = score, best = i;
  }
  return best;
}

/// The names' stage: one cluster for all spellings of a name.
void cluster_names(Context& c, std::vector<Cluster>& clusters);

}  // namespace avstand::entity
