#include "ingest/date_line.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "base/table.h"
#include "ingest/ingest.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kLongestLine = 80;  // bytes
constexpr int kFirstYear = 1600, kLastYear = 2200;

/// The number that the text is; -1 if it is none.
int number(std::string_view s) {
  int value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc() && end == s.data() + s.size() && s[0] != '-' ? value : -1;
}

/// "06.12", "6:12": an hour and its minutes.
bool is_time(std::string_view s) {
  const size_t point = s.find_first_of(".:");
  if (point == std::string_view::npos || point == 0 || s.size() - point != 3) return false;
  const int hour = number(s.substr(0, point)), minute = number(s.substr(point + 1));
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
}

/// Reads the words of a line into the parts of a date.
class LineReader {
 public:
  explicit LineReader(const DateWords& words) : words_(words) {}

  bool take(std::string word) {
    while (!word.empty() && (word.back() == ',' || word.back() == ':')) word.pop_back();
    if (const auto month = words_.months.find(word); month != words_.months.end())
      return set(month_, month->second);
    if (words_.updated.contains(word)) return updated_ = true;
    if (word == "-" || word == "–" || word == "—" || word == "|" || word == "·") return true;
    if (word.empty() || words_.beside.contains(word) || is_time(word)) return true;
    if (word.size() == 10 && (take_iso(word) || take_points(word))) return true;
    for (const std::string_view end : {".", "st", "nd", "rd", "th"})
      if (word.size() > end.size() && word.ends_with(end) && word.size() <= 4) {
        const int day = number(std::string_view(word).substr(0, word.size() - end.size()));
        if (day > 0 && day <= 31) return set(day_, day);
      }
    const int value = number(word);
    if (word.size() == 4 && value >= kFirstYear && value <= kLastYear) return set(year_, value);
    return value > 0 && value <= 31 && set(day_, value);
  }

  std::optional<DateLine> result() const {
    if (day_ == 0 || month_ == 0 || year_ == 0) return std::nullopt;
    std::string date = fmt::format("{:04}-{:02}-{:02}", year_, month_, day_);
    if (!check_published(date)) return std::nullopt;
    return DateLine{std::move(date), updated_};
  }

 private:
  static bool set(int& part, int value) {
    if (part != 0) return false;
    part = value;
    return true;
  }
  bool take_iso(std::string_view s) {
    return s[4] == '-' && s[7] == '-' &&
           take_parts(number(s.substr(0, 4)), number(s.substr(5, 2)), number(s.substr(8, 2)));
  }
  bool take_points(std::string_view s) {
    return s[2] == '.' && s[5] == '.' &&
           take_parts(number(s.substr(6, 4)), number(s.substr(3, 2)), number(s.substr(0, 2)));
  }
  bool take_parts(int year, int month, int day) {
    if (year < kFirstYear || month < 1 || day < 1) return false;
    return set(year_, year) && set(month_, month) && set(day_, day);
  }

  const DateWords& words_;
  int day_ = 0, month_ = 0, year_ = 0;
  bool updated_ = false;
};

}  // namespace

Status DateWords::load_months(const std::string& data_dir) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir + "/lang", ignored)) {
    const std::string path = entry.path().string() + "/times.tsv";
    if (!std::filesystem::exists(path, ignored)) continue;
    AVSTAND_TRY(table, Table::load(path, {"words", "class", "value"}));
    for (const TableRow& row : table.rows()) {
      std::string form = lower_case(row.cells[0]);
      if (row.cells[1] == "weekday")
        beside.insert(std::move(form));
      else if (row.cells[1] == "month")
        months.emplace(std::move(form), std::max(number(row.cells[2]), 0));
    }
  }
  return Unit{};
}

std::optional<DateLine> read_date_line(std::string_view line, const DateWords& words) {
  if (line.size() > kLongestLine) return std::nullopt;
  LineReader reader(words);
  const std::string lower = lower_case(line);
  for (size_t pos = 0; pos < lower.size();) {
    const size_t end = std::min(lower.find(' ', pos), lower.size());
    if (end > pos && !reader.take(lower.substr(pos, end - pos))) return std::nullopt;
    pos = end + 1;
  }
  return reader.result();
}

}  // namespace avstand::ingest
