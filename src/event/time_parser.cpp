#include "event/time_parser.h"

#include <algorithm>
#include <charconv>

#include "text/utf8.h"

namespace avstand::event {
namespace {

constexpr int kFirstYear = 1000, kLastYear = 2199;

/// Words that are spelled like a month or a season but are none ("may", "vår").
bool could_name_a_time(Upos upos) {
  return upos != Upos::kAux && upos != Upos::kVerb && upos != Upos::kDet && upos != Upos::kPron;
}

bool names_a_time(TimeClass cls) {
  return cls == TimeClass::kMonth || cls == TimeClass::kSeason || cls == TimeClass::kUnit;
}

std::optional<int> number(std::string_view s) {
  int out = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), out);
  if (s.empty() || s[0] == '-' || error != std::errc() || end != s.data() + s.size())
    return std::nullopt;
  return out;
}

}  // namespace

TimeParser::TimeParser(const Analysis& analysis, WordRange sentence,
                       const TimeLexicon::Language& lexicon)
    : a_(analysis), range_(sentence), matches_(sentence.size()), endings_(lexicon.decade_endings) {
  std::vector<std::string> forms;
  forms.reserve(sentence.size());
  for (WordId w = sentence.begin; w < sentence.end; ++w) forms.push_back(lower_case(a_.form(w)));
  for (WordId w = sentence.begin; w < sentence.end; ++w) {
    const auto longest = lexicon.longest.find(forms[w - sentence.begin]);
    if (longest == lexicon.longest.end()) continue;
    std::string words;
    for (uint32_t n = 1; n <= longest->second && w + n <= sentence.end; ++n) {
      words += (n > 1 ? " " : "") + forms[w + n - 1 - sentence.begin];
      const auto found = lexicon.phrases.find(words);
      if (found == lexicon.phrases.end()) continue;
      for (const TimeEntry& entry : found->second)
        if ((!entry.upper || starts_upper(a_.form(w))) &&
            (n > 1 || !names_a_time(entry.cls) || could_name_a_time(a_.words[w].upos)))
          matches_[w - sentence.begin].insert(matches_[w - sentence.begin].begin(),
                                              {&entry, w + n});
    }
  }
}

TimeParser::Match TimeParser::match(WordId w, TimeClass cls) const {
  if (!range_.contains(w)) return {};
  for (const Match& m : matches_[w - range_.begin])
    if (m.entry->cls == cls) return m;
  return {};
}

WordId TimeParser::skip(WordId w, TimeClass cls) const {
  const Match m = match(w, cls);
  return m ? m.end : w;
}

bool TimeParser::may_begin(WordId w) const {
  const std::string_view f = form(w);
  return !matches_[w - range_.begin].empty() || (!f.empty() && f[0] >= '0' && f[0] <= '9');
}

std::optional<int> TimeParser::digits(WordId w) const {
  std::string_view f = form(w);
  if (!f.empty() && f.back() == '.') f.remove_suffix(1);
  if (f.size() > 2)  // "3rd", "21st"
    while (f.size() > 1 && f.back() >= 'a' && f.back() <= 'z') f.remove_suffix(1);
  return number(f);
}

std::optional<int> TimeParser::year_number(WordId w) const {
  const std::string_view f = form(w);
  const auto n = f.size() == 4 ? number(f) : std::nullopt;
  return n && *n >= kFirstYear && *n <= kLastYear ? n : std::nullopt;
}

std::optional<int> TimeParser::count(WordId w, WordId& end) const {
  if (const Match m = match(w, TimeClass::kNumber)) {
    end = m.end;
    return m.entry->number;
  }
  end = w + 1;
  const auto n = number(form(w));
  return n && *n <= 1000 ? n : std::nullopt;
}

std::optional<ParsedTime> TimeParser::parse(WordId w, const Reference& reference) {
  reference_ = reference;
  if (const Match m = match(w, TimeClass::kBetween))
    if (auto out = between(w, m)) return out;
  if (const Match m = match(w, TimeClass::kSince))
    if (auto out = bounded(w, m, true)) return out;
  if (const Match m = match(w, TimeClass::kUntil))
    if (auto out = bounded(w, m, false)) return out;
  Maybe read = core(w, false);
  if (!read) {
    Match on = match(w, TimeClass::kOn);
    if (!on) on = match(w, TimeClass::kTo);
    if (on) read = core(on.end, true);
    if (!read) return std::nullopt;
    w = on.end;
  }
  return ParsedTime{{w, read->end}, read->period};
}

