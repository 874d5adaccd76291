#include <algorithm>

#include "entity/resolver.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

/// What having been the subject just before adds to a pronoun's salience: as much as a mention
/// there.
constexpr float kGoesOn = 1.0F;

bool ends_same(std::string_view a, std::string_view b) {
  return a == b || (a.size() >= 3 && b.ends_with(a));
}

/// Organisations, and names of one word that nothing in the text makes a person or a country: what
/// a name names is often only told by "selskapet" after it.
bool may_be_body(const Cluster& k) {
  if (k.type == EntityType::kOrganisation) return true;
  if (!k.named || k.known || k.tokens.size() != 1 || k.has_adjective) return false;
  return k.type == EntityType::kPerson && k.roles.empty() && k.gender == Gender::kUnknown;
}

}  // namespace

/// A cluster that the same noun has described ("en rapport" … "rapporten"), or a compound of it.
uint32_t Resolver::same_noun(const Candidate& cand, uint32_t of, EntityType type) {
  const std::string lemma = c_.noun_lemma(cand.noun);
  const auto fits = [&](uint32_t i) {
    const Cluster& k = clusters_[i];
    if (k.type != type || k.plural != cand.plural || forbidden(i)) return false;
    if (of == kNone || k.of == of) return true;
    const std::string& country = clusters_[of].country;
    return k.of == kNone ? k.country.empty() || k.country == country
                         : !country.empty() && clusters_[k.of].country == country &&
                               clusters_[k.of].type == clusters_[of].type;
  };
  if (const auto it = by_noun_.find(lemma); it != by_noun_.end()) {
    const std::vector<uint32_t>& list = it->second;
    const size_t most = std::min<size_t>(list.size(), 50);
    for (size_t n = 0; n < most; ++n)
      if (const uint32_t i = list[list.size() - 1 - n]; fits(i)) return i;
  }
  uint32_t best = kNone;
  float score = 0;
  for (const uint32_t i : recent_) {
    const Cluster& k = clusters_[i];
    const bool noun = !k.noun.empty() && ends_same(lemma, k.noun);
    const bool name = k.named && !k.tokens.empty() && ends_same(lemma, k.tokens.back());
    if ((!noun && !name) || !fits(i)) continue;
    if (const float s = activation(i, cand) + 0.01F; s > score) score = s, best = i;
  }
  return best;
}

uint32_t Resolver::resolve_body(Candidate& cand) {
  const uint32_t of = owner(cand);
  const BodyNoun& body = *cand.info.body;
  uint32_t found = kNone;
  if (cand.definite) found = same_noun(cand, of, EntityType::kOrganisation);
  if (found == kNone && cand.definite && of == kNone && body.use == NounUse::kGeneric &&
      !cand.plural && cand.title.find(' ') == std::string::npos &&
      c_.lexicon(cand.head)->bodies.has_word(c_.noun_lemma(cand.noun))) {
    found = most_salient(cand, 8, [&](const Cluster& k, float& bonus) {
      if (k.medium || k.plural || !may_be_body(k)) return false;
      if (k.known && k.known->profile.kind != body.kind) return false;
      // "Selskapet" may be a name of which nobody knows what it names; an arm of a state has one
      // that tells.
      const bool tells = k.type == EntityType::kOrganisation && is_of_state(body.kind);
      if (k.kind != body.kind && (k.kind != ProfileKind::kUnknown || tells)) return false;
      if (!k.named && !ends_same(cand.title, k.noun)) return false;
      bonus = (k.kind == body.kind ? 0.5F : 0.0F) + (k.named ? 1.0F : 0.0F);
      return true;
    });
  }
  if (found == kNone) {
    found = new_cluster(cand, cand.plural ? EntityType::kGroup : EntityType::kOrganisation);
    clusters_[found].of = of;
    if (of != kNone) clusters_[found].country = clusters_[of].country;
  }
  Cluster& k = clusters_[found];
  if (!cand.plural && !k.known) k.type = EntityType::kOrganisation;
  if (k.kind == ProfileKind::kUnknown && !k.known) k.kind = body.kind;
  if (cand.state && k.control == Control::kUnknown) k.control = Control::kState;
  return found;
}

