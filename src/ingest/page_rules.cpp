#include "ingest/page_rules.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/table.h"
#include "text/utf8.h"

namespace avstand::ingest {
namespace {

constexpr size_t kMaxRefrain = 240;    // bytes; a longer block is text, whatever it begins with
constexpr size_t kMaxWall = 1'000;     // likewise, of what asks for consent
constexpr size_t kMaxNameBytes = 600;  // of a class attribute; style sheets make long ones
constexpr size_t kMaxWords = 3;        // of a form

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || is_upper(c) || static_cast<uint8_t>(c) >= 0x80;
}

/// Words of "ArticleBody_text-2": article, body, text; each behind a hyphen, with where it begins.
struct NameWords {
  std::string joined;
  std::vector<size_t> begins;
};

void cut(std::string_view name, NameWords& out) {
  out.joined.clear();
  out.begins.clear();
  bool in_word = false;
  for (size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_word(c)) {
      in_word = false;
      continue;
    }
    const bool hump = is_upper(c) && i > 0 && !is_upper(name[i - 1]);
    if (!in_word || hump) {
      if (!out.joined.empty()) out.joined += '-';
      out.begins.push_back(out.joined.size());
    }
    in_word = true;
    out.joined += is_upper(c) ? static_cast<char>(c | 0x20) : c;
  }
}

bool parse_mark(std::string_view word, uint16_t& mark) {
  constexpr std::array<std::string_view, 10> kWords = {"body",   "lede",   "headline", "caption",
                                                       "credit", "byline", "never",    "drop",
                                                       "keep",   "paywall"};
  const auto at = std::find(kWords.begin(), kWords.end(), word);
  if (at == kWords.end()) return false;
  mark = static_cast<uint16_t>(1U << (at - kWords.begin()));
  return true;
}

std::string_view without_marks(std::string_view s) {
  constexpr std::string_view kMarks = " \n:.!-|>[]()*\"'";
  const size_t begin = s.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return s.substr(begin, s.find_last_not_of(kMarks) + 1 - begin);
}

bool begins_with_one(std::string_view text, const std::vector<std::string>& sorted) {
  const auto first = std::lower_bound(sorted.begin(), sorted.end(), text.substr(0, 1));
  for (auto at = first; at != sorted.end() && *at <= text; ++at)
    if (text.starts_with(*at)) return true;
  return false;
}

}  // namespace

Result<PageRules> PageRules::load(const std::string& data_dir) {
  PageRules rules;
  AVSTAND_TRY(marks, Table::load(data_dir + "/ingest/page_marks.tsv", {"mark", "where", "form"}));
  for (const TableRow& row : marks.rows()) {
    uint16_t mark = 0;
    if (!parse_mark(row.cells[0], mark)) return marks.error(row, "no such mark");
    const std::string& where = row.cells[1];
    if (where != "name" && where != "role" && where != "itemprop")
      return marks.error(row, "where is name, role or itemprop");
    auto& forms = where == "name"   ? rules.names_
                  : where == "role" ? rules.roles_
                                    : rules.itemprops_;
    forms[row.cells[2]] |= mark;
  }
  AVSTAND_TRY(own, Table::load(data_dir + "/ingest/publishers.tsv", {"host", "mark", "form"}));
  for (const TableRow& row : own.rows()) {
    uint16_t mark = 0;
    if (!parse_mark(row.cells[1], mark)) return own.error(row, "no such mark");
    rules.publishers_[row.cells[0]][row.cells[2]] |= mark;
  }
  AVSTAND_TRY(phrases, Table::load(data_dir + "/ingest/page_phrases.tsv", {"how", "form"}));
  for (const TableRow& row : phrases.rows()) {
    if (row.cells[0] == "whole") {
      rules.whole_.insert(lower_case(row.cells[1]));
    } else if (row.cells[0] == "begins") {
      rules.begins_.push_back(lower_case(row.cells[1]));
    } else if (row.cells[0] == "cookies") {
      rules.walls_.push_back(lower_case(row.cells[1]));
    } else {
      return phrases.error(row, "how is whole, begins or cookies");
    }
  }
  std::sort(rules.begins_.begin(), rules.begins_.end());
  std::sort(rules.walls_.begin(), rules.walls_.end());
  return rules;
}

uint16_t PageRules::find(const StringMap<uint16_t>& forms, std::string_view name) {
  NameWords words;
  uint16_t marks = 0;
  // A space parts names; a form never runs over one.
  for (size_t begin = 0; begin < std::min(name.size(), kMaxNameBytes);) {
    const size_t end = std::min(name.find_first_of(" \t\n", begin), name.size());
    cut(name.substr(begin, end - begin), words);
    for (size_t i = 0; i < words.begins.size(); ++i)
      for (size_t n = 1; n <= kMaxWords && i + n <= words.begins.size(); ++n) {
        const size_t stop =
            i + n < words.begins.size() ? words.begins[i + n] - 1 : words.joined.size();
        const auto at = forms.find(
            std::string_view(words.joined).substr(words.begins[i], stop - words.begins[i]));
        if (at != forms.end()) marks |= at->second;
      }
    begin = end + 1;
  }
  return marks;
}

const StringMap<uint16_t>* PageRules::publisher(std::string_view host) const {
  while (!host.empty()) {
    if (const auto at = publishers_.find(host); at != publishers_.end()) return &at->second;
    host.remove_prefix(std::min(host.find('.'), host.size() - 1) + 1);
  }
  return nullptr;
}

bool PageRules::is_refrain(std::string_view text) const {
  if (text.size() > kMaxRefrain) return false;
  const std::string lower = lower_case(without_marks(text));
  return whole_.contains(lower) || begins_with_one(lower, begins_);
}

bool PageRules::is_cookie_wall(std::string_view text) const {
  constexpr size_t kHead = 80;  // no entry is longer
  return text.size() <= kMaxWall &&
         begins_with_one(lower_case(without_marks(utf8_prefix(text, kHead))), walls_);
}

}  // namespace avstand::ingest