std::optional<ParsedTime> TimeParser::between(WordId w, const Match& first) {
  const Maybe a = core(first.end, true);
  if (!a) return std::nullopt;
  const Match joint = match(a->end, TimeClass::kAnd);
  const Maybe b = joint ? core(joint.end, true) : std::nullopt;
  if (!b) return std::nullopt;
  ParsedTime out{{w, b->end}, std::nullopt};
  if (a->period && b->period && a->period->first <= b->period->last)
    out.period = range(*a->period, *b->period);
  return out;
}

std::optional<ParsedTime> TimeParser::bounded(WordId w, const Match& first, bool since) {
  const Maybe a = core(skip(first.end, TimeClass::kOn), true);
  if (!a) return std::nullopt;
  ParsedTime out{{w, a->end}, a->period, since};
  if (!out.period) return out;
  Match joint = since ? match(a->end, TimeClass::kUntil) : Match{};
  if (since && !joint) joint = match(a->end, TimeClass::kTo);
  const Maybe b = joint ? core(joint.end, true) : std::nullopt;
  if (b && b->period && a->period->first <= b->period->last) {
    out.words.end = b->end;
    out.period = range(*a->period, *b->period);
    out.since = false;
  } else {
    out.period->value = since ? out.period->value + "/.." : "../" + out.period->value;
  }
  return out;
}

TimeParser::Maybe TimeParser::core(WordId w, bool after_preposition) {
  if (w >= range_.end) return std::nullopt;
  Maybe out;
  (out = written_date(w)) || (out = eve(w)) || (out = part(w)) || (out = calendar_date(w)) ||
      (out = month_first(w)) || (out = ago(w)) || (out = recent(w)) || (out = anchored(w)) ||
      (out = chosen(w)) || (out = weekday(w, after_preposition)) || (out = relative(w)) ||
      (out = month(w)) || (out = season(w, after_preposition)) || (out = ahead(w)) ||
      (out = decade(w)) || (out = year(w, after_preposition));
  return out && out->on_day ? timed(*out) : out;
}

/// Part of the day and time of the clock after a day: "torsdag kveld klokka 19.30".
TimeParser::Maybe TimeParser::timed(Read day) const {
  day.end = skip(day.end, TimeClass::kDayPart);
  const Match clock = match(day.end, TimeClass::kClock);
  if (!clock) return day;
  const std::string_view f = form(clock.end);
  const size_t dot = f.find_first_of(".:");
  const auto hour = number(f.substr(0, dot));
  const bool minutes = dot != std::string_view::npos && f.size() == dot + 3;
  const auto minute = minutes ? number(f.substr(dot + 1)) : std::optional(0);
  if (!hour || !minute || *hour > 24 || *minute > 59 || (!minutes && dot != std::string_view::npos))
    return day;
  day.end = clock.end + 1;
  if (day.period && minutes)
    day.period->value += "T" + std::string(*hour < 10 && dot == 1 ? "0" : "") +
                         std::string(f.substr(0, dot)) + ":" + std::string(f.substr(dot + 1));
  return day;
}

TimeParser::Maybe TimeParser::written_date(WordId w) const {
  std::string f(form(w));
  if (f.size() == 10 && f[2] == '.' && f[5] == '.')
    f = f.substr(6) + "-" + f.substr(3, 2) + "-" + f.substr(0, 2);
  if (f.size() != 10) return std::nullopt;
  const auto day = parse_day(f);
  return day ? Maybe(Read{w + 1, day_period(*day), true}) : std::nullopt;
}

/// The year after a date or month: "2025", ", 2025", "i 2025", "i fjor".
std::optional<int> TimeParser::year_after(WordId w, WordId& end) const {
  if (form(w) == ",") ++w;
  WordId at = w;
  if (const Match of = match(w, TimeClass::kOn); of && !year_number(w)) at = of.end;
  if (const auto y = year_number(at)) {
    end = at + 1;
    return y;
  }
  const Match m = match(w, TimeClass::kRelative);
  if (!m || m.entry->unit != TimeUnit::kYear || !reference_.published) return std::nullopt;
  end = m.end;
  return year_of(*reference_.published) + m.entry->number;
}

