#include <algorithm>

#include "base/table.h"
#include "ingest/patterns_impl.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kFormBytes = 2'048;
constexpr size_t kMaxLines = 64;
constexpr size_t kMaxCaption = 1'200;  // a longer block with a photo credit in it is a paragraph
constexpr size_t kCreditReach = 90;    // bytes before the end in which a photo credit begins
constexpr size_t kMaxSubheading = 90;
constexpr size_t kMaxNameWords = 12;

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\n')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\n')) s.remove_suffix(1);
  return s;
}

bool remove_suffix(std::string_view& s, std::string_view suffix) {
  if (!s.ends_with(suffix)) return false;
  s.remove_suffix(suffix.size());
  return true;
}

/// Whether the text ends with . ! ? … behind which only closing marks stand.
bool ends_with_stop(std::string_view s) {
  constexpr std::string_view kClosing[] = {"\"", "»", "”", "’", "'", ")", "]", " "};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : kClosing) again |= remove_suffix(s, mark);
  }
  return s.ends_with('.') || s.ends_with('!') || s.ends_with('?') || s.ends_with("…");
}

/// The part behind the first prefix that fits, at a word border; nullopt if none does.
std::optional<std::string_view> behind_prefix(std::string_view text, std::string_view lower,
                                              const std::vector<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (!lower.starts_with(prefix)) continue;
    const std::string_view rest = text.substr(std::min(text.size(), prefix.size()));
    const bool mark =
        prefix.back() == ':' || static_cast<uint8_t>(prefix.back()) >= 0x80 || prefix.back() == ')';
    if (mark || rest.empty() || rest.front() == ' ') return trimmed(rest);
  }
  return std::nullopt;
}

bool is_email(std::string_view s) {
  const size_t at = s.find('@');
  return at != std::string_view::npos && at > 0 && s.find('.', at) != std::string_view::npos &&
         s.find(' ') == std::string_view::npos;
}

/// Words between blanks, slashes and commas; the latter are words of their own.
std::vector<std::string_view> name_words(std::string_view s) {
  std::vector<std::string_view> out;
  for (size_t pos = 0; pos < s.size();) {
    if (s[pos] == ' ') {
      ++pos;
      continue;
    }
    const size_t end = s[pos] == ',' || s[pos] == '/' ? pos + 1 : s.find_first_of(" ,/", pos);
    out.push_back(s.substr(pos, end == std::string_view::npos ? end : end - pos));
    pos = end == std::string_view::npos ? s.size() : end;
  }
  return out;
}

void finish_name(std::string& name, std::vector<std::string>& names) {
  if (!name.empty()) names.push_back(std::move(name));
  name.clear();
}

/// "Kari Nordmann og Ola Li" to its names; empty where a word is not as in a name.
std::vector<std::string> split_names(std::string_view s, const Patterns::Impl& patterns) {
  std::vector<std::string> names;
  std::string name;
  size_t count = 0;
  for (const std::string_view word : name_words(s)) {
    if (++count > kMaxNameWords) return {};
    if (word == "," || word == "/" || is_email(word) ||
        patterns.byline_and.contains(lower_case(word))) {
      finish_name(name, names);
    } else if (starts_upper(word) && !word.ends_with(':')) {
      if (!name.empty()) name += ' ';
      name += word;
    } else if (word.size() > 3 || name.empty()) {
      return {};  // "von", "de", "av" stand inside names; longer words do not
    } else {
      name += ' ';
      name += word;
    }
  }
  finish_name(name, names);
  return names;
}

}  // namespace

BlockForm block_form(std::string_view bytes) {
  BlockForm form;
  const std::string_view piece = utf8_prefix(bytes, kFormBytes);
  form.whole = piece.size() == bytes.size();
  for (std::string_view rest = piece; !rest.empty();) {
    const size_t size = std::min(rest.find_first_of("\r\n"), rest.size());
    const std::string line = normalised(rest.substr(0, size));
    if (!trimmed(line).empty()) {
      form.text += trimmed(line);
      form.text += '\n';
    }
    rest.remove_prefix(std::min(rest.size(), size + 1));
  }
  if (!form.text.empty()) form.text.pop_back();
  form.lower = lower_case(form.text);
  form.lines = split(form.text, '\n');
  if (form.lines.size() > kMaxLines) form.lines.resize(kMaxLines);
  form.stop = form.whole ? ends_with_stop(form.text) : true;
  return form;
}

