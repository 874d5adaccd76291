// The grammar of time expressions over one sentence: a small recursive descent over the classes of
// times.tsv. Cost: linear in the sentence (every rule looks a bounded number of words ahead).
#pragma once

#include <optional>
#include <vector>

#include "document/analysis.h"
#include "event/calendar.h"
#include "event/time_lexicon.h"

namespace avstand::event {

/// Where a weekday or month without a year lies: before publication or after it.
enum class Direction : uint8_t { kPast, kFuture };

/// What expressions are counted from.
struct Reference {
  std::optional<Day> published;
  std::optional<Day> anchor;  ///< the last day told of before in the text ("dagen etter")
  Direction direction = Direction::kPast;
};

/// An expression that was read. `period` is empty where the words are a time that cannot be told.
struct ParsedTime {
  WordRange words;
  std::optional<Period> period;
  bool since = false;  ///< the end is open: "since Thursday"
};

class TimeParser {
 public:
  TimeParser(const Analysis& analysis, WordRange sentence, const TimeLexicon::Language& lexicon);

  /// Whether an expression could begin here; cheap.
  bool may_begin(WordId w) const;
  /// Whether what begins here is a time only when it is to come ("om to uker", "in two weeks").
  bool may_look_ahead(WordId w) const { return bool(match(w, TimeClass::kAhead)); }
  /// The expression that begins at w, if there is one.
  std::optional<ParsedTime> parse(WordId w, const Reference& reference);

 private:
  struct Match {
    const TimeEntry* entry = nullptr;
    WordId end = 0;
    explicit operator bool() const { return entry != nullptr; }
  };
  /// What a rule gives: nothing, or where it ends and its period (none: cannot be told).
  struct Read {
    WordId end = 0;
    std::optional<Period> period;
    bool on_day = false;
  };
  using Maybe = std::optional<Read>;

  Match match(WordId w, TimeClass cls) const;
  WordId skip(WordId w, TimeClass cls) const;
  std::string_view form(WordId w) const { return w < range_.end ? a_.form(w) : std::string_view(); }
  std::optional<int> digits(WordId w) const;
  std::optional<int> year_number(WordId w) const;
  std::optional<int> count(WordId w, WordId& end) const;

  Maybe core(WordId w, bool after_preposition);
  Maybe timed(Read day) const;
  Maybe written_date(WordId w) const;
  Read dated(int month, int day, WordId end) const;
  Maybe calendar_date(WordId w) const;
  Maybe month_first(WordId w) const;
  Maybe weekday(WordId w, bool after_preposition) const;
  Maybe eve(WordId w);
  Maybe part(WordId w);
  Maybe month(WordId w) const;
  Maybe season(WordId w, bool after_preposition) const;
  Maybe relative(WordId w) const;
  Maybe chosen(WordId w) const;
  Maybe ago(WordId w) const;
  Maybe ahead(WordId w) const;
  Maybe recent(WordId w) const;
  Maybe anchored(WordId w) const;
  Maybe year(WordId w, bool after_preposition) const;
  Maybe decade(WordId w) const;

  std::optional<ParsedTime> between(WordId w, const Match& first);
  std::optional<ParsedTime> bounded(WordId w, const Match& first, bool since);
  std::optional<int> year_after(WordId w, WordId& end) const;
  std::optional<Period> weekday_near(int weekday, bool strict) const;
  std::optional<Period> weekday_in_week(int weekday, int weeks) const;
  std::optional<Period> month_near(int month, int step) const;
  std::optional<Period> day_near(int month, int day) const;
  std::optional<Period> season_near(int season, int step) const;
  std::optional<Period> moved(TimeUnit unit, int n) const;
  std::optional<int> week_offset(WordId w, WordId& end) const;

  const Analysis& a_;
  WordRange range_;
  std::vector<std::vector<Match>> matches_;  ///< by word of the sentence, longest first
  const std::vector<std::string>& endings_;  ///< of decades
  Reference reference_;
};

}  // namespace avstand::event
