#include "provenance/file_credit.h"

#include <algorithm>

#include "base/table.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr std::string_view kBorders = "/|;,:()[]";
constexpr size_t kMostNames = 50;
constexpr size_t kShortestWord = 2;  // bytes; initials of given names do not make two names one

/// Lower case, everything but letters and digits a space, a space at both ends.
std::string spaced(std::string_view text) {
  const std::string lower = lower_case(text);
  std::string out = " ";
  for (size_t at = 0; at < lower.size();) {
    const CodePoint c = decode_utf8(lower, at);
    const bool ascii = (c.value >= 'a' && c.value <= 'z') || (c.value >= '0' && c.value <= '9');
    // Latin-1's marks (©, ®, «, ·) and general punctuation (dashes, quotation marks) are no
    // letters.
    const bool other = c.value >= 0xC0 && (c.value < 0x2000 || c.value >= 0x2070);
    if (ascii || other)
      out += lower.substr(at, c.size);
    else if (out.back() != ' ')
      out += ' ';
    at += c.size;
  }
  if (out.back() != ' ') out += ' ';
  return out;
}

bool has_any(const std::string& text, const std::vector<std::string>& phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](const std::string& p) { return text.find(p) != std::string::npos; });
}

bool is_number(std::string_view word) {
  return word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Words that name somebody.
std::vector<std::string> telling_words(std::string_view name, const CreditWords& words) {
  std::string text = spaced(name);
  for (const auto* phrases : {&words.handout, &words.filler}) {
    for (const std::string& phrase : *phrases)
      for (size_t at = text.find(phrase); at != std::string::npos; at = text.find(phrase, at))
        text.replace(at, phrase.size(), " ");
  }
  std::vector<std::string> out;
  for (const std::string_view word : split(text, ' '))
    if (word.size() >= kShortestWord && !is_number(word)) out.emplace_back(word);
  return out;
}

std::string initials(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += word[0];
  return out;
}

/// "J.", "K": an initial before a family name.
bool is_initial(std::string_view word) {
  if (word.ends_with('.')) word.remove_suffix(1);
  return word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z';
}

/// A part of a credit without filler and marks at its ends; empty where it names nobody.
std::string bare_name(std::string_view part, const CreditWords& words) {
  std::vector<std::string_view> all = split(part, ' ');
  const auto telling = telling_words(part, words);
  if (telling.empty()) return {};
  const auto has = [](const std::string& wanted) {
    return [&wanted](std::string_view word) {
      return spaced(word).find(" " + wanted + " ") != std::string::npos;
    };
  };
  const auto first = std::find_if(all.begin(), all.end(), has(telling.front()));
  const auto last = std::find_if(all.rbegin(), all.rend(), has(telling.back())).base();
  auto begin = first;
  while (begin != all.begin() && is_initial(begin[-1])) --begin;
  std::string out;
  for (auto word = begin; word != last; ++word) {
    if (!out.empty() && !word->empty()) out += ' ';
    out += *word;
  }
  while (out.ends_with('.')) out.pop_back();
  constexpr std::string_view kCopyright = "\xC2\xA9";  // "©NTB"
  return out.starts_with(kCopyright) ? out.substr(kCopyright.size()) : out;
}

constexpr std::string_view kVia = "via ";

/// Whether a text begins with "via ", in any case.
bool is_via(std::string_view text) {
  if (text.size() < kVia.size()) return false;
  return std::equal(kVia.begin(), kVia.end(), text.begin(),
                    [](char a, char b) { return a == b || a == (b | 0x20); });
}

void add_once(std::vector<std::string>& to, const std::string& name) {
  if (!name.empty() && to.size() < kMostNames && std::find(to.begin(), to.end(), name) == to.end())
    to.push_back(name);
}

}  // namespace

Result<CreditWords> CreditWords::load(const std::string& path) {
  AVSTAND_TRY(table, Table::load(path, {"kind", "words"}));
  CreditWords out;
  for (const TableRow& row : table.rows()) {
    auto* const list = row.cells[0] == "handout"           ? &out.handout
                       : row.cells[0] == "handout_caption" ? &out.handout_caption
                       : row.cells[0] == "filler"          ? &out.filler
                                                           : nullptr;
    if (list == nullptr) return table.error(row, "no such kind: " + row.cells[0]);
    list->push_back(spaced(row.cells[1]));
  }
  // The longest first, so that "courtesy of" is taken out before "courtesy".
  for (auto* const list : {&out.handout, &out.filler})
    std::sort(list->begin(), list->end(), [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
  return out;
}

std::vector<std::string> names_of_credit(std::string_view credit, const CreditWords& words) {
  std::vector<std::string> out;
  size_t begin = 0;
  for (size_t i = 0; i <= credit.size(); ++i) {
    const bool via =
        is_via(credit.substr(i)) && (i == 0 || credit[i - 1] == ' ' || credit[i - 1] == '/');
    if (i < credit.size() && !via && kBorders.find(credit[i]) == std::string_view::npos) continue;
    add_once(out, bare_name(credit.substr(begin, i - begin), words));
    begin = via ? i + kVia.size() : i + 1;
  }
  return out;
}

FileCredit file_credit(const PictureMetadata& m, const CreditWords& words) {
  FileCredit out;
  const auto add = [&](std::string_view field, bool to_hands) {
    for (const std::string& name : names_of_credit(field, words)) {
      add_once(out.names, name);
      if (to_hands) add_once(out.hands, name);
    }
    out.handout = out.handout || has_any(spaced(field), words.handout);
  };
  // "Kari Bø / NTB" names the creator too; then it alone tells the order.
  for (const std::string& creator : m.creators)
    add(creator, m.credit.find(creator) == std::string::npos);
  add(m.credit, true);
  add(m.source, out.hands.empty());
  add(m.copyright, out.hands.empty());
  for (const std::string& other : m.also) add(other, false);
  out.handout = out.handout || has_any(spaced(m.caption), words.handout_caption);
  return out;
}

bool share_a_name(const std::vector<std::string>& a, const std::vector<std::string>& b,
                  const CreditWords& words) {
  for (const std::string& one : a) {
    const auto left = telling_words(one, words);
    for (const std::string& other : b) {
      const auto right = telling_words(other, words);
      for (const std::string& word : left)
        if (std::find(right.begin(), right.end(), word) != right.end()) return true;
      if (left.size() == 1 && left[0] == initials(right)) return true;
      if (right.size() == 1 && right[0] == initials(left)) return true;
    }
  }
  return false;
}

}  // namespace avstand::provenance
