// The half of TimeParser that counts: which day, month or season lies nearest to publication.
#include "event/time_parser.h"

namespace avstand::event {

std::optional<Period> TimeParser::moved(TimeUnit unit, int n) const {
  if (!reference_.published) return std::nullopt;
  return period_of(shifted(*reference_.published, unit, n), unit);
}

std::optional<Period> TimeParser::weekday_near(int weekday, bool strict) const {
  if (!reference_.published) return std::nullopt;
  const int from = weekday_of(*reference_.published);
  if (reference_.direction == Direction::kPast)
    return day_period(*reference_.published - std::chrono::days((from - weekday + 7) % 7));
  const int ahead = (weekday - from + 7) % 7;
  return day_period(*reference_.published + std::chrono::days(ahead || !strict ? ahead : 7));
}

std::optional<Period> TimeParser::weekday_in_week(int weekday, int weeks) const {
  if (!reference_.published) return std::nullopt;
  const Day monday = week_period(*reference_.published).first;
  return day_period(monday + std::chrono::days(7 * weeks + weekday - 1));
}

std::optional<Period> TimeParser::month_near(int month, int step) const {
  if (!reference_.published) return std::nullopt;
  const auto now = month_of(*reference_.published);
  const int ahead = month - int(unsigned(now.month()));
  const bool future = step > 0 || (step == 0 && reference_.direction == Direction::kFuture);
  int years = 0;
  if (future && (ahead < 0 || (step > 0 && ahead == 0))) years = 1;
  if (!future && (ahead > 0 || (step < 0 && ahead == 0))) years = -1;
  return month_period((now.year() + std::chrono::years(years)) / month);
}

std::optional<Period> TimeParser::day_near(int month, int day) const {
  if (!reference_.published) return std::nullopt;
  const bool future = reference_.direction == Direction::kFuture;
  // Up to eight years, for 29 February.
  for (int step = 0; step <= 8; ++step) {
    const std::chrono::year_month_day date{
        std::chrono::year(year_of(*reference_.published) + (future ? step : -step)),
        std::chrono::month(unsigned(month)), std::chrono::day(unsigned(day))};
    if (date.ok() &&
        (future ? Day(date) >= *reference_.published : Day(date) <= *reference_.published))
      return day_period(Day(date));
  }
  return std::nullopt;
}

std::optional<Period> TimeParser::season_near(int season, int step) const {
  if (!reference_.published) return std::nullopt;
  const Day now = *reference_.published;
  const bool future = step > 0 || (step == 0 && reference_.direction == Direction::kFuture);
  const int year = year_of(now) + 1;
  // The season that holds the day counts, unless another one is asked for.
  for (int k = 0; k < 4; ++k) {
    Period p = season_period(future ? year - 1 + k : year - k, season);
    const bool holds = p.first <= now && now <= p.last;
    if (step == 0 && holds) return p;
    if (future ? p.first > now : p.last < now) return p;
  }
  return std::nullopt;
}

}  // namespace avstand::event
