#include "attribution/speaker_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace avstand {
namespace {

/// How many sentences before and behind the speech are looked at.
constexpr uint32_t kBefore = 24, kBehind = 8;

/// Class of a distance in sentences.
uint32_t reach(uint32_t distance) {
  constexpr std::array<uint32_t, 6> kUpTo = {1, 2, 3, 5, 8, 14};
  return static_cast<uint32_t>(std::lower_bound(kUpTo.begin(), kUpTo.end(), distance) -
                               kUpTo.begin());
}

uint32_t often(uint32_t count) { return count < 4 ? count : count < 8 ? 4 : 5; }

}  // namespace

/// One who may speak.
struct SpeakerModel::Near {
  Ranges source;
  WordId head = kNoWord;
  EntityId entity = kNoEntity;
  std::string form = "phrase", type = "unknown";
  std::string tells = "silent";
  bool before = true;
  uint32_t distance = 0;  // in sentences
  uint32_t rank = 0;      // how many stand nearer on its side
};

/// What the speech itself and the speech before it tell.
struct SpeakerModel::Scene {
  std::string kind;  // of what goes before: a question, a heading, other text
  bool first_person = false;
  std::vector<EntityId> named;  // inside the speech
  EntityId spoke_last = kNoEntity;
};

SpeakerModel::SpeakerModel(const FrameContext& context, const EntityLayer& entities,
                           const QuotationMap& quotes, const std::vector<uint8_t>& spoken)
    : c_(context), entities_(entities), quotes_(quotes), spoken_(spoken) {
  const Analysis& a = c_.analysis;
  mentions_.resize(a.sentences.size());
  tellers_.resize(a.sentences.size());
  count_.resize(entities_.entities.size());
  for (uint32_t i = 0; i < entities_.mentions.size(); ++i) {
    const Mention& m = entities_.mentions[i];
    if (m.head == kNoWord || m.entity == kNoEntity) continue;
    mentions_[a.sentence_of[m.head]].push_back(i);
    count_[m.entity] += spoken_[m.head] == 0 ? 1 : 0;
  }
}

void SpeakerModel::add(const Teller& teller) {
  if (teller.head != kNoWord) tellers_[c_.analysis.sentence_of[teller.head]].push_back(teller);
}

SpeakerModel::Near SpeakerModel::look(WordId head) const {
  Near out;
  out.head = head;
  if (const Mention* m = entities_.by_head(head); m != nullptr && m->entity != kNoEntity) {
    out.entity = m->entity;
    out.form = to_string(m->form);
    out.type = to_string(entities_.entities[m->entity].type);
  } else if (c_.analysis.words[head].upos == Upos::kPropn) {
    out.form = "name";
  } else if (c_.analysis.words[head].upos == Upos::kPron) {
    out.form = "pronoun";
  }
  return out;
}

/// Told in the third person, outside speech and marks.
bool SpeakerModel::can_speak(WordId head) const {
  const std::string_view lemma = c_.analysis.lemma(head);
  for (const CueRole role : {CueRole::kFirst, CueRole::kSecond, CueRole::kGeneric})
    if (c_.lexicon.is(lemma, role)) return false;
  return spoken_[head] == 0 && quotes_.quoted_at(head) == nullptr;
}

std::vector<SpeakerModel::Near> SpeakerModel::around(BareSpeech speech) const {
  const auto count = static_cast<uint32_t>(c_.analysis.sentences.size());
  std::vector<Near> out;
  for (uint32_t s = speech.first > kBefore ? speech.first - kBefore : 0;
       s < std::min(speech.last + kBehind + 1, count); ++s) {
    if (speech.first <= s && s <= speech.last) continue;
    const size_t from = out.size();
    for (const Teller& teller : tellers_[s]) {
      if (!can_speak(teller.head) || teller.source.empty()) continue;
      Near near = look(teller.head);
      near.source = teller.source;
      near.tells = teller.kind == Teller::kBare    ? "bare"
                   : teller.kind == Teller::kHeard ? "heard"
                                                   : "reported";
      out.push_back(std::move(near));
    }
    for (const uint32_t i : mentions_[s]) {
      const Mention& m = entities_.mentions[i];
      const EntityType type = entities_.entities[m.entity].type;
      if (type != EntityType::kPerson && type != EntityType::kOrganisation &&
          type != EntityType::kGroup)
        continue;
      const bool told = std::any_of(out.begin() + static_cast<ptrdiff_t>(from), out.end(),
                                    [&](const Near& n) { return overlaps(n.source, {m.words}); });
      if (told || !can_speak(m.head)) continue;
      Near near = look(m.head);
      near.source = {m.words};
      out.push_back(std::move(near));
    }
    std::sort(out.begin() + static_cast<ptrdiff_t>(from), out.end(),
              [](const Near& a, const Near& b) { return a.head < b.head; });
    for (size_t k = from; k < out.size(); ++k) {
      out[k].before = s < speech.first;
      out[k].distance = s < speech.first ? speech.first - s : s - speech.last;
    }
  }
  const auto before = static_cast<size_t>(
      std::count_if(out.begin(), out.end(), [](const Near& n) { return n.before; }));
  for (size_t k = 0; k < out.size(); ++k)
    out[k].rank =
        static_cast<uint32_t>(std::min<size_t>(k < before ? before - 1 - k : k - before, 4));
  return out;
}