namespace {

/// "KCNA via Reuters", "Jane Doe/AP", "(AP Photo/Jane Doe)": names and an agency behind the last
/// full stop, as agencies credit pictures without a word for them.
bool ends_in_picture_credit(const BlockForm& form, const Patterns::Impl& patterns) {
  constexpr size_t kLongest = 60;
  std::string_view tail = form.text;
  while (!tail.empty() && (tail.back() == '.' || tail.back() == ')' || tail.back() == ' '))
    tail.remove_suffix(1);
  const size_t stop = tail.find_last_of(".!?(\n");
  if (stop == std::string_view::npos) return false;
  tail = trimmed(tail.substr(stop + 1));
  const size_t via = tail.find(" via "), stroke = tail.find('/');
  const size_t cut = std::min(via, stroke);
  if (tail.size() > kLongest || cut == std::string_view::npos || cut == 0) return false;
  for (const std::string_view word : name_words(tail))
    if (word != "via" && word != "/" && word != "," && !starts_upper(word)) return false;
  const std::string_view last = trimmed(tail.substr(cut + (via < stroke ? 5 : 1)));
  const std::string_view first = trimmed(tail.substr(0, cut));
  return patterns.agency.contains(lower_case(last)) ||
         patterns.agency.contains(lower_case(first)) || lower_case(first).ends_with(" photo");
}

}  // namespace

bool is_photo_caption(const BlockForm& form, const Patterns::Impl& patterns) {
  if (!form.whole || form.size() > kMaxCaption) return false;
  if (ends_in_picture_credit(form, patterns)) return true;
  const std::string_view lower = form.lower;
  const std::string_view end = lower.substr(lower.size() - std::min(lower.size(), kCreditReach));
  for (const std::string& mark : patterns.photo) {
    if (lower.starts_with(mark)) return true;
    const size_t at = end.rfind(mark);
    if (at == std::string_view::npos) continue;
    const char before = lower[lower.size() - end.size() + at - 1];  // it does not begin the text
    if (before == ' ' || before == '\n' || before == '(' || before == '.' || before == '/')
      return true;
  }
  return false;
}

bool is_credit(const BlockForm& form, const Patterns::Impl& patterns) {
  if (!form.whole || form.size() > kShort || form.lines.size() > 2) return false;
  if (behind_prefix(form.text, form.lower, patterns.credit)) return true;
  std::string_view inside = form.lower;
  if (inside.starts_with('(') && inside.ends_with(')'))
    inside = inside.substr(1, inside.size() - 2);
  size_t agencies = 0;
  for (const std::string_view word : name_words(inside)) {
    if (word == "," || word == "/") continue;
    if (!patterns.agency.contains(word)) return false;
    ++agencies;
  }
  return agencies > 0;
}

/// "OSLO (NTB):" or "LUZ, Maravela —" with nothing behind it.
bool is_dateline(const BlockForm& form, const Patterns::Impl& patterns) {
  if (!form.whole || form.size() > kShort || form.lines.size() != 1) return false;
  std::string_view s = form.text;
  const std::string_view place = s.substr(0, s.find_first_of(" ,(:"));
  if (place.size() < 2 || !starts_upper(place) || has_lower(place)) return false;
  const bool dash = remove_suffix(s, "—") || remove_suffix(s, "–") || remove_suffix(s, "-");
  const bool colon = !dash && remove_suffix(s, ":");
  s = trimmed(s);
  const size_t open = s.find('(');
  const bool agency = open != std::string_view::npos && s.ends_with(')') &&
                      patterns.agency.contains(lower_case(s.substr(open + 1, s.size() - open - 2)));
  return agency || (dash && !colon);
}

