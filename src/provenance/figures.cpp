// Two figures or two dates for one thing inside one article.
//
// Strict on purpose: two figures must count the same noun in the same predicate by the same origin;
// parts must be told as parts; two dates must belong to one paper and share the day.
#include <algorithm>
#include <cmath>

#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kNumberWindow = 64;  // figures looked back at
constexpr uint32_t kDateSentences = 4;  // sentences looked back for the other date of a paper
constexpr double kSumFarthest =
    1.4;  // parts and total further apart than this are about two things
// -------------------------------------------------------------------------------------

/// "14 sivile ble drept": a counted noun and what is said of it.
struct Figure {
  std::string value, noun, verb;
  WordRange words;
  EntityId origin = kNoEntity;
  std::vector<std::string> around;  ///< stems of the sentence
  std::vector<std::string> times;   ///< time words that limit it
};

EntityId origin_at(const Context& c, WordId w) {
  for (const uint32_t i : c.drafts_of_sentence[c.analysis.sentence_of[w]])
    if (c.inside(c.drafts[i].attribution->content, {w, w + 1}) ||
        c.inside(c.drafts[i].attribution->source, {w, w + 1}))
      return c.knows(c.drafts[i].origin()) ? c.body_of(c.drafts[i].origin()) : kNoEntity;
  return kNoEntity;
}

bool is_number(std::string_view form) {
  return !form.empty() && form.find_first_not_of("0123456789.,") == std::string_view::npos &&
         form.front() >= '0' && form.front() <= '9';
}

std::optional<Figure> figure_at(const Context& c, WordId w) {
  const Analysis& a = c.analysis;
  if (a.words[w].rel != Rel::kNummod || !is_number(a.form(w))) return std::nullopt;
  const WordId noun = a.words[w].head;
  if (noun == kNoWord || a.words[noun].head == kNoWord) return std::nullopt;
  const Rel rel = a.words[noun].rel;
  if (rel != Rel::kNsubj && rel != Rel::kObj) return std::nullopt;
  const WordId verb = a.words[noun].head;
  Figure f;
  f.value = a.form(w);
  f.noun = lower_case(a.lemma(noun));
  f.verb = lower_case(a.lemma(verb));
  f.words = {std::min(w, noun), std::max(w, noun) + 1};
  f.origin = origin_at(c, w);
  f.around = content_stems(c, {a.sentence(w).words});
  return f;
}

std::string sorted_digits(const std::string& s) {
  std::string out;
  for (const char ch : s)
    if (ch >= '0' && ch <= '9') out += ch;
  std::sort(out.begin(), out.end());
  return out;
}

/// Two exact figures of one origin for the same noun and verb, whose sentences share another word,
/// or whose digits are the same in another order (a slip of the pen).
bool conflicts(const Figure& a, const Figure& b) {
  if (a.value == b.value || a.noun != b.noun || a.verb != b.verb) return false;
  if (a.origin == kNoEntity || a.origin != b.origin) return false;
  if (sorted_digits(a.value) == sorted_digits(b.value)) return true;
  return shared(a.around, b.around) >= 5;
}

bool find_two_figures(Context& c) {
  std::vector<Figure> figures;
  for (WordId w = 0; w < c.analysis.words.size(); ++w) {
    const auto f = figure_at(c, w);
    if (!f) continue;
    const size_t first = figures.size() - std::min<size_t>(figures.size(), kNumberWindow);
    for (size_t k = first; k < figures.size(); ++k)
      if (conflicts(figures[k], *f)) {
        add_finding(c, "number_conflict", {c.span(f->words), c.span(figures[k].words)},
                    {c.text(figures[k].words), c.text(f->words)});
        return true;
      }
    figures.push_back(*f);
  }
  return false;
}

// --- parts and total
// -------------------------------------------------------------------------------

/// The number's value; thousands may be parted by a comma, a stop or a space. 0 if it is none.
double value_of(std::string_view form) {
  double value = 0;
  for (const char ch : form)
    if (ch >= '0' && ch <= '9') value = value * 10 + (ch - '0');
  return value;
}

struct Part {
  WordId word = kNoWord;
  double value = 0;
};

/// The first and last number of a match that tells parts.
std::optional<std::pair<Part, Part>> parts_in(const Context& c, WordRange r) {
  Part first, last;
  for (WordId w = r.begin; w < r.end; ++w) {
    if (!is_number(c.analysis.form(w)) || value_of(c.analysis.form(w)) < 100) continue;
    last = {w, value_of(c.analysis.form(w))};
    if (first.word == kNoWord) first = last;
  }
  if (first.word == kNoWord || first.word == last.word) return std::nullopt;
  return std::pair{first, last};
}

