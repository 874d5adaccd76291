// What the stories need to know of one article: features that are made once from the layers and the
// ledger, and kept. A plain value; nothing in it refers to the article's layers.
//
// Features are 64-bit hashes of normalised strings (XXH64, the same on every machine), so that
// articles that were read at different times, and in different languages, can be compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "story/key_list.h"
#include "text/span.h"

namespace avstand::story {

/// A content word or phrase. Two terms match as well as their best shared key.
struct Term {
  KeyList keys;        ///< by feature
  float weight = 1;    ///< rare words count more
  bool name = false;   ///< a (part of a) proper name
  uint32_t begin = 0;  ///< byte in the text

  friend bool operator==(const Term&, const Term&) = default;
};

/// A number with what it counts. Bounds: "minst 14" is [14, inf), "om lag 500" is [450, 550].
struct Quantity {
  double value = 0, low = 0, high = 0;
  bool exact = true;
  bool people = false;   ///< its noun is for persons
  bool anybody = false;  ///< of whatever sort: "personer", "people"
  bool counts = false;   ///< counts or measures something (not a clock, date, age, year)
  bool share = false;    ///< a part of a whole: "74 prosent", "three out of four" (75)
  KeyList unit;          ///< keys of the noun; empty: none
  Span span;

  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// How a statement stands to a claim (STORIES.md `stance`).
enum class Stance : uint8_t { kAsserts, kDenies, kRetracts, kOpen };

/// When it is: what has been, and what is to come, are never one claim. The present may be either.
enum class Tense : uint8_t { kPresent, kPast, kFuture };

/// Somebody in a chain, as the article names them.
struct Source {
  std::string name;  ///< "unnamed" where the article gives no name
  std::string body;  ///< the body that a person speaks for, where the article says so
  std::string kind;  ///< ledger's profile.kind
  bool person = false;
  bool unnamed = false;    ///< no name is given, so never an independent origin
  bool anonymous = false;  ///< a source that the article keeps unnamed (else: no source at all)
  bool medium = false;     ///< a paper, broadcaster, agency
  std::string country;     ///< ISO code, empty where it is not known
  bool several = false;    ///< more than one, who are not named
  bool described = false;  ///< by common nouns only: "politiet", "the union"
  bool national = false;   ///< the same with a country: "North Korean state media"
  std::string alias;       ///< a short name given in brackets behind it
  /// Words of the name, proper names (Term::name) and nouns: "Universitetet i Nordvik".
  std::vector<Term> terms;
  std::vector<Term> classes;  ///< nouns for what it is: "selskapet", "rederiet Kystlinja"

  friend bool operator==(const Source&, const Source&) = default;
};

/// The part of a text that a claim may be stated in.
enum class PassageKind : uint8_t { kHeadline, kSentence, kQuote, kClause, kCaption };

/// A stretch of text that states something: a sentence, a quote with the words around it, a clause
/// that has a subject of its own.
struct Passage {
  Span span;
  PassageKind kind = PassageKind::kSentence;
  uint32_t block = 0;
  bool lede = false;
  std::vector<Term> terms;
  std::vector<Quantity> quantities;
  std::vector<std::string> times;  ///< ISO 8601 / EDTF values of its time expressions
  std::vector<Source> chain;  ///< as the article tells it, outlet left out; empty: the outlet's own
  bool chain_told = false;    ///< the passage itself names its source
  std::vector<Source> around;  ///< others named beside what is told: "… sier Bø til Fjordavisa"
  std::string speaker;         ///< the named mouth
  std::string statement;       ///< ledger id, "s3"
  Stance stance = Stance::kAsserts;
  Tense tense = Tense::kPresent;
  std::string status = "happened";
  bool negated = false;        ///< a word in it says no
  bool denied = false;         ///< what it tells in the first place is denied
  std::string day;             ///< of its main event: "2024-05-03"; empty: not told
  bool states = true;          ///< not a dateline, a caption without a verb
  bool refers_back = false;    ///< "Det skriver X": tells only who told what stands before
  std::vector<int32_t> sides;  ///< of pairs of opposites that it takes: ±(row + 1), sorted
  bool quote = false;
  uint32_t words = 0;

  friend bool operator==(const Passage&, const Passage&) = default;
};

/// A picture as the article prints it.
struct PrintedPicture {
  Span caption;
  std::string origin;  ///< empty: not credited
  bool credited = false;
  int handout = -1;  ///< 1 yes, 0 no, -1 cannot be told
  std::vector<Term> terms;

  friend bool operator==(const PrintedPicture&, const PrintedPicture&) = default;
};

struct StoryArticle {
  std::string id, outlet, language;
  std::string published;  ///< as given
  int64_t minute = 0;     ///< `published` in UTC, minutes since 1970; 0: not known
  std::string text;
  Source self;              ///< the outlet as a party
  std::string family;       ///< owner of the outlet, else the outlet itself
  std::string outlet_kind;  ///< ledger's profile.kind, "unknown" where the register lacks it
  bool present = false;     ///< it tells what its own people saw
  bool agency = false;      ///< the outlet is an agency, or a party that prints its own release
  bool release = false;     ///< the text is a party's own message
  std::vector<std::string> credits;  ///< agencies whose text it says it prints
  std::vector<std::string> cited;    ///< media that it rests on or names as source
  std::vector<Passage> passages;     ///< in text order
  std::vector<PrintedPicture> pictures;
  std::vector<Source> sources;  ///< all named people and bodies, with the bodies they speak for
  std::vector<Term> terms;      ///< distinct terms of the whole text, by first key

  friend bool operator==(const StoryArticle&, const StoryArticle&) = default;
};

/// By whom it is called: its outlet, or its id where that is not known.
inline const std::string& outlet_or_id(const StoryArticle& article) {
  return article.outlet.empty() ? article.id : article.outlet;
}

}  // namespace avstand::story
