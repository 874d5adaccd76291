// The attribution layer: who says what, by which words (shared/data/attribution/GUIDE.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand {

/// LEDGER.md `statements[].quote`.
enum class QuoteType : uint8_t { kOwn, kDirect, kIndirect, kMixed, kScare };

/// LEDGER.md `statements[].act`.
enum class Act : uint8_t {
  kSay,
  kClaim,
  kDeny,
  kConfirm,
  kConcede,
  kReveal,
  kWarn,
  kPromise,
  kDemand,
  kAsk,
  kJudge,
  kBelieve,
  kPerceive,
  kShow,
  kPredict,
  kDecree,
  kRefuse,
};

/// LEDGER.md `statements[].commitment`: the writer's stand, not the truth.
enum class Commitment : uint8_t { kNeutral, kDistanced, kEndorsed, kDenied, kUncertain };

/// One reason: the rule (or model) that judged, and the words it rests on.
struct Reason {
  std::string rule;
  WordRange words;
};

using AttributionId = uint32_t;
inline constexpr AttributionId kNoAttribution = UINT32_MAX;

/// One attribution. Ranges are in text order and do not overlap within a role. Content includes
/// its quotation marks and a leading that/at/om; cue and source that stand inside it are cut out.
struct Attribution {
  std::vector<WordRange> source;  ///< empty: none expressed
  std::vector<WordRange> cue;     ///< empty: bare quote
  std::vector<WordRange> content;
  WordId cue_head = kNoWord;  ///< the word that stands for the cue (verb, noun, preposition)
  WordId outer_cue =
      kNoWord;  ///< cue_head of the parent where the frame itself says so ("R, citing S")
  QuoteType quote = QuoteType::kIndirect;
  Act act = Act::kSay;
  Commitment commitment = Commitment::kNeutral;
  AttributionId parent = kNoAttribution;
  EntityId speaker = kNoEntity;  ///< whom the source words mean; resolved over the article
  float confidence = 0;          ///< 0..1
  std::vector<Reason> why;       ///< never empty; the first names the frame
};

/// Attributions in text order (by first word of content, then longer first).
struct AttributionLayer {
  std::vector<Attribution> attributions;
};

std::string_view to_string(QuoteType v);
std::string_view to_string(Act v);
std::string_view to_string(Commitment v);
bool parse_act(std::string_view name, Act& out);
bool parse_commitment(std::string_view name, Commitment& out);

}  // namespace avstand
