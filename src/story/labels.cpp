// What sources are called by: proper names, and nouns that say what they are.
#include <algorithm>

#include "base/table.h"
#include "story/scene.h"
#include "text/utf8.h"

namespace avstand::story {
namespace {

constexpr size_t kShortestWord = 4;  // bytes; "i", "of", "og" are no part of what it is
constexpr float kTranslated = 0.8F;  // a name that is a common word may be translated

class Labeller {
 public:
  Labeller(const Scene& scene, WordRange words) : scene_(scene), words_(words) {}

  Label run() {
    for (WordId w = words_.begin; w < words_.end && !ends_at(w);) w += take(w);
    part_classes();
    return std::move(out_);
  }

 private:
  struct Piece {
    WordId first = 0, last = 0;
    bool name = false;
    bool country = false;
    bool proper = false;  ///< a name, or a noun that is written as one: "Mattilsynet"
    bool joined = false;  ///< a preposition stands before it
    Term term;
  };

  const Word& word(WordId w) const { return scene_.analysis.words[w]; }

  bool ends_at(WordId w) const {
    if (pieces_.empty()) return false;
    const Upos upos = word(w).upos;
    if (upos == Upos::kVerb || upos == Upos::kAux || upos == Upos::kSconj || upos == Upos::kPron)
      return true;
    if (upos == Upos::kPunct) return scene_.form(w) != "-";
    // "politiet på staden", but "Universitetet i Nordvik"
    if (upos == Upos::kAdp) return w + 1 >= words_.end || !may_be_name(w + 1);
    return false;
  }

  bool may_be_name(WordId w) const {
    if (word(w).upos == Upos::kDet && w + 1 < words_.end) ++w;
    return starts_upper(scene_.analysis.form(w));
  }

  /// Takes the word, or the phrase of two, at `w`; how many words it took.
  uint32_t take(WordId w) {
    const std::string language = scene_.language(w);
    of_state_ = of_state_ || scene_.lexicon.nouns().is_of_state(language, scene_.lemma(w));
    if (word(w).upos == Upos::kAdp) joined_ = true;
    if (w + 1 < words_.end) {
      auto keys = scene_.lexicon.phrase(language, scene_.lemma(w), scene_.lemma(w + 1));
      if (keys.empty()) keys = scene_.lexicon.phrase(language, scene_.form(w), scene_.form(w + 1));
      if (!keys.empty()) {
        const std::string both = scene_.form(w) + " " + scene_.form(w + 1);
        const bool country = scene_.lexicon.country(both).has_value();
        note_noun(phrase_noun(w, 2));
        add({w, w + 2}, country, country, std::move(keys), country);
        return 2;
      }
    }
    auto country = scene_.lexicon.country(scene_.form(w));
    if (!country) country = scene_.lexicon.country(scene_.lemma(w));
    if (country) {
      add({w, w + 1}, true, true, {*country}, true);
      return 1;
    }
    if (const Noun of_state = phrase_noun(w, 3); of_state.kind == "state_media")
      note_noun(of_state);
    const Upos upos = word(w).upos;
    const bool upper = starts_upper(scene_.analysis.form(w));
    const Noun known = scene_.noun(w);
    note_noun(known);
    if (known.cls != NounClass::kNone || (upos == Upos::kNoun && !upper)) {
      const bool written = upper && !known.whole && known.cls == NounClass::kBody;
      add({w, w + 1}, false, written,
          scene_.lexicon.keys(language, known.whole ? known.lemma : scene_.lemma(w),
                              scene_.form(w)));
    } else if (upos == Upos::kPropn ||
               (upper && (upos == Upos::kNoun || upos == Upos::kAdj || upos == Upos::kX))) {
      add_name(w);
    }
    return 1;
  }

  /// What up to `n` words from `w` on are together ("state news agency"), else the last of them.
  Noun phrase_noun(WordId w, uint32_t n) const {
    std::string lemmas;
    const WordId end = std::min(w + n, words_.end);
    for (WordId i = w; i < end; ++i) lemmas += (i == w ? "" : " ") + scene_.lemma(i);
    const Noun whole = scene_.lexicon.nouns().find(scene_.language(w), lemmas);
    return whole.whole || end == w ? whole : scene_.noun(end - 1);
  }
  void note_noun(const Noun& noun) {
    if (noun.cls == NounClass::kMedium) {
      (of_state_ || noun.kind == "state_media" ? out_.state : out_.medium) = true;
      out_.medium_kind = noun.kind;
    }
    if (noun.cls == NounClass::kSpeaker || noun.cls == NounClass::kPerson) out_.person = true;
    if (noun.cls != NounClass::kBody) return;
    out_.body = true;
    out_.kind = noun.kind;
  }

