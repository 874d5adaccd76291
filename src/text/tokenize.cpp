#include "text/tokenize.h"

#include "text/address.h"
#include "text/clitics.h"
#include "text/utf8.h"

namespace avstand {
namespace {

constexpr uint32_t kMaxAbbreviation = 24;  // cells; longer words are looked up nowhere
constexpr uint32_t kLookAhead = 16;        // cells behind a full stop in search of the next word

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
bool is_dash(char32_t c) { return c >= 0x2012 && c <= 0x2015; }
bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2BC || c == '`' || c == 0xB4;
}

/// Reads one run of cells between blanks into words.
class ChunkReader {
 public:
  ChunkReader(const Line& line, const TextRules::Language& rules, std::vector<RawToken>& tokens)
      : line_(line), rules_(rules), tokens_(tokens) {}

  void read(uint32_t begin, uint32_t end) {
    begin_ = begin;
    end_ = end;
    has_at_ = false;
    for (uint32_t i = begin; i < end && !has_at_; ++i) has_at_ = line_[i].c == '@';
    for (uint32_t at = begin; at < end;) at = read_token(at);
  }

 private:
  uint32_t read_token(uint32_t at) {
    if (const uint32_t to = address_end(line_, at, end_, has_at_); to > at)
      return push(at, to, TokenKind::kAddress);
    if (line_[at].alnum()) return read_word(at);
    if (const uint32_t to = signed_word(at); to > at) return push(at, to, TokenKind::kWord);
    return read_mark(at);
  }

  uint32_t push(uint32_t at, uint32_t to, TokenKind kind) {
    tokens_.push_back(
        {.begin = at, .end = to, .kind = kind, .space_before = at == begin_ && begin_ > 0});
    return to;
  }

  uint32_t read_word(uint32_t at);
  uint32_t word_end(uint32_t at) const;
  bool joins(uint32_t word, uint32_t at) const;
  bool joins_stop(uint32_t word, uint32_t at) const;
  bool joins_slash(uint32_t word, uint32_t at) const;
  bool is_range(uint32_t word, uint32_t at) const;
  bool joins_hyphen(uint32_t word, uint32_t at) const;
  bool hyphenated_number(uint32_t word) const;
  uint32_t trailing_hyphen(uint32_t at) const;
  uint32_t unit_begin(uint32_t at, uint32_t to) const;
  uint32_t with_stop(uint32_t at, uint32_t to, TokenKind& kind) const;
  const Cell* next_word(uint32_t at) const;
  uint32_t signed_word(uint32_t at) const;
  uint32_t read_mark(uint32_t at);
  bool sentence_may_begin_here() const;

  const Line& line_;
  const TextRules::Language& rules_;
  std::vector<RawToken>& tokens_;
  uint32_t begin_ = 0, end_ = 0;  // the chunk
  bool has_at_ = false;
};

bool all_digits(const Line& line, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i)
    if (!line[i].digit()) return false;
  return begin < end;
}

/// A number written with separators: "1,234.5", "12.30".
bool numeric(const Line& line, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; ++i)
    if (line[i].letter()) return false;
  return begin < end && line[begin].digit();
}

uint32_t ChunkReader::word_end(uint32_t at) const {
  uint32_t to = at + 1;
  for (; to < end_; ++to) {
    const Cell& cell = line_[to];
    if (cell.alnum() || cell.c == '_' || cell.c == 0xB0) continue;
    if (to + 1 >= end_ || !(line_[to + 1].alnum()) || !joins(at, to)) break;
  }
  return to;
}

/// Whether the mark at `at`, with a letter or digit after it, is inside the word from `word`.
bool ChunkReader::joins(uint32_t word, uint32_t at) const {
  const Cell& mark = line_[at];
  const Cell& before = line_[at - 1];
  const Cell& after = line_[at + 1];
  const bool digits = before.digit() && after.digit();
  if (mark.c == '.') return before.alnum() && joins_stop(word, at);
  if (mark.c == ',' || mark.c == ':') return digits;
  if (is_apostrophe(mark.c)) return before.letter() || digits || after.lower();
  if (is_hyphen(mark.c)) return joins_hyphen(word, at);
  if (is_dash(mark.c)) return rules_.dash_joins && mark.c == 0x2013;
  if (mark.c == '/') return joins_slash(word, at);
  if (mark.c == '&') return before.upper() && after.upper() && at - word <= 3;
  return (mark.c == '@' || mark.c == '*') && before.letter() && after.letter();
}

