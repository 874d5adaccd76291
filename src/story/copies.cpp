#include "story/copies.h"

#include <algorithm>
#include <set>

#include "story/lexicon.h"
#include "story/similarity.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr float kSamePassage = 0.55F;        // dice of an edited passage
constexpr float kTranslatedPassage = 0.42F;  // dice of a translated one
constexpr float kLeastShare = 0.4F;          // of the copy's words that must be aligned
constexpr size_t kFewestPassages = 3;
constexpr size_t kFewestCredited = 2;   // passages of a copy that names the original,
constexpr float kCreditedLess = 0.08F;  // and so much less like them they may be
constexpr float kVerbatim = 0.9F;
constexpr float kLightest = 1.5F;  // weight of a passage that can be told from chance

bool whole(const Passage& p) {
  return p.kind == PassageKind::kSentence || p.kind == PassageKind::kQuote;
}

/// Words of the text in lower case, to see whether two passages are the same word for word.
std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : lower_case(text) + " ") {
    const bool letter =
        static_cast<uint8_t>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (letter) word += c;
    if (!letter && !word.empty()) out.push_back(std::exchange(word, {}));
  }
  return out;
}

/// Share of the words of the shorter text that both have.
float word_overlap(std::string_view a, std::string_view b) {
  const auto x = words(a), y = words(b);
  std::multiset<std::string> left(x.begin(), x.end());
  size_t shared = 0;
  for (const std::string& w : y)
    if (const auto it = left.find(w); it != left.end()) {
      left.erase(it);
      ++shared;
    }
  const size_t more = std::max(x.size(), y.size());
  return more == 0 ? 0 : static_cast<float>(shared) / static_cast<float>(more);
}

float weight(const Passage& p) {
  float sum = 0;
  for (const Term& t : p.terms) sum += t.weight;
  return sum;
}

struct Alignment {
  std::vector<AlignedPassage> passages;
  float share = 0;  ///< of the copy's words that are aligned
  float of_original = 0;
  float verbatim = 0;  ///< mean share of the same words
  float inversions = 0;
};

/// A denial repeats the words of what it denies, and is no copy of it.
bool compatible(const Passage& a, const Passage& b) {
  if (a.negated != b.negated || (a.stance == Stance::kDenies) != (b.stance == Stance::kDenies))
    return false;
  return compare(a.quantities, b.quantities) != Figures::kConflict ||
         likeness(a.terms, b.terms).dice > 0.75F;
}

/// Aligns passages of `copy` with those of `original`, each with its best partner.
Alignment align(const StoryArticle& original, const StoryArticle& copy, bool credited) {
  Alignment out;
  const bool same_language = (original.language == "en") == (copy.language == "en");
  const float least =
      (same_language ? kSamePassage : kTranslatedPassage) - (credited ? kCreditedLess : 0);
  uint32_t all = 0, aligned = 0, all_original = 0, order = 0, steps = 0;
  uint32_t last = 0;
  for (const Passage& p : original.passages)
    if (whole(p)) all_original += p.words;
  for (const Passage& p : copy.passages) {
    if (!whole(p)) continue;
    all += p.words;
    const Passage* best = nullptr;
    float most = least;
    for (const Passage& q : original.passages) {
      if (!whole(q) || weight(p) < kLightest || weight(q) < kLightest) continue;
      const float s = likeness(q.terms, p.terms).dice;
      if (s <= most || !compatible(p, q)) continue;
      most = s;
      best = &q;
    }
    if (best == nullptr) continue;
    aligned += p.words;
    out.verbatim += word_overlap(best->span.in(original.text), p.span.in(copy.text));
    if (!out.passages.empty()) {
      ++steps;
      order += best->span.begin >= last ? 1 : 0;
    }
    last = best->span.begin;
    out.passages.push_back({best->span, p.span});
  }
  if (out.passages.empty()) return out;
  out.verbatim /= static_cast<float>(out.passages.size());
  out.share = static_cast<float>(aligned) / static_cast<float>(std::max(1U, all));
  out.of_original = static_cast<float>(aligned) / static_cast<float>(std::max(1U, all_original));
  out.inversions = steps == 0 ? 0 : 1 - static_cast<float>(order) / static_cast<float>(steps);
  return out;
}

bool is_copy(const Alignment& a, bool credited) {
  return a.passages.size() >= (credited ? kFewestCredited : kFewestPassages) &&
         a.share >= kLeastShare && a.inversions <= 0.4F;
}

bool names(const StoryArticle& a, std::string_view outlet) {
  const std::string plain = plain_name(outlet);
  for (const auto* list : {&a.credits, &a.cited})
    for (const std::string& name : *list)
      if (plain_name(name) == plain) return true;
  return false;
}

/// How likely an article is the original: wires and releases before all else, then the earliest.
int rank(const StoryArticle& a) { return a.agency || a.release ? 0 : a.credits.empty() ? 1 : 2; }

}  // namespace

std::vector<Copy> find_copies(const std::vector<const StoryArticle*>& articles) {
  std::vector<Copy> out;
  for (uint32_t c = 0; c < articles.size(); ++c) {
    Copy best;
    float most = 0;
    for (uint32_t o = 0; o < articles.size(); ++o) {
      if (o == c) continue;
      const StoryArticle& original = *articles[o];
      const StoryArticle& copy = *articles[c];
      const int a = rank(original), b = rank(copy);
      if (a > b || (a == b && o > c)) continue;  // the copy came later, or is no wire
      const bool credited = original.agency && names(copy, original.outlet);
      const Alignment found = align(original, copy, credited);
      if (!is_copy(found, credited)) continue;
      const float score = found.share + found.of_original + (a == 0 ? 1.0F : 0.0F);
      if (score <= most) continue;
      most = score;
      const bool same_language = original.language == copy.language;
      best = {.of = o, .article = c, .passages = found.passages};
      best.kind = found.verbatim >= kVerbatim && found.share >= 0.8F ? "verbatim"
                  : same_language                                    ? "edited"
                                                                     : "translated";
      best.credited = names(copy, original.outlet);
    }
    if (most > 0) out.push_back(std::move(best));
  }
  return out;
}

}  // namespace avstand::story
