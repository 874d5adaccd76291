// Content words, names and numbers of a span.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "story/scene.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr float kNameWeight = 1.2F;
constexpr float kMeantWeight = 0.6F;  // a name that a pronoun or a role stands for
constexpr double kRound = 0.1;        // "about 500" is 450 to 550
constexpr double kFirstYear = 1800, kLastYear = 2100;
constexpr float kCommonName = 0.3F;   // weight of a country or a known medium: all papers have them
constexpr float kSameWord = 0.8F;     // strength of a key by which two nouns say the same
constexpr double kLargestWhole = 20;  // "three out of four", not "80 of 300"
constexpr double kRoundedShare = 2;   // points by which "three out of four" may be rounded
constexpr WordId kBoundWords = 3;     // before a number that may say how exact it is
constexpr int kUnitWindow = 3;        // words after a number where its noun may stand

bool is_open(Upos upos) {
  return upos == Upos::kNoun || upos == Upos::kVerb || upos == Upos::kAdj || upos == Upos::kAdv ||
         upos == Upos::kX;
}

/// Letters or digits somewhere: no punctuation.
bool is_wordlike(std::string_view form) {
  for (const char c : form)
    if (static_cast<uint8_t>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0)
      return form.size() > 1;
  return false;
}

/// Digits with thousands parted by '.', ',' or a space; a decimal mark has one or two digits after.
std::optional<double> parse_digits(std::string_view form) {
  std::string digits;
  size_t mark = std::string_view::npos;
  for (size_t i = 0; i < form.size(); ++i) {
    const char c = form[i];
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if ((c == '.' || c == ',') && !digits.empty() && i + 1 < form.size()) {
      mark = i;
    } else if (static_cast<uint8_t>(c) == 0xC2 || static_cast<uint8_t>(c) == 0xA0) {
      continue;  // no-break space
    } else {
      return std::nullopt;
    }
  }
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  double value = std::strtod(digits.c_str(), nullptr);
  const size_t after = mark == std::string_view::npos ? 0 : form.size() - mark - 1;
  if (mark != std::string_view::npos && after < 3)
    value /= std::pow(10.0, static_cast<double>(after));
  return value;
}

class TermFinder {
 public:
  TermFinder(const Scene& scene, const std::vector<Span>& without)
      : scene_(scene), without_(without) {}

  void add_words(WordRange range) {
    for (WordId w = range.begin; w < range.end; ++w) {
      if (inside_any(scene_.analysis.words[w].span, without_)) continue;
      if (w + 1 < range.end && add_phrase(w)) {
        ++w;
        continue;
      }
      add_word(w);
    }
  }
  /// Names of people and bodies that pronouns and roles in the span stand for.
  void add_meant(Span span) {
    for (const ledger::Entity& e : scene_.ledger.entities) {
      if (e.type != "person" && e.type != "organisation") continue;
      for (const ledger::Mention& m : e.mentions)
        if (m.form != "name" && span.contains(m.span) && !inside_any(m.span, without_)) {
          add_name(e.name, kMeantWeight, m.span.begin);
          break;
        }
    }
  }
  std::vector<Term> take() { return std::move(out_); }