/// A month and a day that end before `end`, with the year that may stand there; without one the
/// nearest such day.
TimeParser::Read TimeParser::dated(int month, int day, WordId end) const {
  Read out{end, std::nullopt, true};
  if (const auto y = year_after(end, out.end)) {
    const std::chrono::year_month_day date{std::chrono::year(*y),
                                           std::chrono::month(unsigned(month)),
                                           std::chrono::day(unsigned(day))};
    if (date.ok()) out.period = day_period(Day(date));
  } else {
    out.period = day_near(month, day);
  }
  return out;
}

/// "2. juni 2025", "7th of March".
TimeParser::Maybe TimeParser::calendar_date(WordId w) const {
  w = skip(w, TimeClass::kThe);
  const auto d = digits(w);
  if (!d || *d < 1 || *d > 31) return std::nullopt;
  const Match m = match(skip(w + 1, TimeClass::kOf), TimeClass::kMonth);
  if (!m) return std::nullopt;
  return dated(m.entry->number, *d, m.end);
}

/// "March 7, 2026"; also with the weekday before a day and month.
TimeParser::Maybe TimeParser::month_first(WordId w) const {
  const Match m = match(w, TimeClass::kMonth);
  if (!m) return std::nullopt;
  const auto d = digits(m.end);
  if (!d || *d < 1 || *d > 31 || form(m.end).size() > 4) return std::nullopt;
  return dated(m.entry->number, *d, m.end + 1);
}

/// "torsdag", "på torsdag", "laurdag 7. mars", "Tuesday, March 3", "tysdag denne veka".
TimeParser::Maybe TimeParser::weekday(WordId w, bool after_preposition) const {
  const Match m = match(w, TimeClass::kWeekday);
  if (!m) return std::nullopt;
  WordId next = skip(m.end, TimeClass::kDayPart);
  const WordId date_at = form(next) == "," ? next + 1 : next;
  Maybe date = calendar_date(date_at);
  if (!date) date = month_first(date_at);
  if (date) return date;
  Read out{m.end, std::nullopt, true};
  if (const auto weeks = week_offset(next, next)) {
    out.end = next;
    out.period = weekday_in_week(m.entry->number, *weeks);
  } else {
    out.period = weekday_near(m.entry->number, after_preposition);
  }
  return out;
}

/// Weeks from publication of "denne uka", "i forrige uke", "of last week", "neste veke".
std::optional<int> TimeParser::week_offset(WordId w, WordId& end) const {
  for (const TimeClass c : {TimeClass::kOf, TimeClass::kOn})
    if (const Match m = match(w, c)) {
      w = m.end;
      break;
    }
  if (const Match m = match(w, TimeClass::kRelative); m && m.entry->unit == TimeUnit::kWeek) {
    end = m.end;
    return m.entry->number;
  }
  for (const auto& [cls, weeks] : {std::pair(TimeClass::kLast, -1), std::pair(TimeClass::kThis, 0),
                                   std::pair(TimeClass::kNext, 1)})
    if (const Match m = match(w, cls)) {
      const Match unit = match(m.end, TimeClass::kUnit);
      if (!unit || unit.entry->unit != TimeUnit::kWeek) continue;
      end = unit.end;
      return weeks;
    }
  return std::nullopt;
}

/// "natt til onsdag": the night between two days.
TimeParser::Maybe TimeParser::eve(WordId w) {
  const Match m = match(w, TimeClass::kEve);
  if (!m) return std::nullopt;
  Maybe day = core(m.end, true);
  if (!day || !day->on_day) return std::nullopt;
  // The morning after lies in the past as well as the night: not strictly before or after.
  if (const Match named = match(m.end, TimeClass::kWeekday); named && named.end == day->end)
    day->period = weekday_near(named.entry->number, false);
  if (day->period)
    day->period = range(day_period(day->period->first - std::chrono::days(1)), *day->period);
  day->on_day = false;
  return day;
}

/// "tidlig i mai", "slutten av 2024", "in late May"; with a weekday it adds nothing.
TimeParser::Maybe TimeParser::part(WordId w) {
  w = skip(w, TimeClass::kThe);
  const std::pair<TimeClass, Part> parts[] = {{TimeClass::kEarly, Part::kEarly},
                                              {TimeClass::kMiddle, Part::kMiddle},
                                              {TimeClass::kLate, Part::kLate}};
  for (const auto& [cls, which] : parts) {
    const Match m = match(w, cls);
    if (!m) continue;
    WordId at = skip(skip(m.end, TimeClass::kOf), TimeClass::kOn);
    if (form(at) == "-") ++at;
    Maybe whole = month(at);
    if (!whole) whole = season(at, true);
    if (!whole) whole = chosen(at);
    if (!whole) whole = weekday(at, false);
    if (!whole) whole = relative(at);
    if (!whole) whole = decade(skip(at, TimeClass::kThe));
    if (!whole && at > m.end) whole = year(at, true);
    if (!whole && at == m.end && year_number(at))
      whole = Read{at + 1, year_period(*year_number(at))};
    if (!whole) return std::nullopt;
    if (whole->period && !whole->on_day) whole->period = part_of(*whole->period, which);
    return whole;
  }
  return std::nullopt;
}

