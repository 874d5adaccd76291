// Places in the text that may mean somebody or something: found by names, tags and trees, before
// it is known which of them mean the same.
#pragma once

#include <unordered_map>
#include <vector>

#include "document/analysis.h"
#include "document/article.h"
#include "entity/knowledge_impl.h"

namespace avstand::entity {

/// By what a candidate is found.
enum class Sort : uint8_t {
  kName,
  kPerson,
  kBody,
  kPlaceNoun,
  kMedium,
  kDocument,
  kAdjective,
  kNational,
  kPronoun,
  kGroup,
};

/// What the lexicons say of one lemma in one language. Null where they say nothing.
struct LemmaInfo {
  const PersonNoun* person = nullptr;
  const BodyNoun* body = nullptr;
  const MediaNoun* medium = nullptr;
  const DocumentNoun* document = nullptr;
  const std::string* national = nullptr;  ///< country of a demonym noun
  Modifier modifier = Modifier::kNone;
  bool any() const { return person || body || medium || document || national; }
};

/// One place. A candidate whose `weak` is set makes no entity by itself.
struct Candidate {
  Sort sort = Sort::kName;
  WordRange words;         ///< the whole noun phrase
  WordId head = kNoWord;   ///< its syntactic head
  WordRange name;          ///< the words of the name, empty if there is none
  std::string_view ner;    ///< type by the model, empty if none
  std::string_view guess;  ///< likewise, where the model's types are not to be relied on
  const KnownName* known = nullptr;
  WordId noun = kNoWord;          ///< the noun that describes (title, "rederiet"), or none
  WordId second_noun = kNoWord;   ///< a further one ("forsvareren, advokat X"; "X, leder for Y")
  std::string title;              ///< its lemma with what belongs to the title, lower case
  LemmaInfo info;                 ///< of that noun
  std::vector<uint32_t> members;  ///< of a group: its parts, as candidates
  WordId possessor = kNoWord;     ///< head of "Russlands …", "… of the island", "… i Høyre"
  std::string_view country;       ///< ISO code by an adjective of the phrase, empty if none
  const Pronoun* pronoun = nullptr;
  Gender gender = Gender::kUnknown;
  bool plural = false;
  bool definite = false;
  bool indefinite = false;  ///< with an article or number that introduces it
  bool former = false;
  bool state = false;  ///< "statskontrollert", "state-run"
  bool subject = false;
  bool weak = false;
  bool in_group = false;         ///< one of several that are joined
  uint32_t entity = UINT32_MAX;  ///< cluster, set by the resolver
};

/// A noun as a lexicon knows it: its lemma ("noun_lemma") and what stands there for it.
struct KnownNoun {
  std::string lemma;
  LemmaInfo info;
};

/// Everything the stages share while one article is read.
struct Context {
  const Article& article;
  const Analysis& analysis;
  const Tree& tree;
  const Knowledge::Impl& knowledge;

  std::vector<Candidate> candidates;  ///< in text order, outer before inner
  std::vector<uint32_t> by_head;      ///< word -> candidate with this head, UINT32_MAX if none
  std::vector<uint8_t> taken;         ///< words that belong to a name or a title of one
  std::vector<std::vector<LemmaInfo>> lemma_cache;  ///< per language, by StringId
  std::vector<std::vector<uint8_t>> lemma_known;
  std::vector<std::unordered_map<uint64_t, KnownNoun>> noun_cache;  ///< by form and lemma
  std::vector<LanguageCode> languages;
  StringMap<std::string> local_adjectives;  ///< adjectives of places that only this article names
  std::vector<std::pair<WordId, WordId>> predicates;  ///< subject, noun that is said of it
  std::vector<uint8_t> capitals;  ///< per sentence: 0 not counted, 1 few, 2 most words capitalised
  StringSet used_places;          ///< places ("@name") whose own adjective the article uses
  StringSet inner_names;          ///< proper nouns that stand inside sentences, lower case
  StringSet name_ends;  ///< last words of names, lower case: to tell a genitive from a name in -s

  const LanguageLexicon* lexicon(WordId w) const {
    return knowledge.lexicon(analysis.sentence(w).language);
  }
  const Word& word(WordId w) const { return analysis.words[w]; }
  std::string lower_form(WordId w) const;
  std::string lower_lemma(WordId w) const;
  /// Whether a word is (part of) a name: by its tag, or by a capital inside a sentence that is not
  /// all in capitals.
  bool is_proper(WordId w);
  /// A capital inside a sentence that is not all in capitals.
  bool capital_inside(WordId w);
  CaseRole case_of(WordId w) const;  ///< what the preposition of the phrase says
  const LemmaInfo& info(WordId w);   ///< cached look-up of the word's lemma
  LemmaInfo noun_info(WordId w);     ///< the same, with a word before it ("prime minister")
  /// Its lemma; one that a lexicon knows, where there is one.
  const std::string& noun_lemma(WordId w);
  std::string title_of(WordId noun);  ///< canonical title
  /// The words of a name as one string, without a genitive at its end.
  std::string name_text(WordRange name) const;
  LemmaInfo look_up(const LanguageLexicon& lexicon, std::string_view lemma) const;
  size_t language_index(WordId w);  ///< of the word's language in the caches
  const KnownNoun& known_noun(WordId w);
  KnownNoun find_noun(WordId w);
};

/// Fills `candidates` with names of all sorts (analysis.names, known names, proper nouns).
void find_names(Context& c);
/// Adds the nouns, adjectives and pronouns, joins parts to groups, sorts and indexes.
void find_descriptions(Context& c);

/// The noun phrase of a head: left and right to where something stands that is not part of it
/// (clauses after a comma, further members of a list, prepositions before it). No outer
/// punctuation.
WordRange noun_phrase(const Context& c, WordId head, WordRange name);
/// The country that an adjective names, by the lexicon or by a place that this article names; an
/// ISO code, or "@" and the place. Empty if it is none.
std::string_view adjective_country(const Context& c, WordId w);
/// Sets possessor, country, definiteness and modifiers of a candidate from its tree.
void read_phrase(Context& c, Candidate& cand);

}  // namespace avstand::entity
