// What the making of a StoryArticle works on. Internal to extract.cpp and its parts.
#pragma once

#include <optional>

#include "document/analysis.h"
#include "document/article.h"
#include "ledger/ledger.h"
#include "story/article.h"
#include "story/lexicon.h"

namespace avstand::story {

struct Scene {
  const Analysis& analysis;
  const ledger::Ledger& ledger;
  const Lexicon& lexicon;
  const Tree& tree;

  std::string_view text() const { return ledger.document.text; }
  std::string language(WordId w) const;
  /// Lemma for comparison: lower case.
  std::string lemma(WordId w) const;
  std::string form(WordId w) const;
  /// What the lexicon knows of the word as a noun.
  Noun noun(WordId w) const;
  WordRange words_of(Span span) const;
};

/// A span that may state a claim, before its features are known.
struct Draft {
  Span span;
  PassageKind kind = PassageKind::kSentence;
  uint32_t block = 0;
  bool lede = false;
  std::vector<Span> without;  ///< parts of it that are told in drafts of their own
};

/// Sentences, quotes with their frames, clauses with a subject of their own; in text order.
std::vector<Draft> find_passages(const Scene& scene);

/// Content words and names in the span; cue and source words of attributions left out.
std::vector<Term> terms_in(const Scene& scene, Span span, const std::vector<Span>& without);
/// Numbers in the span.
std::vector<Quantity> quantities_in(const Scene& scene, Span span,
                                    const std::vector<Span>& without);
/// All markers whose words stand in the span and in none of `without`, bits by Marker.
uint32_t markers_in(const Scene& scene, Span span, const std::vector<Span>& without);
/// Whether the word says no: "ikke", "nothing".
bool says_no(const Scene& scene, WordId w);
bool is_negated(const Scene& scene, Span span);
/// "elleve, ikke sju": sets one word against another, and says no to nothing else.
bool is_contrast(const Scene& scene, WordId w, WordId end);

/// What a source is called by.
struct Label {
  std::vector<Term> terms;    ///< Source::terms
  std::vector<Term> classes;  ///< Source::classes
  WordRange core;             ///< the words of the name itself, without the classes
  bool described = false;     ///< Source::described
  bool national = false;      ///< Source::national
  bool medium = false;        ///< a noun says that it is a paper, broadcaster, agency
  bool state = false;         ///< a noun says that it is a medium of a state
  bool body = false;          ///< a noun says that it is an authority, company, union, …
  bool person = false;        ///< a noun says that it is a person: "civil defence spokeswoman"
  std::string kind;           ///< what kind of body that is (ledger's profile.kind)
  std::string medium_kind;    ///< what kind of medium: "the paper", "byrået"
};
/// The label that begins the words: up to a comma, a clause, or a preposition without a name.
Label label_of(const Scene& scene, WordRange words);

/// The label of a name that does not stand in the text.
Label label_of(const Scene& scene, std::string_view name);

/// Who the article says a source is.
Source source_of(const Scene& scene, const ledger::Hop& hop);
/// Whom the source words of an attribution name, if they name anybody; they win over what the
/// ledger thinks that the words mean.
std::optional<Source> named_source(const Scene& scene, const ledger::Statement& statement);
/// Names that stand in the span and in none of `without`, in text order.
std::vector<Source> names_in(const Scene& scene, Span span, const std::vector<Span>& without);
bool is_medium(std::string_view kind);
/// A body that can say and do things: no person, paper, document.
bool is_body(std::string_view kind);
/// A country, or what the article has as a place.
bool is_place(const Scene& scene, std::string_view name);
Source source_of_entity(const Scene& scene, uint32_t entity);
/// What the article's outlet is: as the register knows, the article says, or its name.
std::string kind_of_outlet(const Scene& scene);

/// The medium other than the outlet that is named last before a place in the text: "avisa". Of the
/// given kind where kinds are known, so that "the paper" is no agency.
std::optional<Source> last_medium_before(const Scene& scene, uint32_t at, std::string_view kind);
/// "Our report of 12 March": the outlet's own.
bool is_of_own(const Scene& scene, Span span);
/// "seier ho": the person named last before, in the same block or the one before.
std::optional<Source> person_of_pronoun(const Scene& scene, Span source, uint32_t block);
/// "heter det i meldingen", "De viser": a message without an owner is of the body named last
/// before it, and so is what a pronoun of many stands for.
std::optional<Source> owner_of_message(const Scene& scene, const ledger::Statement& s,
                                       uint32_t block);

/// "The company denied it": the body of that kind that is named last before, where the words are a
/// description and `taken` is of another kind.
std::optional<Source> body_described(const Scene& scene, Span words, const Source& taken);
/// Whether the words are a pronoun for things, which no person is meant by: "It said".
bool is_pronoun_for_thing(const Scene& scene, Span words);

/// Fills chain, speaker and statement of all passages; `article` has everything else.
void tell_chains(const Scene& scene, StoryArticle& article);

inline bool inside_any(Span span, const std::vector<Span>& spans) {
  for (const Span s : spans)
    if (s.contains(span)) return true;
  return false;
}

}  // namespace avstand::story