 private:
  bool add_phrase(WordId w) {
    const std::string language = scene_.language(w);
    auto keys = scene_.lexicon.phrase(language, scene_.lemma(w), scene_.lemma(w + 1));
    if (keys.empty()) keys = scene_.lexicon.phrase(language, scene_.form(w), scene_.form(w + 1));
    if (keys.empty()) return false;
    out_.push_back({std::move(keys), 1, false, scene_.analysis.words[w].span.begin});
    return true;
  }
  void add_word(WordId w) {
    const Analysis& a = scene_.analysis;
    const Word& word = a.words[w];
    const std::string form = scene_.form(w);
    if (!is_wordlike(form) || (form[0] >= '0' && form[0] <= '9')) return;
    const bool inside = w > a.sentence(w).words.begin;
    if (word.upos == Upos::kPropn || (inside && starts_upper(a.form(w)) && is_open(word.upos))) {
      add_name(a.form(w), kNameWeight, word.span.begin);
      return;
    }
    if (!is_open(word.upos)) return;
    const std::string language = scene_.language(w);
    if (const auto* n = scene_.lexicon.number(language, form); n != nullptr && !n->part) return;
    out_.push_back({scene_.lexicon.keys(language, scene_.lemma(w), form),
                    scene_.lexicon.weight(language, scene_.lemma(w)), false, word.span.begin});
  }
  /// A name counts by its words; the last is the one a person is called by.
  void add_name(std::string_view name, float weight, uint32_t at) {
    const std::string plain = plain_name(name);
    const size_t space = plain.rfind(' ');
    const std::string last = space == std::string::npos ? plain : plain.substr(space + 1);
    if (last.size() < 2) return;
    KeyList keys{{feature("n", last), 1}};
    std::string bare = last;
    if (bare.size() > 3 && bare.ends_with('s')) {
      bare.pop_back();
      keys.push_back({feature("n", bare), 0.95F});
    }
    const auto country = scene_.lexicon.country(plain);
    if (country) keys.push_back(*country);
    if (country || scene_.lexicon.medium(plain) != nullptr) weight = std::min(weight, kCommonName);
    for (const std::string_view language : {"nb", "en"})
      for (const Key& k : scene_.lexicon.keys(language, last, last))
        keys.push_back({k.feature, k.strength * 0.8F});
    tidy(keys);
    out_.push_back({std::move(keys), weight, true, at});
  }

  const Scene& scene_;
  const std::vector<Span>& without_;
  std::vector<Term> out_;
};

class QuantityFinder {
 public:
  explicit QuantityFinder(const Scene& scene)
      : scene_(scene),
        percent_(scene.lexicon.keys("nb", "prosent", "prosent")),
        number_(scene.lexicon.keys("nb", "antall", "antall")) {
    if (scene.ledger.events)
      for (const ledger::Event& e : *scene.ledger.events)
        if (e.time) times_.push_back(e.time->span);
  }

  std::optional<Quantity> at(WordId& w, WordRange range) const {
    const Analysis& a = scene_.analysis;
    const WordId first = w;
    if (auto part = part_at(w, range)) return part;
    auto value = value_at(w);
    if (!value) return std::nullopt;
    while (w + 1 < range.end) {
      const auto* next = scene_.lexicon.number(scene_.language(w + 1), scene_.form(w + 1));
      if (next == nullptr || !next->scale) break;
      *value *= next->value;
      ++w;
    }
    Quantity q{.value = *value, .low = *value, .high = *value};
    if (const WordId end = end_of_fraction(first, w, range); end != kNoWord) {
      set_fraction(*value, end, q);
      w = end;
      q.span = {a.words[first].span.begin, a.words[w].span.end};
      return q;
    }
    q.span = {a.words[first].span.begin, a.words[w].span.end};
    const Bound bound = set_bound(first, q);
    set_unit(first, w, range, q);
    if (bound == Bound::kFormer || (bound == Bound::kFrom && is_changed(w, range)))
      q.counts = false;
    q.share = match(q.unit, percent_) >= kSameWord;
    return q;
  }