/// A full stop between two letters or digits parts two sentences where a space was forgotten
/// ("over.Then"), else it is part of the word ("f.eks", "3.14", "firda.no").
bool ChunkReader::joins_stop(uint32_t word, uint32_t at) const {
  if (rules_.ordinals && line_[at + 1].lower() && at - word <= 3 && all_digits(line_, word, at))
    return false;  // "19.plass"
  const bool capital_follows = line_[at + 1].upper() && at + 2 < end_ && line_[at + 2].lower();
  if (!capital_follows || !line_[at - 1].lower() || at - word < 4) return true;
  return at - word > kMaxAbbreviation ||
         rules_.abbreviation(line_.text(word, at + 1)) != Abbreviation::kNone;
}

bool ChunkReader::joins_slash(uint32_t word, uint32_t at) const {
  uint32_t to = at + 1;  // end of the letters or digits behind the slash
  while (to < end_ && line_[to].alnum() && to - at <= kMaxAbbreviation) ++to;
  if (to - word <= kMaxAbbreviation && rules_.whole.contains(lower_case(line_.text(word, to))))
    return true;
  if (!rules_.digit_slashes || !line_[at - 1].digit() || !line_[at + 1].digit()) return false;
  const bool third = (to < end_ && line_[to].c == '/') || (at > word && line_[word + 1].c == '/') ||
                     (at > word + 1 && line_[word + 2].c == '/');
  // Two numbers are a date only where they cannot be a fraction: "9/11", but not "3/4".
  const bool date = at - word <= 2 && to - at <= 3 && (to - at == 3 || line_[at + 1].c >= '5');
  return third || date;
}

/// "713-853-3989", "345-9945", "11-20-2000"; but not the range "1969-1970".
bool ChunkReader::hyphenated_number(uint32_t word) const {
  uint32_t groups = 0, length = 0, first = 0, at = word;
  for (; at <= end_ && at - word < 32; ++at) {
    if (at < end_ && line_[at].digit()) {
      ++length;
      continue;
    }
    if (length == 0) break;
    if (++groups == 1) first = length;
    if (at >= end_ || !is_hyphen(line_[at].c)) break;
    length = 0;
  }
  const bool telephone = rules_.split_hyphens && length == 4 && (first & 1) == 1 && first <= 5;
  return groups >= 3 || (groups == 2 && telephone);
}

/// "25-30", "1998-2008" and nothing more; but not "0-4-tapet".
bool ChunkReader::is_range(uint32_t word, uint32_t at) const {
  if (!numeric(line_, word, at)) return false;
  uint32_t to = at + 1;
  while (to < end_ && to - at < kMaxAbbreviation &&
         (line_[to].digit() || line_[to].c == '.' || line_[to].c == ','))
    ++to;
  return to > at + 1 && (to >= end_ || (!line_[to].letter() && !is_hyphen(line_[to].c)));
}

bool ChunkReader::joins_hyphen(uint32_t word, uint32_t at) const {
  if (!rules_.split_hyphens)
    return !rules_.split_ranges || hyphenated_number(word) || !is_range(word, at);
  if (line_[word].digit()) return hyphenated_number(word);
  return at - word <= kMaxAbbreviation &&
         rules_.prefixes.contains(lower_case(line_.text(word, at)));
}

/// "familie- og": the hyphen of a word that is left out belongs to the first.
uint32_t ChunkReader::trailing_hyphen(uint32_t at) const {
  if (rules_.split_hyphens || at >= end_ || !is_hyphen(line_[at].c)) return at;
  const bool last = at + 1 == end_ || (!line_[at + 1].alnum() && !is_hyphen(line_[at + 1].c));
  return last && line_[at - 1].alnum() ? at + 1 : at;
}

/// Where the letters of "10am" begin, or `to` where the word is no number with a unit.
uint32_t ChunkReader::unit_begin(uint32_t at, uint32_t to) const {
  if (!rules_.split_units || !line_[at].digit() || to - at > kMaxAbbreviation) return to;
  uint32_t letters = to;
  while (letters > at && line_[letters - 1].letter()) --letters;
  if (letters == to || letters == at || !numeric(line_, at, letters)) return to;
  return rules_.units.contains(lower_case(line_.text(letters, to))) ? letters : to;
}

/// The first cell of the next word behind closing marks and blanks, null if it is far or absent.
const Cell* ChunkReader::next_word(uint32_t at) const {
  for (uint32_t i = at; i < line_.size() && i < at + kLookAhead; ++i)
    if (line_[i].alnum()) return &line_[i];
  return nullptr;
}

