// Sentences that say of the one before who said it: "Det bekrefter X.", "Slik argumenterer X."
#pragma once

#include "attribution/candidate.h"
#include "entity/entities.h"

namespace avstand {

/// Appends an attribution where a sentence begins with a pronoun that stands for what was told and
/// a reporting verb and its doer follow. The content is the sentence before, unless that is
/// somebody's content already: then the pronoun (GUIDE.md, house decisions).
void add_anaphora(const FrameContext& c, const EntityLayer& entities,
                  std::vector<Candidate>& accepted);

/// Acts by which something is told, so that the doer may follow the pronoun though the tree may
/// take the pronoun for the subject.
bool is_telling(Act act);

/// Whether the content is a pronoun for what was told before, and the sentence begins with it.
bool begins_with_what_was_told(const FrameContext& c, const Candidate& cand);

}  // namespace avstand
