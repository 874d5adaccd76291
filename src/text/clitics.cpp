#include "text/clitics.h"

#include "text/utf8.h"

namespace avstand {
namespace {

constexpr uint32_t kMaxCliticWord = 48;

/// Cells in lower case with a straight apostrophe for every kind of it.
std::string key(const Line& line, uint32_t begin, uint32_t end) {
  std::string out;
  for (uint32_t i = begin; i < end; ++i) {
    const char32_t c = line[i].c;
    if (c == 0x2019 || c == 0x2BC || c == '`' || c == 0xB4) {
      out += '\'';
    } else {
      out += lower_case(line.text(i, i + 1));
    }
  }
  return out;
}

/// Parts the last word after its first `size` cells.
void part(uint32_t size, std::vector<RawToken>& tokens) {
  RawToken rest = tokens.back();
  tokens.back().end = tokens.back().begin + size;
  rest.begin = tokens.back().end;
  rest.space_before = false;
  rest.joined = true;
  tokens.push_back(rest);
}

bool closes_quote(const Line& line, const std::vector<RawToken>& tokens) {
  // An apostrophe behind a word closes a quotation if one was opened before it, nearby.
  constexpr size_t kReach = 40;
  const size_t first = tokens.size() > kReach ? tokens.size() - kReach : 0;
  for (size_t i = tokens.size(); i-- > first;) {
    const RawToken& token = tokens[i];
    if (token.kind != TokenKind::kMark || token.end - token.begin != 1) continue;
    const char32_t c = line[token.begin].c;
    if (c == '\'' || c == 0x2018) return true;
  }
  return false;
}

}  // namespace

uint32_t split_clitics(const Line& line, uint32_t chunk_end, const TextRules::Language& rules,
                       std::vector<RawToken>& tokens) {
  const RawToken word = tokens.back();
  const uint32_t size = word.end - word.begin;
  if (rules.clitic_suffixes.empty() || size > kMaxCliticWord) return word.end;
  const std::string form = key(line, word.begin, word.end);
  if (const auto it = rules.clitic_words.find(form); it != rules.clitic_words.end()) {
    for (size_t i = 0; i + 1 < it->second.size(); ++i) part(it->second[i], tokens);
    return word.end;
  }
  for (const std::string& suffix : rules.clitic_suffixes) {
    if (form.size() <= suffix.size() || !form.ends_with(suffix)) continue;
    // "1990's" is a plural, one word.
    if (line[word.end - static_cast<uint32_t>(suffix.size()) - 1].digit()) return word.end;
    part(size - static_cast<uint32_t>(suffix.size()), tokens);
    return word.end;
  }
  const bool apostrophe = word.end < chunk_end &&
                          (line[word.end].c == '\'' || line[word.end].c == 0x2019) &&
                          (word.end + 1 == chunk_end || !line[word.end + 1].alnum());
  if (!apostrophe || rules.possessive_after.empty() || !form.ends_with(rules.possessive_after) ||
      closes_quote(line, tokens))
    return word.end;
  tokens.back().end = word.end + 1;
  part(size, tokens);
  return word.end + 1;
}

}  // namespace avstand