/// The end of the word with its full stop if the stop is part of it, else `to`.
uint32_t ChunkReader::with_stop(uint32_t at, uint32_t to, TokenKind& kind) const {
  if (to >= end_ || line_[to].c != '.' || to - at > kMaxAbbreviation) return to;
  const bool stop_behind = to + 1 < end_ && line_[to + 1].c == '.';
  const bool glued = to + 1 < end_ && line_[to + 1].alnum();
  if (glued && !(rules_.ordinals && all_digits(line_, at, to))) return to;
  if (stop_behind && (to + 2 >= end_ || line_[to + 2].c == '.')) return to;
  const Cell* next = next_word(to + 1);
  if (all_digits(line_, at, to)) {
    const bool range = to + 2 < end_ && is_hyphen(line_[to + 1].c) && line_[to + 2].digit();
    if (!rules_.ordinals || next == nullptr || to - at > 3) return to;
    if (!next->lower() && !range) return to;
    kind = TokenKind::kOrdinal;
    return to + 1;
  }
  const Abbreviation entry = rules_.abbreviation(line_.text(at, to + 1));
  const bool before_number = next != nullptr && next->digit();
  if (entry == Abbreviation::kInner || (entry == Abbreviation::kNumber && before_number)) {
    kind = TokenKind::kInnerAbbreviation;
    return to + 1;
  }
  if (entry == Abbreviation::kAny) {
    kind = TokenKind::kAbbreviation;
    return to + 1;
  }
  if (to - at == 1 && line_[at].upper() && next != nullptr) {
    kind = TokenKind::kInitial;
    return to + 1;
  }
  // Letters with full stops between them: "U.S.", "o.l.", whatever the language.
  if (to - at >= 3 && line_[to - 2].c == '.' && line_[to - 1].letter()) {
    kind = TokenKind::kAbbreviation;
    return to + 1;
  }
  return to;
}

uint32_t ChunkReader::read_word(uint32_t at) {
  uint32_t to = word_end(at);
  to = trailing_hyphen(to);
  TokenKind kind = numeric(line_, at, to) ? TokenKind::kNumber : TokenKind::kWord;
  to = with_stop(at, to, kind);
  if (const uint32_t unit = unit_begin(at, to); unit < to) {
    push(at, unit, TokenKind::kNumber);
    const uint32_t unit_end = with_stop(unit, to, kind);
    return push(unit, unit_end, kind);
  }
  push(at, to, kind);
  if (kind == TokenKind::kWord) to = split_clitics(line_, end_, rules_, tokens_);
  return to;
}

bool ChunkReader::sentence_may_begin_here() const {
  if (tokens_.empty()) return true;
  const RawToken& last = tokens_.back();
  if (last.kind != TokenKind::kMark) return false;
  constexpr std::u32string_view kBefore = U".?!:…\"»”)";
  return kBefore.find(line_[last.end - 1].c) != std::u32string_view::npos;
}

/// "-6", "-er": a hyphen that belongs to the word behind it. A dash before a capital at the
/// beginning of a sentence opens a quotation and is a word of its own.
uint32_t ChunkReader::signed_word(uint32_t at) const {
  const bool sign = is_hyphen(line_[at].c) || line_[at].c == '+' || line_[at].c == 0x2212;
  if (!sign || rules_.split_hyphens || at + 1 >= end_ || !line_[at + 1].alnum()) return at;
  if (at > begin_ && (line_[at].c != '-' || line_[at + 1].digit())) return at;
  if (line_[at].c == '+' && !line_[at + 1].digit()) return at;
  if (line_[at + 1].upper() && sentence_may_begin_here()) return at;
  return trailing_hyphen(word_end(at + 1));
}

uint32_t ChunkReader::read_mark(uint32_t at) {
  if (rules_.emoticons)
    if (const uint32_t to = emoticon_end(line_, at, end_); to > at)
      return push(at, to, TokenKind::kMark);
  const char32_t c = line_[at].c;
  uint32_t to = at + 1;
  const auto same = [&] { return to < end_ && line_[to].c == c; };
  if (c == '.') {
    while (same()) ++to;
    return push(at, to, TokenKind::kMark);
  }
  const bool grouped = c < 0x80 && rules_.grouped.find(static_cast<char>(c)) != std::string::npos;
  if (!grouped) return push(at, to, TokenKind::kMark);
  if (c == '?' || c == '!') {
    while (to < end_ && (line_[to].c == '?' || line_[to].c == '!')) ++to;
  } else {
    while (same()) ++to;
  }
  return push(at, to, TokenKind::kMark);
}

}  // namespace

void tokenize(const Line& line, const TextRules::Language& rules, std::vector<RawToken>& tokens) {
  tokens.clear();
  ChunkReader reader(line, rules, tokens);
  const uint32_t size = line.size();
  for (uint32_t at = 0; at < size;) {
    if (line[at].blank()) {
      ++at;
      continue;
    }
    uint32_t to = at;
    while (to < size && !line[to].blank()) ++to;
    reader.read(at, to);
    at = to;
  }
}

}  // namespace avstand
