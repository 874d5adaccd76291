#include "story/copies.h"

#include <algorithm>
#include <span>

#include "base/hash.h"
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
constexpr float kSurelySame = 0.75F;    // dice from which another figure is a slip
constexpr float kVerbatim = 0.9F;
constexpr float kLightest = 1.5F;  // weight of a passage that can be told from chance

bool whole(const Passage& p) {
  return p.kind == PassageKind::kSentence || p.kind == PassageKind::kQuote;
}

/// Hashes of the words of the text in lower case, sorted: to see whether two passages are the same
/// word for word.
std::vector<uint64_t> words(std::string_view text) {
  std::vector<uint64_t> out;
  std::string word;
  for (const char c : lower_case(text) + " ") {
    const bool letter =
        static_cast<uint8_t>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0;
    if (letter) word += c;
    if (letter || word.empty()) continue;
    out.push_back(xxh64(word));
    word.clear();
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Share of the words of the longer text that both have.
float word_overlap(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  size_t shared = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++shared;
    if (a[i] == b[j] || a[i] < b[j])
      j += a[i] == b[j] ? 1 : 0, ++i;
    else
      ++j;
  }
  const size_t more = std::max(a.size(), b.size());
  return more == 0 ? 0 : static_cast<float>(shared) / static_cast<float>(more);
}

struct Alignment {
  std::vector<AlignedPassage> passages;
  float share = 0;  ///< of the copy's words that are aligned
  float of_original = 0;
  float verbatim = 0;  ///< mean share of the same words
  float inversions = 0;
};

/// A denial repeats the words of what it denies, and is no copy of it.
bool compatible(const Passage& a, const Passage& b, float dice) {
  if (a.negated != b.negated || (a.stance == Stance::kDenies) != (b.stance == Stance::kDenies))
    return false;
  return dice > kSurelySame || compare(a.quantities, b.quantities) != Figures::kConflict;
}

/// Passages that may be copies of each other, for all articles of a story.
class Alike {
 public:
  struct Partner {
    uint32_t number = 0;
    float dice = 0;
  };
  Alike(const std::vector<const StoryArticle*>& articles, const Wording& wording)
      : articles_(articles), wording_(wording), partners_(wording.size()), words_(wording.size()) {
    for (uint32_t i = 0; i < wording.size(); ++i)
      for (const Wording::Shared& s : wording.shared(i)) {
        const float dice = wording.plain(i, s).dice;
        if (dice <= kTranslatedPassage - kCreditedLess || !counts(i) || !counts(s.other)) continue;
        partners_[i].push_back({s.other, dice});
        partners_[s.other].push_back({i, dice});
      }
    for (auto& row : partners_)
      std::sort(row.begin(), row.end(),
                [](const Partner& a, const Partner& b) { return a.number < b.number; });
  }

  const Passage& passage(uint32_t number) const {
    const Place place = wording_.place(number);
    return articles_[place.article]->passages[place.passage];
  }
  /// Of the passages [begin, end), by number.
  std::span<const Partner> partners(uint32_t number, uint32_t begin, uint32_t end) const {
    const auto& row = partners_[number];
    const auto before = [](uint32_t limit) {
      return [limit](const Partner& p) { return p.number < limit; };
    };
    const auto first = std::partition_point(row.begin(), row.end(), before(begin));
    return {first, std::partition_point(first, row.end(), before(end))};
  }
  float overlap(uint32_t a, uint32_t b) { return word_overlap(words_of(a), words_of(b)); }

 private:
  bool counts(uint32_t number) const {
    return whole(passage(number)) && wording_.plain_weight(number) >= kLightest;
  }
  const std::vector<uint64_t>& words_of(uint32_t number) {
    if (words_[number].empty())
      words_[number] =
          words(passage(number).span.in(articles_[wording_.place(number).article]->text));
    return words_[number];
  }

  const std::vector<const StoryArticle*>& articles_;
  const Wording& wording_;
  std::vector<std::vector<Partner>> partners_;
  std::vector<std::vector<uint64_t>> words_;  // empty: not asked for yet
};

uint32_t words_to_align(const StoryArticle& article) {
  uint32_t out = 0;
  for (const Passage& p : article.passages)
    if (whole(p)) out += p.words;
  return out;
}

/// Two articles of a story.
struct Pair {
  const StoryArticle& original;
  const StoryArticle& copy;
  uint32_t first_of_original = 0, first_of_copy = 0;  ///< numbers of their first passages
};

/// Aligns passages of the copy with those of the original, each with its best partner.
Alignment align(const Pair& pair, Alike& alike, bool credited) {
  Alignment out;
  const bool same_language = (pair.original.language == "en") == (pair.copy.language == "en");
  const float least =
      (same_language ? kSamePassage : kTranslatedPassage) - (credited ? kCreditedLess : 0);
  const auto end = pair.first_of_original + static_cast<uint32_t>(pair.original.passages.size());
  uint32_t aligned = 0, order = 0, steps = 0, last = 0;
  for (uint32_t i = 0; i < pair.copy.passages.size(); ++i) {
    const Passage& p = pair.copy.passages[i];
    const Alike::Partner* best = nullptr;
    float most = least;
    for (const auto& partner :
         alike.partners(pair.first_of_copy + i, pair.first_of_original, end)) {
      if (partner.dice <= most || !compatible(p, alike.passage(partner.number), partner.dice))
        continue;
      most = partner.dice;
      best = &partner;
    }
    if (best == nullptr) continue;
    const Passage& q = alike.passage(best->number);
    aligned += p.words;
    out.verbatim += alike.overlap(best->number, pair.first_of_copy + i);
    if (!out.passages.empty()) {
      ++steps;
      order += q.span.begin >= last ? 1 : 0;
    }
    last = q.span.begin;
    out.passages.push_back({q.span, p.span});
  }
  if (out.passages.empty()) return out;
  const auto share_of = [&](const StoryArticle& article) {
    return static_cast<float>(aligned) / static_cast<float>(std::max(1U, words_to_align(article)));
  };
  out.verbatim /= static_cast<float>(out.passages.size());
  out.share = share_of(pair.copy);
  out.of_original = share_of(pair.original);
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

std::vector<Copy> find_copies(const std::vector<const StoryArticle*>& articles,
                              const Wording& wording) {
  std::vector<Copy> out;
  Alike alike(articles, wording);
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
      const Alignment found =
          align({original, copy, wording.number({o, 0}), wording.number({c, 0})}, alike, credited);
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
