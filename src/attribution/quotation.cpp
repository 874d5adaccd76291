#include "attribution/quotation.h"

#include <algorithm>
#include <array>

#include "text/utf8.h"

namespace avstand {
namespace {

constexpr std::array<std::string_view, 4> kDashes = {"-", "–", "—", "―"};

/// What a mark may do. Straight and low or reversed marks open or close by what is open.
enum class Side : uint8_t { kOpen, kClose, kEither };

struct Mark {
  std::string_view form;
  Side side;
  uint8_t family;  // marks of one family pair with each other
};

constexpr std::array<Mark, 10> kMarks = {{{"«", Side::kOpen, 0},
                                          {"»", Side::kClose, 0},
                                          {"“", Side::kEither, 1},
                                          {"”", Side::kEither, 1},
                                          {"„", Side::kOpen, 1},
                                          {"‟", Side::kOpen, 1},
                                          {"\"", Side::kEither, 1},
                                          {"``", Side::kOpen, 1},
                                          {"''", Side::kEither, 1},
                                          {"‘", Side::kOpen, 2}}};

const Mark* find_mark(std::string_view form) {
  for (const Mark& m : kMarks)
    if (m.form == form) return &m;
  return nullptr;
}

/// Speech over more words than this is more likely a mark that was never closed.
constexpr uint32_t kMaxQuotedWords = 400;

struct OpenMark {
  WordId word;
  uint8_t family;
};

}  // namespace

bool is_heading(const Analysis& a, const SentenceInfo& s) {
  const WordId last = s.words.end - 1;
  return a.words[last].upos != Upos::kPunct || a.form(last) == "|";
}

bool is_quotation_mark(std::string_view form) { return find_mark(form) != nullptr; }

bool is_dash(std::string_view form) {
  return std::find(kDashes.begin(), kDashes.end(), form) != kDashes.end();
}

QuotationMap::QuotationMap(const Analysis& analysis) : analysis_(analysis) {
  find_quoted(analysis);
  find_dashes(analysis);
}

/// Whether a mark is written against the word behind it and away from the one before it, as only
/// an opening one is: a second one inside open speech begins a quotation within it. Straight marks
/// are set both ways too often to go by that.
bool QuotationMap::leans_right(WordId w) const {
  if (w == 0 || analysis_.form(w) == "\"") return false;
  return analysis_.words[w - 1].space_after && !analysis_.words[w].space_after;
}

/// "«C «T» C «T», V S": one mark closes both where a comma and a verb follow. `first`: of the spans
/// of the block, which ends at `end`.
void QuotationMap::close_before_inquit(WordId open, size_t first, WordId end) {
  const auto closes = [&](const QuotedSpan& q) {
    const WordId at = q.words.end;
    return q.words.begin > open && at + 1 < end && analysis_.form(at) == "," &&
           analysis_.words[at + 1].upos == Upos::kVerb && at - open <= kMaxQuotedWords;
  };
  const auto found =
      std::find_if(quoted_.begin() + static_cast<ptrdiff_t>(first), quoted_.end(), closes);
  if (found != quoted_.end()) quoted_.push_back({{open, found->words.end}, false});
}

void QuotationMap::find_quoted(const Analysis& analysis) {
  std::vector<OpenMark> open;
  uint32_t block = UINT32_MAX;
  size_t first_of_block = 0;
  const auto close_open = [&](WordId end) {
    if (!open.empty() && open.front().family == 0)
      close_before_inquit(open.front().word, first_of_block, end);
  };
  for (WordId w = 0; w < analysis.words.size(); ++w) {
    if (const uint32_t here = analysis.sentence(w).block; here != block) {
      // A mark never pairs across blocks.
      close_open(w);
      open.clear();
      first_of_block = quoted_.size();
      block = here;
    }
    if (analysis.words[w].upos != Upos::kPunct && analysis.words[w].span.size() > 4) continue;
    const Mark* mark = find_mark(analysis.form(w));
    if (mark == nullptr || mark->family == 2) continue;  // single marks are mostly apostrophes
    const auto match = std::find_if(open.rbegin(), open.rend(),
                                    [&](const OpenMark& o) { return o.family == mark->family; });
    const bool closes = mark->side == Side::kClose ||
                        (mark->side == Side::kEither && match != open.rend() && !leans_right(w));
    if (!closes) {
      open.push_back({w, mark->family});
    } else if (match != open.rend()) {
      if (w + 1 - match->word <= kMaxQuotedWords) quoted_.push_back({{match->word, w + 1}, false});
      open.erase(match.base() - 1, open.end());
    }
  }
  close_open(static_cast<WordId>(analysis.words.size()));
  std::sort(quoted_.begin(), quoted_.end(), [](const QuotedSpan& a, const QuotedSpan& b) {
    return a.words.begin != b.words.begin ? a.words.begin < b.words.begin
                                          : a.words.end > b.words.end;
  });
  quoted_of_.assign(analysis.words.size(), 0);
  for (uint32_t i = 0; i < quoted_.size(); ++i) {
    const WordRange r = quoted_[i].words;
    quoted_[i].inner = quoted_of_[r.begin] != 0;
    for (WordId w = r.begin; w < r.end; ++w) quoted_of_[w] = i + 1;
  }
}

/// An item of a list, not speech: its first word is small, and it has no stop or follows another
/// item. Speech, and the headings that quote it, begin with a capital.
bool QuotationMap::is_item(WordRange sentence, bool after_item) const {
  const WordId first = sentence.begin + 1, last = sentence.end - 1;
  const std::string_view form = analysis_.form(first);
  const bool small = analysis_.words[first].upos != Upos::kPunct &&
                     (static_cast<uint8_t>(form[0]) >= 0x80 || form[0] >= 'a') &&
                     !starts_upper(form);
  const bool open_end = analysis_.words[last].upos != Upos::kPunct || analysis_.form(last) == ";" ||
                        analysis_.form(last) == ",";
  return small && (after_item || open_end);
}

void QuotationMap::find_dashes(const Analysis& analysis) {
  const auto& sentences = analysis.sentences;
  dash_of_.assign(sentences.size(), 0);
  bool after_item = false;
  for (uint32_t s = 0; s < sentences.size(); ++s) {
    const WordRange r = sentences[s].words;
    const bool dash = r.size() >= 2 && is_dash(analysis.form(r.begin));
    const bool opens = dash && !is_item(r, after_item);
    if (dash) after_item = !opens;
    const bool new_block = s > 0 && sentences[s].block != sentences[s - 1].block;
    if (!dashes_.empty() && (opens || new_block))
      dashes_.back().end_sentence = std::min(dashes_.back().end_sentence, s);
    if (opens) dashes_.push_back({s, static_cast<uint32_t>(sentences.size())});
  }
  for (uint32_t i = 0; i < dashes_.size(); ++i)
    for (uint32_t s = dashes_[i].first_sentence; s < dashes_[i].end_sentence; ++s)
      dash_of_[s] = i + 1;
}

const QuotedSpan* QuotationMap::quoted_at(WordId w) const {
  const uint32_t i = quoted_of_[w];
  return i == 0 ? nullptr : &quoted_[i - 1];
}

const DashRun* QuotationMap::dash_at(uint32_t sentence) const {
  const uint32_t i = dash_of_[sentence];
  return i == 0 ? nullptr : &dashes_[i - 1];
}

bool QuotationMap::marked(WordId w) const {
  if (quoted_at(w) != nullptr) return true;
  const uint32_t s = analysis_.sentence_of[w];
  const DashRun* run = dash_at(s);
  return run != nullptr && run->first_sentence == s;
}

}  // namespace avstand
