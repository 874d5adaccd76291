// Direct speech over sentence borders: quotes that run on, dash paragraphs whose verb comes later,
// a colon that announces the next line, speech without any verb, and who is speaking in it.
#pragma once

#include <vector>

#include "attribution/candidates.h"
#include "document/article.h"
#include "entity/entities.h"

namespace avstand {

/// What the passes over direct speech look at.
struct SpeechContext {
  const Article& article;
  const FrameContext& frame;
  const QuotationMap& quotes;
  const EntityLayer& entities;
};

/// Lengthens contents of direct speech to where the mark opened or closes, in place. `accepted`
/// must be sorted by cue word.
void extend_speech(const SpeechContext& context, std::vector<Candidate>& accepted);

/// "S V:" or "S:" at the end of a sentence whose speech follows; appended to `accepted`.
void add_colon_speech(const SpeechContext& context, std::vector<Candidate>& accepted);

/// Marked speech that no accepted candidate covers; appended with the speaker nearest to it.
void add_bare_speech(const SpeechContext& context, std::vector<Candidate>& accepted);

}  // namespace avstand
