// Words as things that can be compared across nb, nn and en (data/story/*.tsv). Immutable after
// load, shared by all threads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/string_map.h"
#include "story/article.h"
#include "story/nouns.h"

namespace avstand::story {

/// What a marker tells (data/story/markers.tsv).
enum class Marker : uint8_t {
  kDeny,
  kRetract,
  kCorrect,
  kOpen,
  kPlan,
  kOwn,
  kRelease,
  kAccuse,
  kMessage,
  kContrast,
  kNo,
  kMore
};

/// Whether a set of markers (Lexicon::markers) has this one.
inline bool has(uint32_t markers, Marker m) {
  return (markers >> static_cast<uint32_t>(m) & 1) != 0;
}

/// How exact the number after a word is. kOf: it is the whole that the number before is a part of.
/// kFormer: it holds no more ("up from"); kFrom: likewise, if kTo and another number follow.
enum class Bound : uint8_t { kExact, kLeast, kMost, kAbout, kOnly, kOf, kFormer, kFrom, kTo };

/// A medium that the registers know.
struct Medium {
  std::string name, kind, family;
};

/// A body that the registers know.
struct Body {
  std::string name;  ///< by which all its names are one
  std::vector<Term>
      words;  ///< of all its names, whatever the language: what descriptions are made of
};

class Lexicon {
 public:
  static Result<Lexicon> load(const std::string& data_dir);

  /// All ways to see the word: itself, its concepts, its parts. Sorted by feature, no doubles.
  KeyList keys(std::string_view language, std::string_view lemma, std::string_view form) const;
  /// The keys of a phrase of two words ("foreign minister"), empty where it is none.
  KeyList phrase(std::string_view language, std::string_view first, std::string_view second) const;
  /// Countries by name or adjective, in any of the languages: a key of the country, else none.
  std::optional<Key> country(std::string_view name) const;
  /// About 0.2 for the commonest words to 1 for rare ones.
  float weight(std::string_view language, std::string_view lemma) const;

  struct NumberWord {
    bool scale = false;
    bool part = false;  ///< "third": `value` is the whole that it is one part of
    double value = 0;
  };
  const NumberWord* number(std::string_view language, std::string_view word) const;
  /// The bound that a word, or up to three with spaces between, give the number after them.
  Bound bound(std::string_view language, std::string_view words) const;

  /// Markers whose words stand in `words` (lemmas and forms by position), in order, at most two
  /// words apart. Bits by Marker.
  uint32_t markers(std::string_view language, const std::vector<std::string>& lemmas,
                   const std::vector<std::string>& forms) const;
  /// A text that a body puts out: "pressemelding", "statement".
  bool is_message(std::string_view language, std::string_view lemma) const;
  /// The Bokmål lemma of a Nynorsk one; any other lemma itself.
  std::string base_form(std::string_view language, std::string_view lemma) const;
  /// The side of a pair of opposites that a lemma is on, if any: ±(row + 1).
  const std::vector<int>* opposites(std::string_view lemma) const;

  const Medium* medium(std::string_view name) const;
  /// A body that the registers know, by any of its names.
  const Body* body(std::string_view name) const;
  const Nouns& nouns() const { return nouns_; }
  /// Whether the word, or a form of it, is one of the concepts: a common word, no proper name.
  bool is_concept(std::string_view language, std::string_view word) const;

 private:
  using Ids = std::vector<uint32_t>;
  struct Pattern {
    Marker marker = Marker::kDeny;
    std::vector<std::string> words;
  };
  Status load_concepts(const std::string& folder);
  Status load_numbers(const std::string& folder);
  Status load_markers(const std::string& folder);
  Status load_countries(const std::string& data_dir);
  Status load_media(const std::string& folder);
  Status load_bodies(const std::string& folder);
  void add_concepts(KeyList& out, std::string_view language, std::string_view word,
                    float strength) const;
  void add_parts(KeyList& out, std::string_view language, std::string_view word) const;
  bool knows_norwegian(std::string_view word) const;

  StringMap<Ids> norwegian_, english_;  // lemma or phrase -> rows of concepts
  StringMap<std::string> nynorsk_;      // Nynorsk lemma -> Bokmål lemma
  StringMap<int> common_nb_, common_en_;
  std::map<std::string, StringMap<NumberWord>, std::less<>> numbers_;
  std::map<std::string, StringMap<Bound>, std::less<>> bounds_;
  std::map<std::string, std::vector<Pattern>, std::less<>> patterns_;
  StringMap<std::vector<int>> opposites_;
  StringMap<std::string> countries_;
  StringMap<Medium> media_;
  std::vector<Body> bodies_;
  StringMap<uint32_t> body_numbers_;  // plain name -> position in `bodies_`
  Nouns nouns_;
};

/// The feature of a string in a name space ("w" word, "c" concept, "n" name).
Feature feature(std::string_view space, std::string_view value);
/// Adds a key, keeping the stronger of two; call tidy() once at the end.
void tidy(KeyList& keys);
/// Strength of the best key that both have; 0: none.
float match(const KeyList& a, const KeyList& b);
/// A name for comparison: lower case, without genitive, English article, quotes and full stops.
std::string plain_name(std::string_view name);

}  // namespace avstand::story
