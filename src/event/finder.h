// What the parts of this room share while they read one article. Lives on the stack of
// find_events(); one thread.
#pragma once

#include <vector>

#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"
#include "event/event_lexicon.h"
#include "event/events.h"
#include "event/status.h"
#include "event/time_lexicon.h"

namespace avstand::event {

struct Finder {
  const Article& article;
  const Analysis& analysis;
  const Tree& tree;
  const EntityLayer& entities;
  StatusJudge& judge;
  std::vector<uint32_t> time_of;  ///< by word: the time that hangs on this predicate, or kNoTime
  std::vector<WordRange> phrase;  ///< by word: its phrase without the clauses in it
  EventLayer out;
};

/// The type of a noun that is a happening; null: it is none.
const std::string* happening_type(const Finder& f, WordId w);

// The parts, in their order. Each is documented where it is defined.
void find_times(Finder& f, const TimeLexicon& lexicon);  // find_times.cpp
void measure_phrases(Finder& f);                         // predicates.cpp
void find_predicates(Finder& f);                         // predicates.cpp
void add_participants(Finder& f, Event& event);          // participants.cpp

}  // namespace avstand::event
