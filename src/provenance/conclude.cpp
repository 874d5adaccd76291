#include "provenance/conclude.h"

#include "base/hash.h"
#include "provenance/context.h"
#include "provenance/metonyms.h"

namespace avstand {
namespace {

std::optional<std::string> known(const std::string& s) {
  return s.empty() ? std::nullopt : std::optional(s);
}

ledger::Entity convert(const Entity& e) {
  ledger::Entity out;
  out.type = to_string(e.type);
  out.name = e.name;
  out.qid = e.qid;
  for (const Role& r : e.roles) {
    if (r.tenure == Tenure::kLater) continue;  // what came after the article is no part of it
    out.roles.push_back({r.title, r.of == kNoEntity ? std::nullopt : std::optional(r.of),
                         known(r.from), known(r.to), r.stated,
                         known(std::string(to_string(r.tenure))), known(r.checked)});
  }
  out.profile = {std::string(to_string(e.profile.kind)),
                 known(e.profile.country),
                 std::string(to_string(e.profile.control)),
                 known(e.profile.basis),
                 known(e.profile.owner),
                 std::string(to_string(e.profile.parts.funding)),
                 std::string(to_string(e.profile.parts.ownership)),
                 std::string(to_string(e.profile.parts.editorial))};
  return out;
}

void copy_layers(const Analysis& analysis, const EntityLayer& entities, ledger::Ledger& out) {
  for (const SentenceInfo& s : analysis.sentences) out.sentences.push_back(s.span);
  for (const Entity& e : entities.entities) out.entities.push_back(convert(e));
  for (const Mention& m : entities.mentions)
    if (m.entity < out.entities.size() && !m.words.empty())
      out.entities[m.entity].mentions.push_back(
          {analysis.span(m.words), std::string(to_string(m.form))});
}

}  // namespace

ledger::Ledger conclude(Article article, const Analysis& analysis, const Tree& tree,
                        const EntityLayer& found, const AttributionLayer& given,
                        const EventLayer& events, const Knowledge& knowledge,
                        const ProvenanceRules& rules) {
  using namespace provenance;
  const EntityLayer entities = with_metonyms(analysis, found, given);
  AttributionLayer attributions = given;
  ledger::Ledger out;
  out.digest = sha256(article.text);
  out.document = std::move(article);
  copy_layers(analysis, entities, out);
  Context c(out.document, analysis, tree, entities, attributions, knowledge, rules.impl(), out);
  if (c.symbols.outlet() != kNoEntity) out.outlet_entity = c.symbols.outlet();
  drop_remarks(c, attributions);
  find_agency(c);
  make_statements(c);
  build_chains(c);
  announce_origins(c);
  add_agency_hops(c);
  judge_evidence(c);
  judge_pictures(c);
  judge_picture_files(c);
  judge_verification(c);
  judge_answers(c);
  judge_interest(c);
  make_own_words(c);
  find_findings(c);
  find_conflicts(c);
  summarise(c);
  number_statements(c);
  make_events(c, events);
  return out;
}

}  // namespace avstand