TimeParser::Maybe TimeParser::month(WordId w) const {
  const Match m = match(w, TimeClass::kMonth);
  if (!m) return std::nullopt;
  Read out{m.end, std::nullopt};
  if (const auto y = year_after(skip(m.end, TimeClass::kOf), out.end))
    out.period = month_period(std::chrono::year(*y) / m.entry->number);
  else
    out.period = month_near(m.entry->number, 0);
  return out;
}

/// "sommeren 2024", "i sommer", "in the summer", "sommeren i fjor".
TimeParser::Maybe TimeParser::season(WordId w, bool after_preposition) const {
  WordId at = after_preposition ? skip(w, TimeClass::kThe) : w;
  const Match m = match(at, TimeClass::kSeason);
  if (!m) return std::nullopt;
  Read out{m.end, std::nullopt};
  if (const auto y = year_after(skip(m.end, TimeClass::kOf), out.end)) {
    out.period = season_period(*y, m.entry->number);
    return out;
  }
  if (!after_preposition && m.entry->words == 1) return std::nullopt;
  out.period = season_near(m.entry->number, 0);
  return out;
}

/// "i går", "i fjor", "i fjor sommer", "i år".
TimeParser::Maybe TimeParser::relative(WordId w) const {
  if (const Match m = match(w, TimeClass::kDay))
    return Read{m.end, moved(TimeUnit::kDay, m.entry->number), true};
  const Match m = match(w, TimeClass::kRelative);
  if (!m) return std::nullopt;
  Read out{m.end, moved(m.entry->unit, m.entry->number)};
  const Match season = match(m.end, TimeClass::kSeason);
  if (m.entry->unit != TimeUnit::kYear || !season) return out;
  out.end = season.end;
  if (reference_.published)
    out.period =
        season_period(year_of(*reference_.published) + m.entry->number, season.entry->number);
  return out;
}

/// "last Thursday", "forrige uke", "neste sommer", "this March".
TimeParser::Maybe TimeParser::chosen(WordId w) const {
  for (const auto& [cls, step] : {std::pair(TimeClass::kLast, -1), std::pair(TimeClass::kThis, 0),
                                  std::pair(TimeClass::kNext, 1)}) {
    const Match m = match(w, cls);
    if (!m) continue;
    if (const Match unit = match(m.end, TimeClass::kUnit))
      return Read{unit.end, moved(unit.entry->unit, step)};
    if (const Match month = match(m.end, TimeClass::kMonth))
      return Read{month.end, month_near(month.entry->number, step)};
    if (const Match season = match(m.end, TimeClass::kSeason))
      return Read{season.end, season_near(season.entry->number, step)};
    const Match day = match(m.end, TimeClass::kWeekday);
    if (!day || !reference_.published) {
      if (day) return Read{day.end, std::nullopt, true};
      continue;
    }
    Read out{day.end, weekday_in_week(day.entry->number, 0), true};
    const auto distance = (out.period->first - *reference_.published).count();
    if ((step < 0 && distance >= 0) || (step > 0 && distance <= 0))
      out.period = weekday_in_week(day.entry->number, step);
    return out;
  }
  return std::nullopt;
}

/// "for tre dager siden", "two weeks ago".
TimeParser::Maybe TimeParser::ago(WordId w) const {
  WordId at = skip(w, TimeClass::kAgoOpen);
  const auto n = count(at, at);
  if (!n) return std::nullopt;
  const Match unit = match(at, TimeClass::kUnit);
  const Match end = unit ? match(unit.end, TimeClass::kAgo) : Match{};
  if (!end) return std::nullopt;
  return Read{end.end, *n ? moved(unit.entry->unit, -*n) : std::nullopt};
}

/// "om to uker", "in three days".
TimeParser::Maybe TimeParser::ahead(WordId w) const {
  const Match m = match(w, TimeClass::kAhead);
  if (!m || reference_.direction == Direction::kPast) return std::nullopt;
  WordId at = m.end;
  const auto n = count(at, at);
  const Match unit = n ? match(at, TimeClass::kUnit) : Match{};
  if (!unit) return std::nullopt;
  return Read{unit.end, *n ? moved(unit.entry->unit, *n) : std::nullopt};
}

