// Who speaks where no verb says it: ranks the people that stand around bare speech, and nobody.
//
// A log-linear choice among mentions, as quotation attribution is done in fiction and news (Elson
// and McKeown 2010, "Automatic attribution of quoted speech in literary narrative"). The weights
// stand in the file of the role model.
#pragma once

#include <string>
#include <vector>

#include "attribution/phrases.h"
#include "attribution/quotation.h"
#include "entity/entities.h"

namespace avstand {

/// Sentences [first, last] of speech without an inquit.
struct BareSpeech {
  uint32_t first = 0, last = 0;
};

/// Somebody who is known to say something.
struct Teller {
  Ranges source;
  WordId head = kNoWord;  ///< of the source
  enum Kind : uint8_t { kReported, kHeard, kBare } kind = kReported;
};

/// One who may speak; no source: nobody in sight.
struct SpeakerChoice {
  Ranges source;
  WordId head = kNoWord;
  EntityId entity = kNoEntity;
  uint32_t distance = 0;  ///< sentences from the speech
  std::vector<std::string> features;
};

/// Reads the speech of one article. `spoken`: per word, whether it stands inside direct speech; who
/// is named there speaks not. All arguments outlive the model; add every teller before the first
/// choice, and those of bare speech as they are chosen.
class SpeakerModel {
 public:
  SpeakerModel(const FrameContext& context, const EntityLayer& entities, const QuotationMap& quotes,
               const std::vector<uint8_t>& spoken);

  void add(const Teller& teller);
  /// Nobody first, then the mentions within reach in text order, each with its features.
  std::vector<SpeakerChoice> choices(BareSpeech speech) const;
  /// The nearest mention of who is likeliest, all mentions of one being weighed together.
  SpeakerChoice best(BareSpeech speech) const;

 private:
  struct Near;
  struct Scene;
  Near look(WordId head) const;
  bool can_speak(WordId head) const;
  std::vector<Near> around(BareSpeech speech) const;
  Scene scene(BareSpeech speech) const;
  void add_features(const Scene& scene, const Near& near, std::vector<std::string>& out) const;

  const FrameContext& c_;
  const EntityLayer& entities_;
  const QuotationMap& quotes_;
  const std::vector<uint8_t>& spoken_;
  std::vector<std::vector<uint32_t>> mentions_;  // by the sentence of their head
  std::vector<std::vector<Teller>> tellers_;     // by the sentence of their head
  std::vector<uint32_t> count_;                  // mentions of each entity outside speech
};

}  // namespace avstand