 private:
  /// "tre av fire", "three out of four": where the whole stands.
  WordId end_of_fraction(WordId first, WordId last, WordRange range) const {
    if (first != last) return kNoWord;
    const std::string language = scene_.language(first);
    std::string between;
    for (WordId w = last + 1; w + 1 < range.end && w <= last + 2; ++w) {
      between += (between.empty() ? "" : " ") + scene_.form(w);
      if (scene_.lexicon.bound(language, between) != Bound::kOf) continue;
      const auto part = value_at(first), whole = value_at(w + 1);
      return part && whole && *part >= 1 && *part < *whole && *whole <= kLargestWhole ? w + 1
                                                                                      : kNoWord;
    }
    return kNoWord;
  }
  /// "to tredjedeler", "a quarter of": a part by its name. The English names are also those of an
  /// order and of time, so the whole must follow.
  std::optional<Quantity> part_at(WordId& w, WordRange range) const {
    const auto named = [&](WordId at) {
      const auto* word = scene_.lexicon.number(scene_.language(at), scene_.form(at));
      if (word == nullptr || !word->part) return 0.0;
      const bool whole =
          scene_.language(at) != "en" ||
          (at + 1 < range.end && scene_.lexicon.bound("en", scene_.form(at + 1)) == Bound::kOf);
      return whole ? word->value : 0.0;
    };
    const WordId first = w;
    const auto count = value_at(w);
    const WordId last = count ? w + 1 : w;
    if (last >= range.end) return std::nullopt;
    const double whole = named(last);
    if (whole == 0 || count.value_or(1) >= whole) return std::nullopt;
    w = last;
    Quantity q;
    set_share(count.value_or(1), whole, q);
    q.span = {scene_.analysis.words[first].span.begin, scene_.analysis.words[last].span.end};
    return q;
  }
  void set_fraction(double part, WordId whole, Quantity& q) const {
    set_share(part, value_at(whole).value_or(1), q);
  }
  void set_share(double part, double whole, Quantity& q) const {
    q.value = 100 * part / whole;
    q.low = q.value - kRoundedShare;
    q.high = q.value + kRoundedShare;
    q.exact = false;
    q.counts = q.share = true;
    q.unit = percent_;
  }
  std::optional<double> value_at(WordId w) const {
    const std::string form = scene_.form(w);
    if (const auto digits = parse_digits(form)) return digits;
    if (const auto* word = scene_.lexicon.number(scene_.language(w), form))
      return word->scale || word->part ? std::optional<double>() : word->value;
    return std::nullopt;
  }
  /// "(fra ni) til fjorten": whether what the number has changed to follows it.
  bool is_changed(WordId number, WordRange range) const {
    const WordId end = std::min<WordId>(range.end, number + 1 + kUnitWindow);
    for (WordId w = number + 1; w + 1 < range.end && w < end; ++w)
      if (scene_.lexicon.bound(scene_.language(w), scene_.form(w)) == Bound::kTo)
        return value_at(w + 1).has_value();
    return false;
  }
  Bound set_bound(WordId first, Quantity& q) const {
    const WordRange sentence = scene_.analysis.sentence(first).words;
    if (first <= sentence.begin) return Bound::kExact;
    const std::string language = scene_.language(first);
    // The most words that say something: "no more than" is not "more than".
    Bound bound = Bound::kExact;
    std::string words;
    for (WordId w = first; w-- > sentence.begin && first - w <= kBoundWords;) {
      words = words.empty() ? scene_.form(w) : scene_.form(w) + " " + words;
      if (const Bound more = scene_.lexicon.bound(language, words); more != Bound::kExact)
        bound = more;
    }
    if (bound == Bound::kLeast) q.high = q.value * 1.6;
    if (bound == Bound::kMost) q.low = 0;
    if (bound == Bound::kAbout) {
      q.low = q.value * (1 - kRound);
      q.high = q.value * (1 + kRound);
    }
    q.exact = bound != Bound::kLeast && bound != Bound::kMost && bound != Bound::kAbout;
    return bound;
  }
  /// What is counted: the noun that the number hangs on, else the noun after it.
  void set_unit(WordId first, WordId last, WordRange range, Quantity& q) const {
    const Analysis& a = scene_.analysis;
    WordId noun = kNoWord;
    const Word& number = a.words[last];
    if (number.rel == Rel::kNummod && number.head != kNoWord) noun = number.head;
    for (WordId w = last + 1; noun == kNoWord && w < range.end && w <= last + kUnitWindow; ++w) {
      const Upos upos = a.words[w].upos;
      if (upos == Upos::kNoun || upos == Upos::kSym) noun = w;
      // "møtte bare 410 ikke på jobb" counts no jobs
      if (upos == Upos::kVerb || upos == Upos::kAux || upos == Upos::kAdv || upos == Upos::kPart)
        break;
    }
    const bool year =
        q.value >= kFirstYear && q.value <= kLastYear && q.value == std::floor(q.value);
    q.counts = !(year && noun == kNoWord) && !is_clock(first) && !is_age(first, last);
    const bool no_noun = noun == kNoWord;
    if (no_noun) noun = counted_state(last, range);
    if (noun == kNoWord) noun = counted_before(first, range);
    if (noun == kNoWord) return;
    const std::string language = scene_.language(noun);
    q.unit = scene_.lexicon.keys(language, scene_.lemma(noun), scene_.form(noun));
    q.anybody = match(q.unit, scene_.lexicon.keys("nb", "person", "person")) >= kSameWord;
    const NounClass cls = scene_.noun(noun).cls;
    q.people = q.anybody || no_noun || cls == NounClass::kPerson || cls == NounClass::kSpeaker;
  }
  /// "ni er skadd", "fjorten skadde": what is said of those who are counted stands for a noun.
  WordId counted_state(WordId number, WordRange range) const {
    const Analysis& a = scene_.analysis;
    const auto is_state = [&](WordId w) {
      return (a.words[w].upos == Upos::kAdj && a.words[w].rel != Rel::kAmod) ||
             (a.words[w].upos == Upos::kVerb && a.has(w, "VerbForm=Part"));
    };
    const WordId head = a.words[number].head;
    if (head != kNoWord && head > number && head < range.end && is_state(head)) return head;
    return number + 1 < range.end && is_state(number + 1) ? number + 1 : kNoWord;
  }
  /// "tallet på skadde er fjorten", "the number of dead rose to 23": what the noun for a number
  /// that stands before says that it is the number of.
  WordId counted_before(WordId number, WordRange range) const {
    const Analysis& a = scene_.analysis;
    for (WordId w = number; w-- > range.begin;) {
      if (a.words[w].upos != Upos::kNoun || !is_number_noun(w)) continue;
      const WordId end = std::min(w + 1 + kUnitWindow, number);
      WordId found = kNoWord;
      for (WordId v = w + 1; v < end; ++v) {
        const Upos upos = a.words[v].upos;
        if (upos == Upos::kNoun) return v;
        if (upos == Upos::kVerb || upos == Upos::kAux) break;
        if (found == kNoWord && upos == Upos::kAdj) found = v;
      }
      return found;
    }
    return kNoWord;
  }
  bool is_number_noun(WordId w) const {
    return match(scene_.lexicon.keys(scene_.language(w), scene_.lemma(w), scene_.form(w)),
                 number_) >= kSameWord;
  }
  /// "klokken 6.43", "6.40am": times of day. "9. mai": dates.
  bool is_clock(WordId w) const {
    const Span span = scene_.analysis.words[w].span;
    for (const auto& e : times_)
      if (e.overlaps(span)) return true;
    return false;
  }
  /// "(71)", ", 43,": an age in brackets or commas after a name.
  bool is_age(WordId first, WordId last) const {
    const Analysis& a = scene_.analysis;
    if (first < 2 || last + 1 >= a.words.size()) return false;
    const std::string_view before = a.form(first - 1);
    const std::string_view after = a.form(last + 1);
    const bool framed = (before == "(" && after == ")") || (before == "," && after == ",");
    return framed && a.words[first - 2].upos == Upos::kPropn;
  }

  const Scene& scene_;
  KeyList percent_, number_;
  std::vector<Span> times_;
};

}  // namespace

std::vector<Term> terms_in(const Scene& scene, Span span, const std::vector<Span>& without) {
  TermFinder finder(scene, without);
  finder.add_words(scene.words_of(span));
  finder.add_meant(span);
  return finder.take();
}

std::vector<Quantity> quantities_in(const Scene& scene, Span span,
                                    const std::vector<Span>& without) {
  std::vector<Quantity> out;
  const QuantityFinder finder(scene);
  const WordRange range = scene.words_of(span);
  for (WordId w = range.begin; w < range.end; ++w) {
    if (inside_any(scene.analysis.words[w].span, without)) continue;
    if (auto q = finder.at(w, range)) out.push_back(std::move(*q));
  }
  return out;
}

}  // namespace avstand::story