/// "det siste halvåret", "the past two weeks".
TimeParser::Maybe TimeParser::recent(WordId w) const {
  WordId at = skip(w, TimeClass::kThe);
  const Match m = match(at, TimeClass::kRecent);
  if (!m) return std::nullopt;
  at = m.end;
  int n = 1;
  if (const auto counted = count(m.end, at))
    n = *counted;
  else
    at = m.end;
  const Match unit = match(at, TimeClass::kUnit);
  // "last week" is a week of the calendar; "the last week" is a stretch.
  if (!unit || (match(skip(w, TimeClass::kThe), TimeClass::kLast) && at == m.end &&
                !match(w, TimeClass::kThe)))
    return std::nullopt;
  Read out{unit.end, std::nullopt};
  if (reference_.published && n > 0)
    out.period = stretch_before(*reference_.published, unit.entry->unit, n);
  return out;
}

/// "dagen etter", "two weeks later", "the next day": counted from the time told of before.
TimeParser::Maybe TimeParser::anchored(WordId w) const {
  const WordId start = skip(w, TimeClass::kThe);
  WordId at = start;
  int n = 1, sign = 0;
  const Match next = start > w ? match(start, TimeClass::kAfter) : Match{};
  Match unit = next ? match(next.end, TimeClass::kUnit) : Match{};
  if (unit) {
    sign = 1;
    at = unit.end;
  } else {
    if (const auto counted = count(start, at))
      n = *counted;
    else
      at = start;
    unit = match(at, TimeClass::kUnit);
    if (!unit) return std::nullopt;
    const Match later = match(unit.end, TimeClass::kLater);
    const Match after = later ? later : match(unit.end, TimeClass::kAfter);
    const Match mark = after ? after : match(unit.end, TimeClass::kBefore);
    if (!mark) return std::nullopt;
    sign = after ? 1 : -1;
    at = mark.end;
    // "dagen etter valget": counted from something else than a time.
    if (!later && at < range_.end && a_.words[at].upos != Upos::kPunct &&
        a_.words[at].upos != Upos::kVerb && a_.words[at].upos != Upos::kAux &&
        a_.words[at].upos != Upos::kCconj)
      return std::nullopt;
  }
  Read out{at, std::nullopt, unit.entry->unit == TimeUnit::kDay};
  if (reference_.anchor && n > 0)
    out.period =
        period_of(shifted(*reference_.anchor, unit.entry->unit, sign * n), unit.entry->unit);
  return out;
}

/// "1953" after a preposition or "year"; "uke 10".
TimeParser::Maybe TimeParser::year(WordId w, bool after_preposition) const {
  if (const Match unit = match(w, TimeClass::kUnit)) {
    if (unit.entry->unit == TimeUnit::kYear)
      if (const auto y = year_number(unit.end)) return Read{unit.end + 1, year_period(*y)};
    const auto n = number(form(unit.end));
    if (unit.entry->unit != TimeUnit::kWeek || !n || *n < 1 || *n > 53) return std::nullopt;
    Read out{unit.end + 1, std::nullopt};
    if (reference_.published) {
      const Day base =
          week_period(Day(std::chrono::year(year_of(*reference_.published)) / 1 / 4)).first;
      out.period = week_period(base + std::chrono::days(7 * (*n - 1)));
    }
    return out;
  }
  const auto y = after_preposition ? year_number(w) : std::nullopt;
  if (!y || a_.words[w].rel == Rel::kNummod) return std::nullopt;
  return Read{w + 1, year_period(*y)};
}

/// "1990-tallet", "the 1990s": a year of four digits and an ending of the language.
TimeParser::Maybe TimeParser::decade(WordId w) const {
  w = skip(w, TimeClass::kThe);
  const std::string_view f = form(w);
  const auto y = number(f.substr(0, 4));
  if (f.size() < 5 || !y || *y < kFirstYear || *y > kLastYear || *y % 10) return std::nullopt;
  const std::string_view ending = f.substr(4);
  const bool known = std::any_of(endings_.begin(), endings_.end(),
                                 [&](const std::string& e) { return e == ending; });
  return known ? Maybe(Read{w + 1, decade_period(*y)}) : std::nullopt;
}

}  // namespace avstand::event
