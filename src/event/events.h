// The event layer: when things are said to happen, what is said to happen, and who takes part.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "document/analysis.h"
#include "entity/entities.h"

namespace avstand {

/// LEDGER.md `events[].status`. As this room finds it, it is the status inside the words
/// themselves; who says them is weighed later (provenance/events.cpp).
enum class EventStatus : uint8_t { kHappened, kOngoing, kPlanned, kAlleged, kDenied, kPossible };

/// An expression of time and its value (ISO 8601 / EDTF), empty where it cannot be told.
struct TimeExpression {
  WordRange words;
  std::string value;
};

inline constexpr uint32_t kNoTime = UINT32_MAX;

struct Event {
  WordRange words;  ///< the clause or noun phrase, without the clauses inside it
  WordId head = kNoWord;
  std::string predicate;  ///< lemma
  std::string type;       ///< PLOVER's word, empty if none
  std::vector<EntityId> actors, targets;
  EntityId place = kNoEntity;
  uint32_t time = kNoTime;  ///< index in `times`
  EventStatus status = EventStatus::kHappened;
};

/// Times and events in text order (an event by its head).
struct EventLayer {
  std::vector<TimeExpression> times;
  std::vector<Event> events;
};

std::string_view to_string(EventStatus v);

}  // namespace avstand
