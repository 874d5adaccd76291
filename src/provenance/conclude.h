// What the ledger concludes from attributions, entities and captions: chains, evidence,
// verification, pictures, findings, summary.
#pragma once

#include <memory>
#include <string>

#include "attribution/attributions.h"
#include "base/result.h"
#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"
#include "entity/resolve.h"
#include "event/events.h"
#include "ledger/ledger.h"

namespace avstand {

/// Marker lists and messages of all languages (data/lang/*/…, data/messages.tsv). Immutable,
/// shared.
class ProvenanceRules {
 public:
  static Result<ProvenanceRules> load(const std::string& data_dir);
  ProvenanceRules(ProvenanceRules&&) noexcept;
  ProvenanceRules& operator=(ProvenanceRules&&) noexcept;
  ~ProvenanceRules();

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  ProvenanceRules();
  std::unique_ptr<Impl> impl_;
};

/// Builds the ledger (all but `engine`). The article is moved into it.
ledger::Ledger conclude(Article article, const Analysis& analysis, const Tree& tree,
                        const EntityLayer& entities, const AttributionLayer& attributions,
                        const EventLayer& events, const Knowledge& knowledge,
                        const ProvenanceRules& rules);

}  // namespace avstand