/// "Landet", "byen": the place of the right sort that the text speaks of.
uint32_t Resolver::resolve_place(Candidate& cand) {
  const bool country = cand.info.body->country;
  // A possessor of a named body with a known country is that country ("landets nyhetsbyrå X").
  const WordId up = c_.word(cand.head).head;
  if (country && up != kNoWord && c_.by_head[up] != kNone) {
    const Candidate& outer = c_.candidates[c_.by_head[up]];
    if (outer.possessor == cand.head && outer.entity != kNone && clusters_[outer.entity].known) {
      const std::string& iso = clusters_[outer.entity].known->profile.country;
      if (!iso.empty()) return country_cluster(iso, cand);
    }
  }
  // "The village of X" is X.
  const uint32_t of =
      cand.possessor != kNoWord && cand.possessor > cand.head ? c_.by_head[cand.possessor] : kNone;
  if (of != kNone && c_.candidates[of].entity != kNone &&
      c_.case_of(cand.possessor) == CaseRole::kOf &&
      clusters_[c_.candidates[of].entity].type == EntityType::kPlace)
    return c_.candidates[of].entity;
  const std::string lemma = c_.noun_lemma(cand.noun);
  return most_salient(cand, 10, [&](const Cluster& k, float& bonus) {
    if (k.type != EntityType::kPlace || !k.named) return false;
    const bool is_country = k.known && k.known->sort == KnownSort::kCountry;
    if (k.known && is_country != country) return false;
    // A place with an adjective of its own ("harvensk") is a country, one without a town.
    if (!k.known && k.has_adjective != country) return false;
    if (country && cand.info.body->use == NounUse::kGeneric && k.last_sentence == sentence(cand))
      bonus = 1.0F;
    if (!country && k.noun == lemma) bonus = 1.0F;
    const auto it = by_noun_.find(lemma);
    const auto id = static_cast<uint32_t>(&k - clusters_.data());
    if (it != by_noun_.end() && !it->second.empty() && it->second.back() == id)
      bonus += cand.info.body->use == NounUse::kGeneric ? 0.3F : 1.5F;
    bonus += 0.1F * static_cast<float>(std::min<uint32_t>(k.mentions, 10));
    return true;
  });
}

uint32_t Resolver::resolve_medium(Candidate& cand) {
  const uint32_t of = owner(cand);
  const MediaNoun& medium = *cand.info.medium;
  uint32_t found = kNone;
  if (cand.definite)
    found = same_noun(cand, of, cand.plural ? EntityType::kGroup : EntityType::kOrganisation);
  if (found == kNone && cand.definite && !cand.plural && medium.generic) {
    const std::string country = of == kNone ? std::string() : clusters_[of].country;
    found = most_salient(cand, 12, [&](const Cluster& k, float& bonus) {
      if (k.type != EntityType::kOrganisation || !k.named) return false;
      const ProfileKind kind = k.known ? k.known->profile.kind : k.kind;
      const Profile& p = k.known ? k.known->profile : Profile{};
      const std::string& home = k.known ? p.country : k.country;
      if (!country.empty() && home != country) return false;
      if (country.empty() && of != kNone) return false;
      const bool agency = medium.kind == ProfileKind::kNewsAgency;
      const bool state = kind == ProfileKind::kStateMedia && !country.empty();
      const bool state_agency = kind == ProfileKind::kStateMedia && agency;
      bonus = kind == medium.kind ? 0.5F : 0.0F;
      return kind == medium.kind || state || state_agency;
    });
  }
  if (found != kNone) return found;
  found = new_cluster(cand, cand.plural ? EntityType::kGroup : EntityType::kOrganisation);
  Cluster& k = clusters_[found];
  k.of = of;
  k.medium = true;
  k.kind = cand.state ? ProfileKind::kStateMedia : medium.kind;
  k.control = cand.state ? Control::kState : medium.control;
  if (of != kNone) k.country = clusters_[of].country;
  return found;
}

