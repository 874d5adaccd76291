#include "event/calendar.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace avstand::event {
namespace {

using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 9> kUnits = {"hour",    "day",  "weekend", "week",  "month",
                                                    "quarter", "half", "year",    "decade"};

std::string written(Day day) {
  const year_month_day d(day);
  return fmt::format("{:04}-{:02}-{:02}", int(d.year()), unsigned(d.month()), unsigned(d.day()));
}

Day last_day(year_month m) { return Day(m / std::chrono::last); }

bool number(std::string_view digits, int& out) {
  return std::from_chars(digits.data(), digits.data() + digits.size(), out).ptr ==
         digits.data() + digits.size();
}

/// Months in a unit; 0 where it is counted in days.
int months_in(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kMonth:
      return 1;
    case TimeUnit::kQuarter:
      return 3;
    case TimeUnit::kHalf:
      return 6;
    case TimeUnit::kYear:
      return 12;
    case TimeUnit::kDecade:
      return 120;
    default:
      return 0;
  }
}

}  // namespace

bool parse_unit(std::string_view name, TimeUnit& out) {
  const auto it = std::find(kUnits.begin(), kUnits.end(), name);
  if (it == kUnits.end()) return false;
  out = static_cast<TimeUnit>(it - kUnits.begin());
  return true;
}

std::optional<Day> parse_day(std::string_view s) {
  int y = 0, m = 0, d = 0;
  if (s.size() < 10 || s[4] != '-' || s[7] != '-' || !number(s.substr(0, 4), y) ||
      !number(s.substr(5, 2), m) || !number(s.substr(8, 2), d))
    return std::nullopt;
  const year_month_day date{year(y), month(unsigned(m)), std::chrono::day(unsigned(d))};
  return date.ok() ? std::optional(Day(date)) : std::nullopt;
}

Period day_period(Day day) { return {day, day, written(day)}; }

Period week_period(Day any) {
  const Day monday = any - days(weekday_of(any) - 1);
  const Day thursday = monday + days(3);  // the ISO year of a week is that of its Thursday
  const int y = year_of(thursday);
  const auto number = (thursday - Day(year(y) / 1 / 1)).count() / 7 + 1;
  return {monday, monday + days(6), fmt::format("{:04}-W{:02}", y, number)};
}

Period weekend_period(Day any) {
  const Day saturday = week_period(any).first + days(5);
  return range(day_period(saturday), day_period(saturday + days(1)));
}

Period month_period(year_month m) {
  return {Day(m / 1), last_day(m), fmt::format("{:04}-{:02}", int(m.year()), unsigned(m.month()))};
}

Period year_period(int y) {
  return {Day(year(y) / 1 / 1), Day(year(y) / 12 / 31), fmt::format("{:04}", y)};
}

Period decade_period(int y) {
  const int first = y - y % 10;
  return {year_period(first).first, year_period(first + 9).last, fmt::format("{:03}X", first / 10)};
}

Period season_period(int y, int season) {
  const year_month first =
      season == 24 ? year(y - 1) / 12 : year(y) / month(unsigned(season - 20) * 3);
  return {Day(first / 1), last_day(first + months(2)), fmt::format("{:04}-{}", y, season)};
}

Period range(const Period& from, const Period& to) {
  return {from.first, to.last, from.value + "/" + to.value};
}

Period part_of(const Period& period, Part part) {
  const auto length = (period.last - period.first).count() + 1;
  const bool month = period.value.size() == 7 && length <= 31;
  const auto third = days(month ? 10 : length / 3);
  const Day a = period.first + third, b = a + third;
  switch (part) {
    case Part::kEarly:
      return range(day_period(period.first), day_period(a - days(1)));
    case Part::kMiddle:
      return range(day_period(a), day_period(b - days(1)));
    case Part::kLate:
      break;
  }
  return range(day_period(b), day_period(period.last));
}

Day shifted(Day day, TimeUnit unit, int n) {
  if (const int count = months_in(unit)) {
    const year_month_day d(day);
    const year_month m = d.year() / d.month() + months(count * n);
    return std::min(Day(m / 1) + days(unsigned(d.day()) - 1), last_day(m));
  }
  if (unit == TimeUnit::kHour) return day;
  return day + days(unit == TimeUnit::kDay ? n : 7 * n);
}

Period period_of(Day day, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kWeekend:
      return weekend_period(day);
    case TimeUnit::kWeek:
      return week_period(day);
    case TimeUnit::kMonth:
    case TimeUnit::kQuarter:
    case TimeUnit::kHalf:
      return month_period(month_of(day));
    case TimeUnit::kYear:
      return year_period(year_of(day));
    case TimeUnit::kDecade:
      return decade_period(year_of(day));
    default:
      return day_period(day);
  }
}

Period stretch_before(Day day, TimeUnit unit, int n) {
  if (unit == TimeUnit::kHour) return range(day_period(day - days((n + 23) / 24)), day_period(day));
  return range(day_period(shifted(day, unit, -n)), day_period(day));
}

year_month month_of(Day day) {
  const year_month_day d(day);
  return d.year() / d.month();
}

int year_of(Day day) { return int(year_month_day(day).year()); }

int weekday_of(Day day) { return int(std::chrono::weekday(day).iso_encoding()); }

}  // namespace avstand::event
