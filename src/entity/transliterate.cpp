#include "entity/transliterate.h"

#include <algorithm>

#include "base/table.h"

namespace avstand::entity {
namespace {

constexpr size_t kMaxNameReadings = 32;
constexpr size_t kLongestWord = 40;  // bytes; no name is longer

/// The letters after which Russian writes o and e for one sound, and i, which never counts twice.
constexpr std::string_view kHushers[] = {"ж", "ч", "ш", "щ"};
constexpr std::string_view kI = "и", kO = "о", kE = "е";
constexpr std::string_view kTelling[] = {"ж", "ч", "ш", "щ", "х", "ц"};

bool ends_in_any(std::string_view s, const auto& ends) {
  return std::any_of(std::begin(ends), std::end(ends),
                     [&](std::string_view end) { return s.ends_with(end); });
}

std::string appended(std::string reading, std::string_view next) {
  if (next.starts_with(kI) && reading.ends_with(kI)) next.remove_prefix(kI.size());
  if (next == kO && ends_in_any(reading, kHushers)) next = kE;
  return reading += next;
}

void sort_out(std::vector<std::string>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

bool Readings::shares(const Readings& other) const {
  return std::any_of(all.begin(), all.end(), [&](const std::string& r) {
    return std::binary_search(other.all.begin(), other.all.end(), r);
  });
}

Result<Transliteration> Transliteration::load(const std::string& path) {
  Transliteration t;
  AVSTAND_TRY(table, Table::load(path, {"convention", "letters", "reading"}));
  for (const TableRow& row : table.rows()) {
    if (row.cells[1].empty()) return table.error(row, "no letters");
    auto at = std::find_if(t.conventions_.begin(), t.conventions_.end(),
                           [&](const Convention& c) { return c.name == row.cells[0]; });
    if (at == t.conventions_.end()) at = t.conventions_.insert(at, Convention{row.cells[0], {}, 0});
    at->letters[row.cells[1]].push_back(row.cells[2]);
    at->longest = std::max(at->longest, row.cells[1].size());
  }
  return t;
}

void Transliteration::read_in(const Convention& convention, std::string_view word,
                              Readings& out) const {
  std::vector<std::string> open{""};
  bool marked = false;
  for (size_t at = 0; at < word.size();) {
    size_t size = std::min(convention.longest, word.size() - at);
    auto found = convention.letters.end();
    for (; size > 0 && found == convention.letters.end(); --size)
      found = convention.letters.find(word.substr(at, size));
    if (found == convention.letters.end()) return;
    at += found->first.size();
    std::vector<std::string> next;
    for (const std::string& reading : open)
      for (const std::string& letters : found->second)
        if (next.size() < kMaxReadings) next.push_back(appended(reading, letters));
    open = std::move(next);
    marked = marked || (found->first.size() > 1 && ends_in_any(found->second.front(), kTelling));
    marked = marked || found->first.front() < 0;  // not ASCII: Cyrillic
  }
  out.all.insert(out.all.end(), open.begin(), open.end());
  out.marked = out.marked || marked;
}

Readings Transliteration::read(std::string_view word) const {
  Readings out;
  if (word.empty() || word.size() > kLongestWord) return out;
  for (const Convention& convention : conventions_) read_in(convention, word, out);
  sort_out(out.all);
  return out;
}

std::vector<std::string> Transliteration::read_name(std::string_view name) const {
  std::vector<std::string> out{""};
  while (!name.empty()) {
    const size_t space = std::min(name.find(' '), name.size());
    const Readings word = read(name.substr(0, space));
    std::vector<std::string> next;
    for (const std::string& before : out)
      for (const std::string& reading : word.all)
        if (next.size() < kMaxNameReadings) next.push_back(before + reading + ' ');
    out = std::move(next);
    name.remove_prefix(std::min(space + 1, name.size()));
  }
  sort_out(out);
  return out;
}

}  // namespace avstand::entity