uint32_t Resolver::resolve_document(Candidate& cand) {
  const uint32_t of = owner(cand);
  uint32_t found = kNone;
  if (cand.definite && of == kNone) {
    found = same_noun(cand, of, EntityType::kWork);
    if (found == kNone)
      found = most_salient(cand, 2, [&](const Cluster& k, float&) {
        return k.type == EntityType::kWork && !k.named && k.plural == cand.plural &&
               k.kind == ProfileKind::kSensor && cand.info.document->kind == ProfileKind::kSensor;
      });
  }
  if (found != kNone) return found;
  found = new_cluster(cand, EntityType::kWork);
  clusters_[found].kind = cand.info.document->kind;
  clusters_[found].of = of;
  return found;
}

/// Whether a noun of the pronoun's gender stands nearer in the sentence than any person.
bool Resolver::means_thing(const Candidate& cand) const {
  // Nynorsk "ho", "han" mean things too: a noun of that gender nearer than any person takes it.
  const std::string_view feature = cand.gender == Gender::kFemale ? "Gender=Fem" : "Gender=Masc";
  const WordId begin = c_.analysis.sentence(cand.head).words.begin;
  bool person_before = false;
  for (WordId w = cand.head; w > begin && !person_before; --w) {
    const uint32_t i = c_.by_head[w - 1];
    person_before = i != kNone && c_.candidates[i].entity != kNone &&
                    clusters_[c_.candidates[i].entity].type == EntityType::kPerson &&
                    gender_fits(clusters_[c_.candidates[i].entity], cand.gender);
    const bool thing = c_.word(w - 1).upos == Upos::kNoun && c_.analysis.has(w - 1, feature) &&
                       !c_.info(w - 1).person && c_.word(w - 1).rel != Rel::kNsubj;
    if (thing && !person_before && cand.gender == Gender::kFemale) return true;
  }
  return false;
}

uint32_t Resolver::resolve_pronoun(Candidate& cand) {
  const PronounUse use = cand.pronoun->use;
  if (use == PronounUse::kGroup || use == PronounUse::kBoth)
    return most_salient(cand, use == PronounUse::kBoth ? 2 : 1,
                        [&](const Cluster& k, float& bonus) {
                          bonus = cand.subject && k.type == EntityType::kGroup ? 0.5F : 0.0F;
                          return k.type == EntityType::kGroup && k.plural && k.strong;
                        });
  if (use == PronounUse::kThing) {
    if (!cand.subject) return kNone;
    return most_salient(cand, 1, [&](const Cluster& k, float& bonus) {
      if (k.plural || k.type == EntityType::kPerson || k.type == EntityType::kGroup) return false;
      bonus = k.type == EntityType::kOrganisation ? 0.3F : 0.0F;
      return k.type == EntityType::kOrganisation ||
             (k.known && k.known->sort == KnownSort::kCountry);
    });
  }
  if (use == PronounUse::kAny && means_thing(cand)) return kNone;
  // "… Ho kom sjølv, seier ho": the sentence before an inquit in its block is speech, and whom
  // speech is about does not say it.
  const uint32_t now = sentence(cand);
  const WordId verb = c_.word(cand.head).head;
  const bool inquit = verb != kNoWord && verb < cand.head;
  const auto& sentences = c_.analysis.sentences;
  const bool after_speech = inquit && now > 0 && sentences[now - 1].block == sentences[now].block;
  const uint32_t found = most_salient(cand, 5, [&](const Cluster& k, float& bonus) {
    if (k.type != EntityType::kPerson || k.plural || !gender_fits(k, cand.gender)) return false;
    bonus = k.gender == cand.gender ? 0.3F : 0.0F;
    // Who was the subject of the sentence before goes on being one (Grosz, Joshi & Weinstein 1995).
    const bool before = k.last_subject + 1 == now && !after_speech;
    if (cand.subject && (before || k.last_subject == now)) bonus += kGoesOn;
    return true;
  });
  if (found != kNone && clusters_[found].gender == Gender::kUnknown)
    clusters_[found].gender = cand.gender;
  return found;
}

}  // namespace avstand::entity
