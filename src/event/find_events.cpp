#include "event/find_events.h"

#include <array>

#include "event/finder.h"

namespace avstand {
namespace {

constexpr std::array<std::string_view, 6> kStatuses = {"happened", "ongoing", "planned",
                                                       "alleged",  "denied",  "possible"};

}  // namespace

std::string_view to_string(EventStatus v) { return kStatuses[static_cast<size_t>(v)]; }

struct EventRules::Impl {
  event::TimeLexicon times;
  event::EventLexicon words;
};

EventRules::EventRules() : impl_(std::make_unique<Impl>()) {}
EventRules::EventRules(EventRules&&) noexcept = default;
EventRules& EventRules::operator=(EventRules&&) noexcept = default;
EventRules::~EventRules() = default;

Result<EventRules> EventRules::load(const std::string& data_dir) {
  EventRules rules;
  AVSTAND_TRY(times, event::TimeLexicon::load(data_dir));
  AVSTAND_TRY(words, event::EventLexicon::load(data_dir));
  rules.impl_->times = std::move(times);
  rules.impl_->words = std::move(words);
  return rules;
}

EventLayer find_events(const Article& article, const Analysis& analysis, const Tree& tree,
                       const EntityLayer& entities, const EventRules& rules) {
  event::StatusJudge judge(article, analysis, tree, rules.impl().words);
  event::Finder f{article, analysis, tree, entities, judge, {}, {}, {}};
  f.time_of.assign(analysis.words.size(), kNoTime);
  event::find_times(f, rules.impl().times);
  event::measure_phrases(f);
  event::find_predicates(f);
  return std::move(f.out);
}

}  // namespace avstand
