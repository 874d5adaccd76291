// Days, weeks, months, seasons and years as periods with a value in ISO 8601 / EDTF:
// "2026-03-07", "2026-W10", "2024-08", "2025-22" (summer), "1953", "199X", "2026-01-28/..".
//
// Pure functions on the proleptic Gregorian calendar. Docs: docs/ledger.md, "Times".
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace avstand::event {

using Day = std::chrono::sys_days;

/// How fine a period is.
enum class TimeUnit : uint8_t {
  kHour,
  kDay,
  kWeekend,
  kWeek,
  kMonth,
  kQuarter,
  kHalf,
  kYear,
  kDecade
};
bool parse_unit(std::string_view name, TimeUnit& out);  ///< "day"; false: no such unit

/// A stretch of days and how it is written.
struct Period {
  Day first, last;
  std::string value;
};

/// The day that a date or RFC 3339 time begins with ("2026-03-07T12:00:00Z"); none: not a date.
std::optional<Day> parse_day(std::string_view published);

Period day_period(Day day);
Period week_period(Day any);     ///< ISO week, Monday to Sunday
Period weekend_period(Day any);  ///< Saturday and Sunday of its ISO week
Period month_period(std::chrono::year_month month);
Period year_period(int year);
Period decade_period(int year);  ///< "199X"
/// EDTF seasons: 21 spring (March-May), 22 summer, 23 autumn, 24 winter. A winter has the year of
/// its January: it begins in December of the year before.
Period season_period(int year, int season);
/// From the first day of `from` to the last of `to`: "a/b".
Period range(const Period& from, const Period& to);
/// A part of a period: its first, middle or last third of days, as an interval (of a month: to the
/// 10th, 11th to 20th, from the 21st).
enum class Part : uint8_t { kEarly, kMiddle, kLate };
Period part_of(const Period& period, Part part);

/// The day moved by n units; in a shorter month its last day.
Day shifted(Day day, TimeUnit unit, int n);
/// The period of that unit that holds the day.
Period period_of(Day day, TimeUnit unit);
/// From n units before the day to the day itself.
Period stretch_before(Day day, TimeUnit unit, int n);

std::chrono::year_month month_of(Day day);
int year_of(Day day);
int weekday_of(Day day);  ///< 1 Monday to 7 Sunday

}  // namespace avstand::event