bool is_list(const BlockForm& form, const Patterns::Impl& patterns) {
  size_t marked = 0, dashes = 0, numbers = 0;
  for (const std::string_view line : form.lines) {
    const size_t blank = line.find(' ');
    if (blank == std::string_view::npos) return false;
    const std::string_view first = line.substr(0, blank);
    const bool number = first.size() > 1 && first.size() < 4 &&
                        (first.back() == '.' || first.back() == ')') &&
                        first.find_first_not_of("0123456789") == first.size() - 1;
    marked += patterns.list.contains(first);
    numbers += number;
    // A dash opens direct speech as well; a list of dashes has no full sentences.
    dashes += (first == "-" || first == "–") && !ends_with_stop(line);
  }
  const size_t lines = form.lines.size();
  return marked == lines || (lines > 1 && (numbers == lines || dashes == lines));
}

bool is_quotation(const BlockForm& form) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"«", "»"}, {"“", "”"}, {"\"", "\""}, {"”", "”"}};
  if (!form.whole) return false;
  std::string_view s = form.text;
  for (const auto& [open, close] : kPairs) {
    if (!s.starts_with(open) || s.size() < 20) continue;
    std::string_view inside = s.substr(open.size());
    remove_suffix(inside, ".");
    return remove_suffix(inside, close) && inside.find(close) == std::string_view::npos &&
           inside.find(open) == std::string_view::npos;
  }
  return false;
}

bool is_subheading(const BlockForm& form) {
  if (!form.whole || form.lines.size() != 1 || form.size() > kMaxSubheading) return false;
  const std::string_view s = form.text;
  if (s.ends_with('?') && form.size() <= kMaxSubheading / 2) return true;
  return !form.stop && !s.ends_with(':') && !s.ends_with(',') && !s.ends_with(';');
}

std::vector<std::string> byline_names(const BlockForm& form, const Patterns::Impl& patterns) {
  if (!form.whole || form.size() > kShort || form.lines.size() > 3 || form.text.ends_with('.'))
    return {};
  if (is_email(form.text)) return {""};
  const auto names = behind_prefix(form.text, form.lower, patterns.byline);
  if (!names || names->empty()) return {};
  std::string line(*names);
  std::replace(line.begin(), line.end(), '\n', ',');
  return split_names(line, patterns);
}

Patterns::Patterns() : impl_(std::make_unique<Impl>()) {}
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;
Patterns::~Patterns() = default;

Result<Patterns> Patterns::load(const std::string& data_dir) {
  AVSTAND_TRY(table, Table::load(data_dir + "/ingest/block_patterns.tsv", {"kind", "form"}));
  Patterns patterns;
  Impl& impl = *patterns.impl_;
  for (const TableRow& row : table.rows()) {
    const std::string& kind = row.cells[0];
    std::string form = lower_case(row.cells[1]);
    if (form.empty()) return table.error(row, "no form");
    if (kind == "photo") {
      impl.photo.push_back(std::move(form));
    } else if (kind == "byline") {
      impl.byline.push_back(std::move(form));
    } else if (kind == "credit") {
      impl.credit.push_back(std::move(form));
    } else if (kind == "byline_and") {
      impl.byline_and.insert(std::move(form));
    } else if (kind == "agency") {
      impl.agency.insert(std::move(form));
    } else if (kind == "list") {
      impl.list.insert(std::move(form));
    } else if (kind == "date" || kind == "updated") {
      // Of two words the first says little: "sist oppdatert".
      StringSet& words = kind == "date" ? impl.dates.beside : impl.dates.updated;
      const size_t blank = form.rfind(' ');
      if (blank != std::string::npos) impl.dates.beside.insert(form.substr(0, blank));
      words.insert(blank == std::string::npos ? std::move(form) : form.substr(blank + 1));
    } else {
      return table.error(row, "unknown kind '" + kind + "'");
    }
  }
  // The longest first, so that "av:" is tried before "av".
  const auto longer = [](const std::string& a, const std::string& b) {
    return a.size() > b.size();
  };
  std::stable_sort(impl.byline.begin(), impl.byline.end(), longer);
  AVSTAND_CHECK(impl.dates.load_months(data_dir));
  AVSTAND_TRY(page, PageRules::load(data_dir));
  AVSTAND_TRY(encodings, Encodings::load(data_dir));
  impl.page = std::move(page);
  impl.encodings = std::move(encodings);
  return patterns;
}

}  // namespace avstand::ingest
