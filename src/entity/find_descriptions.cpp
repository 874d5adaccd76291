#include <algorithm>
#include <tuple>

#include "entity/candidates.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

/// The word whose relation counts for a member of a list: the first member.
WordId governing(const Context& c, WordId w) {
  while (c.word(w).rel == Rel::kConj && c.word(w).head != kNoWord) w = c.word(w).head;
  return w;
}

/// Whether the phrase can be who says, does or shows something: subject, or after "av", "ifølge".
bool is_agent(const Context& c, WordId w) {
  const WordId g = governing(c, w);
  const Rel rel = c.word(g).rel;
  if (rel == Rel::kNsubj) return true;
  // "Politiet: Mange er sakna"
  const WordRange s = c.analysis.sentence(w).words;
  if (w == s.begin && w + 1 < s.end && c.word(w).head == kNoWord && c.analysis.form(w + 1) == ":")
    return true;
  return (rel == Rel::kObl || rel == Rel::kNmod) && c.case_of(g) == CaseRole::kAgent;
}

bool is_predicate(const Context& c, WordId w) { return c.tree.child(w, Rel::kCop) != kNoWord; }

/// Adjectives of places that no list has ("harvensk" beside "Harvenia").
void derive_adjectives(Context& c) {
  for (const Candidate& cand : c.candidates) {
    if (cand.known || cand.name.size() != 1 || cand.ner == "PROD") continue;
    const LanguageLexicon* l = c.lexicon(cand.head);
    if (!l) continue;
    const std::string name = lower_case(c.name_text(cand.name));
    if (name.size() < 4) continue;
    for (const auto& [name_end, adjective_end] : l->place_adjectives)
      if (name.ends_with(name_end))
        c.local_adjectives.emplace(name.substr(0, name.size() - name_end.size()) + adjective_end,
                                   "@" + name);
  }
}

void add_adjective(Context& c, WordId w) {
  const std::string_view iso = adjective_country(c, w);
  if (iso.empty()) return;
  if (iso.front() == '@') c.used_places.emplace(iso);
  Candidate cand;
  cand.sort = Sort::kAdjective;
  cand.head = w;
  const LanguageLexicon* l = c.lexicon(w);
  const bool alone = l->adjectives.contains(c.lower_lemma(w)) ||
                     l->adjectives.contains(c.lower_form(w)) || iso.front() == '@';
  cand.words = {alone ? w : w - 1, w + 1};
  cand.country = iso;
  cand.weak = true;
  c.candidates.push_back(std::move(cand));
}

void add_pronoun(Context& c, WordId w) {
  const LanguageLexicon* l = c.lexicon(w);
  const Rel rel = c.word(w).rel;
  if (!l || rel == Rel::kExpl || rel == Rel::kFixed || c.tree.child(w, Rel::kAcl) != kNoWord)
    return;
  const auto it = l->pronouns.find(c.lower_form(w));
  if (it == l->pronouns.end() || it->second.use == PronounUse::kSpeaker) return;
  Candidate cand;
  cand.sort = Sort::kPronoun;
  cand.words = {w, w + 1};
  cand.head = w;
  cand.pronoun = &it->second;
  cand.gender = it->second.gender;
  cand.plural = it->second.use == PronounUse::kGroup || it->second.use == PronounUse::kBoth;
  cand.subject = c.word(governing(c, w)).rel == Rel::kNsubj;
  cand.weak = true;
  c.candidates.push_back(std::move(cand));
}

Sort sort_of(const LemmaInfo& info) {
  if (info.national) return Sort::kNational;
  if (info.medium) return Sort::kMedium;
  if (info.person) return Sort::kPerson;
  if (info.document) return Sort::kDocument;
  return info.body->type == EntityType::kPlace ? Sort::kPlaceNoun : Sort::kBody;
}

bool has_colon(const Context& c, WordRange s) {
  for (WordId w = s.begin; w < s.end; ++w)
    if (c.analysis.form(w) == ":") return true;
  return false;
}

/// Whether an adjective or participle stands for a person ("sikta", "den tiltalte").
bool nominalised(const Context& c, WordId w, const LemmaInfo& info) {
  if (!info.person) return false;
  const RoleClass cls = info.person->cls;
  const Rel rel = c.word(governing(c, w)).rel;
  const WordRange s = c.analysis.sentence(w).words;
  const bool label = w == s.begin && c.word(w).head == kNoWord && has_colon(c, s);
  const bool argument = label || c.tree.child(w, Rel::kCase) != kNoWord || rel == Rel::kNsubj ||
                        rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kIobj ||
                        rel == Rel::kNmod;
  // "En ansatt", "de etterlatte": a determiner makes a noun of any of them.
  const bool determined = c.tree.child(w, Rel::kDet) != kNoWord;
  return argument && (determined || cls == RoleClass::kParty || cls == RoleClass::kWitness ||
                      cls == RoleClass::kResident || cls == RoleClass::kKin);
}

