#include <fmt/format.h>

#include <charconv>

#include "ingest/ingest.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

/// Reads fixed forms from left to right; any mismatch makes the reader fail for good.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  int number(size_t digits, int low, int high) {
    int value = 0;
    const std::string_view piece = rest_.substr(0, digits);
    const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), value);
    good_ &= piece.size() == digits && error == std::errc() && end == piece.data() + digits &&
             piece[0] != '-' && value >= low && value <= high;
    rest_.remove_prefix(std::min(digits, rest_.size()));
    return value;
  }
  char one_of(std::string_view set) {
    const char c = rest_.empty() ? '\0' : rest_[0];
    good_ &= c != '\0' && set.find(c) != std::string_view::npos;
    if (!rest_.empty()) rest_.remove_prefix(1);
    return c;
  }
  bool skip(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void digits() {
    size_t count = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') ++count;
    good_ &= count > 0;
    rest_.remove_prefix(count);
  }
  bool at_end() const { return rest_.empty(); }
  bool good() const { return good_; }

 private:
  std::string_view rest_;
  bool good_ = true;
};

int days_in(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// RFC 3339, section 5.6, or its full-date alone.
bool is_date(std::string_view text) {
  DateReader reader(text);
  const int year = reader.number(4, 0, 9999);
  reader.one_of("-");
  const int month = reader.number(2, 1, 12);
  reader.one_of("-");
  const int day = reader.number(2, 1, 31);
  if (!reader.good() || day > days_in(year, month)) return false;
  if (reader.at_end()) return true;
  reader.one_of("Tt ");
  reader.number(2, 0, 23);
  reader.one_of(":");
  reader.number(2, 0, 59);
  reader.one_of(":");
  reader.number(2, 0, 60);  // 60: a leap second
  if (reader.skip('.')) reader.digits();
  const char zone = reader.one_of("Zz+-");
  if (zone == '+' || zone == '-') {
    reader.number(2, 0, 23);
    reader.one_of(":");
    reader.number(2, 0, 59);
  }
  return reader.good() && reader.at_end();
}

}  // namespace

Status check_published(std::string_view published) {
  if (is_date(published)) return Unit{};
  return Error{.code = ErrorCode::kInput,
               .message = fmt::format("'{}' is no date", utf8_prefix(published, 64)),
               .hint = "write 2023-07-26 or 2023-07-26T14:05:00Z"};
}

}  // namespace avstand::ingest
