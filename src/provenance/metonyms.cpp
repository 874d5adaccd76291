// A capital that says, denies or demands something is the government that sits there.
#include "provenance/metonyms.h"

namespace avstand::provenance {
namespace {

/// The mention of a capital that heads the words of a source; null if that is something else.
Mention* speaking_capital(const Analysis& analysis, const std::vector<WordRange>& source,
                          EntityLayer& layer) {
  for (const WordRange range : source) {
    const Mention* m = layer.principal(analysis, range);
    if (m && m->form == MentionForm::kName && m->entity < layer.entities.size() &&
        layer.entities[m->entity].capital)
      return &layer.mentions[static_cast<size_t>(m - layer.mentions.data())];
  }
  return nullptr;
}

}  // namespace

EntityLayer with_metonyms(const Analysis& analysis, const EntityLayer& entities,
                          const AttributionLayer& attributions) {
  EntityLayer out = entities;
  for (const Attribution& a : attributions.attributions)
    if (Mention* m = speaking_capital(analysis, a.source, out)) {
      m->form = MentionForm::kMetonym;
      Profile& profile = out.entities[m->entity].profile;
      profile.kind = ProfileKind::kGovernment;
      profile.control = Control::kState;
    }
  return out;
}

}  // namespace avstand::provenance