/// The one figure of the article that may be the total of the parts: larger than each, close to
/// their sum, counting a noun. A figure that equals the sum settles it.
std::optional<WordRange> total_for(const Context& c, const Part& a, const Part& b) {
  std::optional<WordRange> found;
  for (WordId w = 0; w < c.analysis.words.size(); ++w) {
    if (w == a.word || w == b.word || !is_number(c.analysis.form(w))) continue;
    const double value = value_of(c.analysis.form(w));
    const double ratio = value > 0 ? (a.value + b.value) / value : 0;
    if (ratio == 1) return std::nullopt;
    if (value <= std::max(a.value, b.value) || ratio > kSumFarthest || ratio < 1 / kSumFarthest)
      continue;
    const WordId noun = c.analysis.words[w].head;
    if (noun == kNoWord || c.analysis.words[w].rel != Rel::kNummod ||
        c.analysis.words[noun].upos != Upos::kNoun)
      continue;
    if (found) return std::nullopt;
    found = WordRange{std::min(w, noun), std::max(w, noun) + 1};
  }
  return found;
}

bool find_wrong_sum(Context& c) {
  for (const SentenceInfo& s : c.analysis.sentences)
    for (const Match& m : c.find(Marker::kParts, s.words)) {
      const auto parts = parts_in(c, m.words);
      if (!parts) continue;
      const auto total = total_for(c, parts->first, parts->second);
      if (!total) continue;
      const auto sum = static_cast<int64_t>(parts->first.value + parts->second.value);
      add_finding(
          c, "number_conflict", {c.span(m.words), c.span(*total)},
          {std::string(c.analysis.form(parts->first.word)),
           std::string(c.analysis.form(parts->second.word)), std::to_string(sum), c.text(*total)},
          "number_sum");
      return true;
    }
  return false;
}

// --- two dates
// ---------------------------------------------------------------------------------------

/// "14. mai", "14 May", "May 14".
struct Date {
  std::string day, month;
  WordRange words;
};

std::string day_of(std::string_view form) {
  while (!form.empty() && form.back() == '.') form.remove_suffix(1);
  const bool day = !form.empty() && form.size() <= 2 &&
                   form.find_first_not_of("0123456789") == std::string_view::npos;
  return day ? std::string(form) : std::string();
}

std::optional<Date> date_at(const Context& c, WordId w, WordId end) {
  if (w + 1 >= end) return std::nullopt;
  for (const bool day_first : {true, false}) {
    const WordId day = day_first ? w : w + 1;
    WordId month = day_first ? w + 1 : w;
    if (day_first && month + 1 < end && c.analysis.form(month) == ".") ++month;
    const std::string d = day_of(c.analysis.form(day));
    if (d.empty() || !c.has(Marker::kMonth, {month, month + 1})) continue;
    return Date{d, lower_case(c.analysis.form(month)), {w, std::max(day, month) + 1}};
  }
  return std::nullopt;
}

/// Equal but for an ending that the lemma may have kept ("e-post", "e-posten").
bool same_noun(std::string_view a, std::string_view b) {
  return a.starts_with(b) || b.starts_with(a);
}

/// A paper and the date that stands with it.
struct DatedPaper {
  std::string noun;
  Date date;
  WordRange words;
  uint32_t sentence = 0;
  bool attached = false;  ///< "e-posten fra 14. mai", not only in one sentence with it
};

void add_papers(const Context& c, uint32_t sentence, std::vector<DatedPaper>& out) {
  const WordRange s = c.analysis.sentences[sentence].words;
  WordId noun = kNoWord;
  for (WordId w = s.begin; w < s.end; ++w) {
    if (c.analysis.words[w].upos == Upos::kNoun && c.is(Marker::kDocument, w)) noun = w;
    if (noun == kNoWord) continue;
    const auto date = date_at(c, w, s.end);
    if (!date) continue;
    const bool attached = w == noun + 2 && c.has(Marker::kDated, {noun + 1, noun + 2});
    out.push_back(
        {lower_case(c.analysis.lemma(noun)), *date, {noun, date->words.end}, sentence, attached});
    w = date->words.end - 1;
  }
}

}  // namespace

void find_figure_conflicts(Context& c) {
  if (!find_two_figures(c)) find_wrong_sum(c);
}

/// A paper with its date ("the email of 14 May") that stood a few sentences before with another
/// month.
void find_date_conflicts(Context& c) {
  std::vector<DatedPaper> papers;
  for (uint32_t s = 0; s < c.analysis.sentences.size(); ++s) {
    size_t known = papers.size();
    add_papers(c, s, papers);
    for (; known < papers.size(); ++known)
      for (size_t k = known; k > 0 && papers[k - 1].sentence + kDateSentences >= s; --k) {
        const DatedPaper& a = papers[k - 1];
        const DatedPaper& b = papers[known];
        if (!same_noun(a.noun, b.noun) || !b.attached || a.date.day != b.date.day ||
            a.date.month == b.date.month)
          continue;
        return add_finding(c, "date_conflict", {c.span(b.words), c.span(a.date.words)},
                           {c.text(a.date.words), c.text(b.date.words)});
      }
  }
}

}  // namespace avstand::provenance
