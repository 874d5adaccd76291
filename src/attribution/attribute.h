// Attributions of an article: a trained model labels who says what by each cue, rules join speech
// over the document.
#pragma once

#include <memory>
#include <string>

#include "attribution/attributions.h"
#include "attribution/role_buffers.h"
#include "base/deadline.h"
#include "base/result.h"
#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand {

/// Cue lexicons of all languages (data/lang/*/cues.tsv and its companions). Immutable, shared.
class CueLexicon {
 public:
  static Result<CueLexicon> load(const std::string& data_dir, const std::string& model_dir);
  CueLexicon(CueLexicon&&) noexcept;
  CueLexicon& operator=(CueLexicon&&) noexcept;
  ~CueLexicon();

  struct Language;
  const Language* find(LanguageCode code) const;  ///< null: not supported

 private:
  CueLexicon();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Finds all attributions; sets everything but the chain, evidence and verification, which
/// provenance concludes. Once the deadline has passed it is given up, and what is there is not
/// whole.
AttributionLayer attribute(const Analysis& analysis, const Tree& tree, const EntityLayer& entities,
                           const CueLexicon& lexicon, RoleBuffers& buffers,
                           const Deadline& deadline);

}  // namespace avstand