/// Whether a noun phrase that is neither definite nor introduced is worth a mention.
bool keep_bare(const Context& c, const Candidate& cand) {
  if (cand.sort == Sort::kPlaceNoun) return false;
  if (cand.plural || cand.sort == Sort::kDocument) return true;
  if (cand.info.body && cand.info.body->use == NounUse::kUnique) return true;
  return is_agent(c, cand.head);
}

void add_noun(Context& c, WordId w) {
  const Upos pos = c.word(w).upos;
  const LemmaInfo info = c.noun_info(w);
  if (!info.any() || c.word(w).rel == Rel::kCompound || c.word(w).rel == Rel::kFixed) return;
  if (info.body && info.body->use == NounUse::kName) return;
  if (is_predicate(c, w)) {
    const WordId subject = c.tree.child(w, Rel::kNsubj);
    if (subject != kNoWord && info.person) c.predicates.emplace_back(subject, w);
    return;
  }
  if (pos != Upos::kNoun && pos != Upos::kPropn && !nominalised(c, w, info)) return;
  Candidate cand;
  cand.sort = sort_of(info);
  cand.head = cand.noun = w;
  cand.info = info;
  cand.title = c.title_of(w);
  if (info.person) cand.gender = info.person->gender;
  read_phrase(c, cand);
  if (pos != Upos::kNoun && pos != Upos::kPropn) cand.definite = !cand.indefinite && !cand.plural;
  if (info.body && info.body->use == NounUse::kUnique) cand.definite = !cand.indefinite;
  if (cand.sort == Sort::kPlaceNoun && !cand.definite) return;
  if (!cand.definite && !cand.indefinite && !keep_bare(c, cand)) return;
  cand.subject = c.word(governing(c, w)).rel == Rel::kNsubj;
  cand.weak = !is_agent(c, w);
  cand.words = noun_phrase(c, w, {});
  c.candidates.push_back(std::move(cand));
}

bool can_join(Sort sort) {
  return sort == Sort::kName || sort == Sort::kPerson || sort == Sort::kBody ||
         sort == Sort::kMedium || sort == Sort::kNational;
}

/// "Japan, Sør-Korea og USA" as who says something: one group more, around its members.
void add_group(Context& c, uint32_t first) {
  const WordId head = c.candidates[first].head;
  if (c.word(head).rel == Rel::kConj || !is_agent(c, head)) return;
  Candidate group;
  group.members.push_back(first);
  group.words = c.candidates[first].words;
  for (const WordId w : c.tree.children(head)) {
    // "Penhall & Co" is one.
    if (c.word(w).rel != Rel::kConj || c.candidates[first].name.contains(w)) continue;
    const uint32_t member = c.by_head[w];
    if (member == UINT32_MAX || !can_join(c.candidates[member].sort)) return;
    group.members.push_back(member);
    group.words.end = std::max(group.words.end, c.candidates[member].words.end);
  }
  if (group.members.size() < 2 || !can_join(c.candidates[first].sort)) return;
  for (const uint32_t m : group.members) c.candidates[m].in_group = true;
  group.sort = Sort::kGroup;
  group.head = head;
  group.plural = true;
  group.subject = c.word(head).rel == Rel::kNsubj;
  c.candidates.push_back(std::move(group));
}

void index_heads(Context& c) {
  c.by_head.assign(c.analysis.words.size(), UINT32_MAX);
  for (uint32_t i = 0; i < c.candidates.size(); ++i) {
    if (c.candidates[i].sort == Sort::kGroup) continue;
    c.by_head[c.candidates[i].head] = i;
    // A name under its title answers for both words.
    if (!c.candidates[i].name.empty())
      for (WordId w = c.candidates[i].name.begin; w < c.candidates[i].name.end; ++w)
        if (c.by_head[w] == UINT32_MAX) c.by_head[w] = i;
  }
}

void sort_candidates(Context& c) {
  const auto less = [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.words.begin, UINT32_MAX - a.words.end, a.sort != Sort::kGroup, a.head) <
           std::tuple(b.words.begin, UINT32_MAX - b.words.end, b.sort != Sort::kGroup, b.head);
  };
  std::stable_sort(c.candidates.begin(), c.candidates.end(), less);
  index_heads(c);
}

}  // namespace

void find_descriptions(Context& c) {
  derive_adjectives(c);
  for (Candidate& cand : c.candidates) read_phrase(c, cand);  // now that adjectives are known
  for (WordId w = 0; w < c.analysis.words.size(); ++w) {
    if (c.taken[w] || !c.analysis.sentence(w).parsed) continue;
    const Upos pos = c.word(w).upos;
    if (pos == Upos::kPron || pos == Upos::kDet)
      add_pronoun(c, w);
    else if (pos == Upos::kNoun || pos == Upos::kPropn || pos == Upos::kAdj || pos == Upos::kVerb)
      add_noun(c, w);
    if (pos == Upos::kAdj || pos == Upos::kPropn) add_adjective(c, w);
  }
  sort_candidates(c);
  const auto alone = static_cast<uint32_t>(c.candidates.size());
  for (uint32_t i = 0; i < alone; ++i) add_group(c, i);
}

}  // namespace avstand::entity
