#include "entity/office_holders.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace avstand::entity {
namespace {

/// States whose languages are written in Cyrillic: their names reach a text transliterated.
constexpr std::array<std::string_view, 6> kCyrillic = {"BG", "BY", "KZ", "RS", "RU", "UA"};

/// Lower case, words parted by single spaces also at hyphens, without points.
std::string key_of(std::string_view name) {
  std::string out;
  for (const char ch : lower_case(name)) {
    if (ch == '.') continue;
    const bool gap = ch == ' ' || ch == '-';
    if (gap && (out.empty() || out.back() == ' ')) continue;
    out += gap ? ' ' : ch;
  }
  return out;
}

/// Whether a term written by hand takes the place of an imported one: the same office, at one time.
bool overrides(const Term& hand, const Term& term) {
  const auto before = [](const std::string& end, const std::string& begin) {
    return !end.empty() && end < begin;
  };
  return hand.country == term.country && hand.office == term.office && hand.source != term.source &&
         !before(hand.to, term.from) && !before(term.to, hand.from);
}

bool is_day(std::string_view s) { return s.size() == 10 && s[4] == '-' && s[7] == '-'; }

}  // namespace

struct OfficeHolders::Row {
  std::string person, qid;
  std::vector<std::string> names;
  Term term;
  bool by_hand = false;
};

Tenure tenure_on(const Term& term, std::string_view day) {
  if (!is_day(day)) return Tenure::kUnknown;
  if (day < term.from) return Tenure::kLater;
  if (!term.to.empty()) return day > term.to ? Tenure::kFormer : Tenure::kHeld;
  return day <= term.checked ? Tenure::kHeld : Tenure::kUnknown;
}

Status OfficeHolders::read_rows(const std::string& path, bool by_hand, std::vector<Row>& out) {
  AVSTAND_TRY(table, Table::load(path, {"person", "aliases", "qid", "country", "office", "from",
                                        "to", "checked", "source"}));
  for (const TableRow& row : table.rows()) {
    const auto& c = row.cells;
    if (!is_day(c[5]) || (!c[6].empty() && !is_day(c[6])))
      return table.error(row, "from and to are days, as 2024-05-12");
    if (c[6].empty() && !is_day(c[7]))
      return table.error(row, "an office that is not over needs the day when that was checked");
    if (!c[6].empty() && c[6] < c[5]) return table.error(row, "is over before it begins");
    Row r{c[0], c[2], {c[0]}, {c[3], c[4], c[5], c[6], c[7], c[8]}, by_hand};
    for (const std::string_view alias : split(c[1], '|')) r.names.emplace_back(alias);
    out.push_back(std::move(r));
  }
  return Unit{};
}

Holder* OfficeHolders::holder_of(const Row& row) {
  if (const auto it = by_qid_.find(row.qid); !row.qid.empty() && it != by_qid_.end())
    return it->second;
  if (row.qid.empty())
    for (const auto& h : holders_)
      if (h->qid.empty() && h->name == row.person) return h.get();
  holders_.push_back(std::make_unique<Holder>(Holder{row.person, row.qid, {}}));
  if (!row.qid.empty()) by_qid_.emplace(row.qid, holders_.back().get());
  return holders_.back().get();
}

void OfficeHolders::name(std::string_view name, const Holder* holder,
                         StringMap<const Holder*>& index) {
  const auto [it, fresh] = index.emplace(std::string(name), holder);
  if (!fresh && it->second != holder) it->second = nullptr;
}

void OfficeHolders::add(const Row& row, const Transliteration& letters) {
  Holder* holder = holder_of(row);
  const bool replaced =
      !row.by_hand && std::any_of(holder->terms.begin(), holder->terms.end(),
                                  [&](const Term& t) { return overrides(t, row.term); });
  if (!replaced) holder->terms.push_back(row.term);
  const bool cyrillic =
      std::find(kCyrillic.begin(), kCyrillic.end(), row.term.country) != kCyrillic.end();
  for (const std::string& one : row.names) {
    const std::string key = key_of(one);
    name(key, holder, by_name_);
    if (!cyrillic) continue;
    for (const std::string& reading : letters.read_name(key)) name(reading, holder, by_reading_);
  }
}

Result<OfficeHolders> OfficeHolders::load(const std::string& folder,
                                          const Transliteration& letters) {
  OfficeHolders out;
  std::vector<Row> rows;
  AVSTAND_CHECK(read_rows(folder + "/office_changes.tsv", true, rows));
  AVSTAND_CHECK(read_rows(folder + "/office_holders.tsv", false, rows));
  for (const Row& row : rows) out.add(row, letters);
  for (const auto& h : out.holders_)
    std::stable_sort(h->terms.begin(), h->terms.end(),
                     [](const Term& a, const Term& b) { return a.from < b.from; });
  return out;
}

const Holder* OfficeHolders::find(std::string_view name, const Transliteration& letters) const {
  const std::string key = key_of(name);
  if (key.find(' ') == std::string::npos) return nullptr;
  if (const auto it = by_name_.find(key); it != by_name_.end()) return it->second;
  const Holder* found = nullptr;
  for (const std::string& reading : letters.read_name(key)) {
    const auto it = by_reading_.find(reading);
    if (it == by_reading_.end()) continue;
    if (it->second == nullptr || (found && found != it->second)) return nullptr;
    found = it->second;
  }
  return found;
}

}  // namespace avstand::entity
