// Finds times and events of an article: the room's one entrance.
//
//   AVSTAND_TRY(rules, EventRules::load(data_dir));
//   const EventLayer layer = find_events(article, analysis, tree, entities, rules);
//
// Linear in the article, but for look-ups inside a sentence. Rules are const after load and shared
// by all threads.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "document/analysis.h"
#include "document/article.h"
#include "entity/entities.h"
#include "event/events.h"

namespace avstand {

class EventRules {
 public:
  static Result<EventRules> load(const std::string& data_dir);
  EventRules(EventRules&&) noexcept;
  EventRules& operator=(EventRules&&) noexcept;
  ~EventRules();

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  EventRules();
  std::unique_ptr<Impl> impl_;
};

/// Times with their values (relative ones only where the article has a `published`), and what the
/// article's verbs and nouns of happening tell, with the status that those words themselves give.
EventLayer find_events(const Article& article, const Analysis& analysis, const Tree& tree,
                       const EntityLayer& entities, const EventRules& rules);

}  // namespace avstand
