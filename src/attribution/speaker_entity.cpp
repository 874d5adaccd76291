#include "attribution/speaker_entity.h"

#include <algorithm>

#include "attribution/phrases.h"

namespace avstand {
namespace {

/// Attributions that are looked back over for who spoke before.
constexpr size_t kLookBack = 6;

/// Who is spoken of in the words, by name or by a noun: a pronoun there may have been taken for
/// the one who speaks.
std::vector<EntityId> spoken_of(const EntityLayer& entities, const Ranges& content) {
  std::vector<EntityId> out;
  const auto first =
      std::lower_bound(entities.mentions.begin(), entities.mentions.end(), content.front().begin,
                       [](const Mention& m, WordId w) { return m.words.begin < w; });
  for (auto m = first; m != entities.mentions.end() && m->words.begin < content.back().end; ++m)
    if (m->entity != kNoEntity && contains(content, m->head) && m->form != MentionForm::kPronoun)
      out.push_back(m->entity);
  return out;
}

bool has(const std::vector<EntityId>& some, EntityId one) {
  return std::find(some.begin(), some.end(), one) != some.end();
}

/// A person who spoke shortly before and is not spoken of.
EntityId before(const EntityLayer& entities, const std::vector<Attribution>& all, size_t at,
                const std::vector<EntityId>& others) {
  for (size_t back = 1; back <= std::min(at, kLookBack); ++back) {
    const Attribution& x = all[at - back];
    if (x.speaker == kNoEntity || has(others, x.speaker) || x.quote == QuoteType::kScare) continue;
    if (entities.entities[x.speaker].type == EntityType::kPerson) return x.speaker;
  }
  return kNoEntity;
}

}  // namespace

void correct_pronouns(const Analysis& analysis, const EntityLayer& entities,
                      std::vector<Attribution>& all) {
  for (size_t i = 0; i < all.size(); ++i) {
    Attribution& x = all[i];
    if (x.quote != QuoteType::kDirect || x.source.empty() || x.speaker == kNoEntity) continue;
    const Mention* m = entities.principal(analysis, x.source.front());
    if (m == nullptr || m->form != MentionForm::kPronoun) continue;
    const std::vector<EntityId> others = spoken_of(entities, x.content);
    if (has(others, x.speaker)) x.speaker = before(entities, all, i, others);
  }
}

}  // namespace avstand