  void add(WordRange at, bool name, bool proper, KeyList keys, bool country = false) {
    const float weight = name || at.size() > 1 ? 1
                                               : scene_.lexicon.weight(scene_.language(at.begin),
                                                                       scene_.lemma(at.begin));
    const uint32_t begin = word(at.begin).span.begin;
    pieces_.push_back({at.begin,
                       at.end - 1,
                       name,
                       country,
                       proper,
                       joined_,
                       {std::move(keys), weight, name, begin}});
    joined_ = false;
  }

  void add_name(WordId w) {
    const std::string plain = plain_name(scene_.analysis.form(w));
    KeyList keys{{feature("n", plain), 1}};
    if (plain.size() > 3 && plain.ends_with('s'))
      keys.push_back({feature("n", plain.substr(0, plain.size() - 1)), 0.95F});
    for (const Key& k : scene_.lexicon.keys(scene_.language(w), scene_.lemma(w), plain))
      keys.push_back({k.feature, k.strength * kTranslated});
    tidy(keys);
    add({w, w + 1}, true, true, std::move(keys));
  }

  /// Nouns right before the name only say what it is; a name of one's own follows them.
  void part_classes() {
    size_t first = 0;
    while (first < pieces_.size() && !pieces_[first].name) ++first;
    const bool only_names = std::all_of(pieces_.begin() + static_cast<std::ptrdiff_t>(first),
                                        pieces_.end(), [](const Piece& p) { return p.name; });
    // "Kanal Norge": a capital inside of a sentence is part of the name
    while (first > 0 && first < pieces_.size() && is_capital_inside(pieces_[first - 1].first))
      --first;
    const bool apposed =
        first > 0 && first < pieces_.size() && !pieces_[first].joined && only_names;
    for (size_t i = 0; i < pieces_.size(); ++i) {
      if (apposed && i < first) {
        out_.classes.push_back(pieces_[i].term);
        continue;
      }
      if (out_.terms.empty()) out_.core = {i > 0 ? pieces_[i].first : start(), pieces_[i].first};
      out_.core.end = pieces_[i].last + 1;
      out_.terms.push_back(pieces_[i].term);
    }
    out_.national =
        std::any_of(pieces_.begin(), pieces_.end(), [](const Piece& p) { return p.country; }) &&
        std::all_of(pieces_.begin(), pieces_.end(),
                    [](const Piece& p) { return p.country || !p.proper; });
    out_.described = !pieces_.empty() && std::none_of(pieces_.begin(), pieces_.end(),
                                                      [](const Piece& p) { return p.proper; });
  }

  bool is_capital_inside(WordId w) const {
    const Analysis& a = scene_.analysis;
    return starts_upper(a.form(w)) && w > a.sentence(w).words.begin &&
           a.words[w - 1].upos != Upos::kPunct;
  }

  /// The first word that is no article.
  WordId start() const {
    WordId w = words_.begin;
    while (w + 1 < words_.end && word(w).upos == Upos::kDet) ++w;
    return w;
  }

  const Scene& scene_;
  const WordRange words_;
  std::vector<Piece> pieces_;
  bool joined_ = false;
  bool of_state_ = false;
  Label out_;
};

}  // namespace

Label label_of(const Scene& scene, WordRange words) { return Labeller(scene, words).run(); }

Label label_of(const Scene& scene, std::string_view name) {
  Label out;
  for (const std::string_view word : split(name, ' ')) {
    const std::string plain = plain_name(word);
    if (!starts_upper(word) && plain.size() < kShortestWord) continue;
    Term term{.name = true};
    for (const std::string_view language : {"nb", "nn", "en"}) {
      const Noun noun = scene.lexicon.nouns().find(language, plain, plain);
      if (noun.cls != NounClass::kBody) continue;
      term = {scene.lexicon.keys(language, noun.whole ? noun.lemma : plain, plain), 1, false};
      out.body = true;
      out.kind = noun.kind;
      break;
    }
    if (term.name) term.keys = {{feature("n", plain), 1}};
    out.terms.push_back(std::move(term));
  }
  return out;
}

}  // namespace avstand::story
