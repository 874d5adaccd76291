#include "event/time_lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/table.h"
#include "text/supported_languages.h"
#include "text/utf8.h"

namespace avstand::event {
namespace {

constexpr std::array<std::string_view, 33> kTimeClasses = {
    "month", "weekday", "season", "daypart", "day",      "relative", "unit",  "number", "last",
    "next",  "this",    "recent", "ago",     "ago_open", "ahead",    "since", "until",  "to",
    "from",  "between", "and",    "eve",     "early",    "middle",   "late",  "after",  "before",
    "later", "of",      "on",     "the",     "clock",    "decades"};

struct Bounds {
  int least, most;
};

/// What numbers a class takes; {0, -1}: none.
Bounds bounds(TimeClass cls) {
  switch (cls) {
    case TimeClass::kMonth:
      return {1, 12};
    case TimeClass::kWeekday:
      return {1, 7};
    case TimeClass::kSeason:
      return {21, 24};
    case TimeClass::kDay:
    case TimeClass::kRelative:
      return {-100, 100};
    case TimeClass::kNumber:
      return {0, 1000};
    default:
      return {0, -1};
  }
}

bool parse_value(std::string_view value, TimeEntry& entry) {
  if (entry.cls == TimeClass::kUnit) return parse_unit(value, entry.unit);
  if (entry.cls == TimeClass::kRelative) {
    const size_t space = value.find(' ');
    if (space == std::string_view::npos || !parse_unit(value.substr(0, space), entry.unit))
      return false;
    value.remove_prefix(space + 1);
  }
  const Bounds allowed = bounds(entry.cls);
  if (allowed.least > allowed.most) return value.empty();
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), entry.number);
  return error == std::errc() && end == value.data() + value.size() &&
         allowed.least <= entry.number && entry.number <= allowed.most;
}

Status load_language(const std::string& path, TimeLexicon::Language& out) {
  AVSTAND_TRY(table, Table::load(path, {"words", "class", "value"}));
  for (const TableRow& row : table.rows()) {
    const std::string& words = row.cells[0];
    const auto cls = std::find(kTimeClasses.begin(), kTimeClasses.end(), row.cells[1]);
    if (cls == kTimeClasses.end()) return table.error(row, "no such class: " + row.cells[1]);
    TimeEntry entry;
    entry.cls = static_cast<TimeClass>(cls - kTimeClasses.begin());
    if (!parse_value(row.cells[2], entry))
      return table.error(row, "not a value of the class: " + row.cells[2]);
    if (entry.cls == TimeClass::kDecades) {
      out.decade_endings.push_back(words);
      continue;
    }
    entry.words = static_cast<uint32_t>(std::count(words.begin(), words.end(), ' ')) + 1;
    entry.upper = starts_upper(words);
    const std::string key = lower_case(words);
    out.phrases[key].push_back(entry);
    uint32_t& longest = out.longest[key.substr(0, key.find(' '))];
    longest = std::max(longest, entry.words);
  }
  return Unit{};
}

}  // namespace

Result<TimeLexicon> TimeLexicon::load(const std::string& data_dir) {
  AVSTAND_TRY(languages, supported_languages(data_dir));
  TimeLexicon lexicon;
  for (const SupportedLanguage& supported : languages)
    AVSTAND_CHECK(load_language(supported.files(data_dir).path("times.tsv"),
                                lexicon.languages_[supported.code]));
  return lexicon;
}

}  // namespace avstand::event
