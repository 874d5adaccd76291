// Quote type, act and commitment of an attribution.
#pragma once

#include "attribution/candidate.h"
#include "attribution/quotation.h"

namespace avstand {

/// direct: all of the content is between marks or in a dash run; mixed: some of it; else indirect.
QuoteType quote_type(const Analysis& analysis, const QuotationMap& quotes, const Candidate& cand);

/// What the cue does (lexicon), with hearsay and negation taken into account.
Act act_of(const FrameContext& context, const Candidate& cand);

/// The writer's stand: of the cue word, flipped by negation ("does not believe" rejects, "does not
/// know whether" is open), distanced under a mark of hearsay.
Commitment commitment_of(const FrameContext& context, const Candidate& cand);

}  // namespace avstand
