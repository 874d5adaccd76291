// Dates as pages and feeds write them, as RFC 3339.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ingest/ingest.h"
#include "ingest/page_metadata.h"

namespace avstand::ingest {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view s) {
  const size_t begin = s.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::optional<std::string> checked(std::string date) {
  if (check_published(date)) return date;
  return std::nullopt;
}

/// "+0100" and "+01" to "+01:00"; empty where it is no zone.
std::string zone(std::string_view s) {
  s = trim(s);
  if (s.empty()) return {};
  if (s == "Z" || s == "z" || s == "GMT" || s == "UTC" || s == "UT") return "Z";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames = {
      {{"EST", "-05:00"},
       {"EDT", "-04:00"},
       {"CST", "-06:00"},
       {"CDT", "-05:00"},
       {"MST", "-07:00"},
       {"MDT", "-06:00"},
       {"PST", "-08:00"},
       {"PDT", "-07:00"}}};
  for (const auto& [name, offset] : kNames)
    if (s == name) return std::string(offset);
  if (s[0] != '+' && s[0] != '-') return {};
  std::string digits;
  for (const char c : s.substr(1))
    if (is_digit(c)) digits += c;
  if (digits.size() == 2) digits += "00";
  if (digits.size() != 4) return {};
  return fmt::format("{}{}:{}", s[0], digits.substr(0, 2), digits.substr(2));
}

/// Date and time of day, and what stands behind; without a zone only the date is known for sure.
std::optional<std::string> with_time(std::string date, std::string_view rest) {
  rest = trim(rest);
  const size_t end = std::min(rest.find_first_not_of("0123456789:."), rest.size());
  std::string time(rest.substr(0, end));
  while (!time.empty() && !is_digit(time.back())) time.pop_back();
  const std::string offset = zone(rest.substr(end));
  if (time.size() == 5) time += ":00";
  if (time.size() < 8 || offset.empty()) return checked(std::move(date));
  if (auto whole = checked(date + "T" + time + offset)) return whole;
  return checked(std::move(date));
}

/// "2019-11-19", "2019-11-19T10:00:00.000+0100", "2019-11-19 10:00", "20191119".
std::optional<std::string> iso(std::string_view s) {
  if (s.size() >= 8 && std::all_of(s.begin(), s.begin() + 8, is_digit)) {
    const std::string date =
        fmt::format("{}-{}-{}", s.substr(0, 4), s.substr(4, 2), s.substr(6, 2));
    std::string time;
    if (s.size() >= 15 && s[8] == 'T')
      time =
          fmt::format("{}:{}:{}{}", s.substr(9, 2), s.substr(11, 2), s.substr(13, 2), s.substr(15));
    return with_time(date, time);
  }
  if (s.size() < 10 || s[4] != '-' || s[7] != '-') return std::nullopt;
  std::string_view rest = s.substr(10);
  if (!rest.empty() && (rest[0] == 'T' || rest[0] == 't')) rest.remove_prefix(1);
  return with_time(std::string(s.substr(0, 10)), rest);
}

/// "Tue, 19 Nov 2019 10:00:00 +0100" (RFC 822 and 2822).
std::optional<std::string> rfc822(std::string_view s) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  if (const size_t comma = s.find(','); comma != std::string_view::npos)
    s = trim(s.substr(comma + 1));
  size_t digits = 0;
  while (digits < s.size() && is_digit(s[digits])) ++digits;
  if (digits == 0 || digits > 2 || s.size() < digits + 9 || s[digits] != ' ') return std::nullopt;
  const size_t month = kMonths.find(s.substr(digits + 1, 3));
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  std::string_view rest = trim(s.substr(std::min(s.find(' ', digits + 1), s.size())));
  const size_t year = std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (year != 4) return std::nullopt;
  const std::string day(s.substr(0, digits));
  return with_time(fmt::format("{}-{:02}-{:0>2}", rest.substr(0, 4), month / 3 + 1, day),
                   rest.substr(4));
}

}  // namespace

std::optional<std::string> normal_date(std::string_view text) {
  text = trim(text.substr(0, 64));
  if (auto date = iso(text)) return date;
  return rfc822(text);
}

}  // namespace avstand::ingest