SpeakerModel::Scene SpeakerModel::scene(BareSpeech speech) const {
  const Analysis& a = c_.analysis;
  Scene out;
  const auto end_of = [&](uint32_t s) { return a.sentences[s].words.end - 1; };
  out.kind = is_heading(a, a.sentences[speech.first])  ? "heading"
             : speech.first == 0                       ? "start"
             : a.form(end_of(speech.first - 1)) == "?" ? "answer"
                                                       : "text";
  const WordRange words{a.sentences[speech.first].words.begin, a.sentences[speech.last].words.end};
  for (WordId w = words.begin; w < words.end; ++w)
    out.first_person = out.first_person || c_.lexicon.is(a.lemma(w), CueRole::kFirst);
  for (uint32_t s = speech.first; s <= speech.last; ++s)
    for (const uint32_t i : mentions_[s])
      if (entities_.mentions[i].form != MentionForm::kPronoun)
        out.named.push_back(entities_.mentions[i].entity);
  for (uint32_t s = speech.first;
       s-- > 0 && speech.first - s <= kBefore && out.spoke_last == kNoEntity;)
    for (const Teller& teller : tellers_[s])
      if (teller.kind != Teller::kReported)
        if (const Near near = look(teller.head); near.entity != kNoEntity)
          out.spoke_last = near.entity;
  return out;
}

void SpeakerModel::add_features(const Scene& scene, const Near& near,
                                std::vector<std::string>& out) const {
  const Analysis& a = c_.analysis;
  const auto add = [&](const std::string& f) { out.push_back("who:" + f); };
  const std::string side = near.before ? "b" : "a";
  const std::string at = side + std::to_string(reach(near.distance));
  const std::string rank = side + "r" + std::to_string(near.rank);
  const Word& head = a.words[near.head];
  const bool root = head.head == kNoWord || a.words[head.head].head == kNoWord;
  const std::string rel = std::string(to_string(head.rel)) + (root ? "+" : "");
  const bool known = near.entity != kNoEntity;
  const bool inside =
      known && std::find(scene.named.begin(), scene.named.end(), near.entity) != scene.named.end();
  const bool last = known && near.entity == scene.spoke_last;
  add("somebody");
  add(at);
  add(at + scene.kind);
  add(rank);
  add(rank + scene.kind);
  add(near.form + near.type);
  add(near.type + (scene.first_person ? "1" : ""));
  add(near.form + at);
  add(rel);
  add(rel + at);
  add(near.tells);
  add(near.tells + at);
  add(near.tells + scene.kind + side);
  add(near.tells + rank);
  add("often" + std::to_string(known ? often(count_[near.entity]) : 0));
  if (inside) add("named inside");
  if (scene.spoke_last != kNoEntity) add((last ? "spoke last" : "another spoke last") + scene.kind);
  if (last) add("spoke last" + at);
}

std::vector<SpeakerChoice> SpeakerModel::choices(BareSpeech speech) const {
  const Scene here = scene(speech);
  std::vector<SpeakerChoice> out(1);
  out[0].features = {
      "who:nobody", "who:nobody" + here.kind,
      std::string("who:nobody") + (here.first_person ? "1" : "0"),
      "who:nobody" + std::to_string(std::min<uint32_t>(speech.first, 3)),
      "who:nobody long" + std::to_string(std::min<uint32_t>(speech.last - speech.first, 3))};
  for (Near& near : around(speech)) {
    SpeakerChoice choice{.source = std::move(near.source),
                         .head = near.head,
                         .entity = near.entity,
                         .distance = near.distance};
    add_features(here, near, choice.features);
    out.push_back(std::move(choice));
  }
  return out;
}

SpeakerChoice SpeakerModel::best(BareSpeech speech) const {
  std::vector<SpeakerChoice> all = choices(speech);
  // Who is no entity, and nobody, stand for themselves.
  const auto one = [&](size_t i) {
    return all[i].entity != kNoEntity ? all[i].entity : entities_.entities.size() + i;
  };
  std::map<size_t, double> mass;
  for (size_t i = 0; i < all.size(); ++i)
    mass[one(i)] += std::exp(static_cast<double>(c_.lexicon.roles->speech(all[i].features)));
  const auto likeliest = std::max_element(
      mass.begin(), mass.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  size_t best = all.size();
  for (size_t i = 0; i < all.size(); ++i) {
    if (one(i) != likeliest->first) continue;
    const bool before = all[i].head < c_.analysis.sentences[speech.first].words.begin;
    // Of two before the speech the later stands nearer; of two behind it, the earlier.
    if (best == all.size() || all[i].distance < all[best].distance ||
        (all[i].distance == all[best].distance && before))
      best = i;
  }
  return std::move(all[best]);
}

}  // namespace avstand
