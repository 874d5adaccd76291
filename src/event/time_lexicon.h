// Words of time of each language (data/lang/<code>/times.tsv). Immutable after load.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "event/calendar.h"
#include "text/language_code.h"

namespace avstand::event {

/// What a word or phrase does in an expression of time; names as in kTimeClasses.
enum class TimeClass : uint8_t {
  kMonth,     ///< value 1-12
  kWeekday,   ///< value 1 (Monday) - 7
  kSeason,    ///< value 21 spring - 24 winter; as a phrase ("i sommer") it stands alone
  kDayPart,   ///< morning, evening
  kDay,       ///< value: days from publication ("i går" -1)
  kRelative,  ///< value: unit and count from publication ("i fjor": year -1)
  kUnit,      ///< value: a TimeUnit
  kNumber,    ///< value: the number; 0 where it is vague
  kLast,      ///< the one before publication: last, forrige
  kNext,      ///< the one after
  kThis,      ///< the one that holds it
  kRecent,    ///< a stretch up to publication: the past, det siste
  kAgo,       ///< after a length: ago, siden
  kAgoOpen,   ///< before a length that "ago" follows: for
  kAhead,     ///< before a length from now: om, in
  kSince,
  kUntil,
  kTo,  ///< the end of a stretch, or a preposition like another: til, to
  kFrom,
  kBetween,
  kAnd,
  kEve,     ///< the night before: natt til
  kEarly,   ///< the beginning of
  kMiddle,  ///< the middle of
  kLate,    ///< the end of
  kAfter,   ///< counted from the time told of before: etter, later
  kBefore,
  kLater,  ///< the same where nothing else can be meant: later, senere
  kOf,
  kOn,       ///< preposition that a date or a year may follow: på, i, on, in
  kThe,      ///< article
  kClock,    ///< before a time of day: kl., at
  kDecades,  ///< ending of a decade: -tallet, s
};

struct TimeEntry {
  TimeClass cls = TimeClass::kMonth;
  TimeUnit unit = TimeUnit::kDay;
  int number = 0;
  uint32_t words = 1;
  bool upper = false;  ///< written with a capital in the data: matches only words that are
};

class TimeLexicon {
 public:
  static Result<TimeLexicon> load(const std::string& data_dir);

  struct Language {
    StringMap<std::vector<TimeEntry>> phrases;  ///< lower case, words parted by a space
    StringMap<uint32_t> longest;                ///< first word -> words of its longest phrase
    std::vector<std::string> decade_endings;
  };
  /// The words of a language, or null.
  const Language* find(LanguageCode code) const {
    const auto it = languages_.find(code);
    return it == languages_.end() ? nullptr : &it->second;
  }

 private:
  std::map<LanguageCode, Language> languages_;
};

}  // namespace avstand::event
