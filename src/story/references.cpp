// Whom words stand for that name nobody: "ho", "avisa", "meldingen", "vår".
#include <algorithm>

#include "story/scene.h"

namespace avstand::story {
namespace {

constexpr float kSameNoun = 0.5F;  // strength of the key that a description and a name share

bool is_outlet(const Scene& scene, std::string_view name) {
  return plain_name(name) == plain_name(scene.ledger.document.outlet.value_or(""));
}

}  // namespace

std::optional<Source> last_medium_before(const Scene& scene, uint32_t at, std::string_view kind) {
  std::optional<Source> found;
  for (Source& s : names_in(scene, {0, at}, {}))
    if (is_outlet(scene, s.name))
      found.reset();  // the outlet speaks of itself
    else if (s.medium && !s.described && (!is_medium(kind) || !is_medium(s.kind) || s.kind == kind))
      found = std::move(s);
  return found;
}

bool is_of_own(const Scene& scene, Span span) {
  const WordRange words = scene.words_of(span);
  for (WordId w = words.begin; w < words.end; ++w)
    if (scene.analysis.has(w, "Person=1") && scene.analysis.has(w, "Number=Plur")) return true;
  return false;
}

std::optional<Source> person_of_pronoun(const Scene& scene, Span source, uint32_t block) {
  const WordRange words = scene.words_of(source);
  if (words.size() != 1 || scene.analysis.words[words.begin].upos != Upos::kPron ||
      !scene.analysis.has(words.begin, "Person=3") ||
      scene.analysis.has(words.begin, "Number=Plur") || is_pronoun_for_thing(scene, source))
    return std::nullopt;
  const auto& blocks = scene.ledger.document.blocks;
  std::optional<Source> found;
  const uint32_t from = blocks[block > 0 ? block - 1 : 0].span.begin;
  for (Source& named : names_in(scene, {from, source.begin}, {}))
    if (named.person) found = std::move(named);
  return found;
}

bool is_pronoun_for_thing(const Scene& scene, Span span) {
  const WordRange words = scene.words_of(span);
  return words.size() == 1 && scene.analysis.words[words.begin].upos == Upos::kPron &&
         scene.analysis.has(words.begin, "Gender=Neut");
}

/// "Nordisk vanninstitutt" is not meant by "the university".
bool names_other_noun(const Source& s, const Label& label) {
  const bool noun =
      std::any_of(s.terms.begin(), s.terms.end(), [](const Term& t) { return !t.name; });
  return noun && std::none_of(s.terms.begin(), s.terms.end(), [&](const Term& t) {
           return !t.name &&
                  std::any_of(label.terms.begin(), label.terms.end(),
                              [&](const Term& o) { return match(t.keys, o.keys) >= kSameNoun; });
         });
}

std::optional<Source> body_described(const Scene& scene, Span span, const Source& taken) {
  const Label label = label_of(scene, scene.words_of(span));
  if (!label.described || !label.body || label.medium || !is_body(label.kind)) return std::nullopt;
  if (taken.unnamed || (!taken.described && taken.kind == label.kind)) return std::nullopt;
  std::optional<Source> found;
  uint32_t last = 0;
  for (uint32_t i = 0; i < scene.ledger.entities.size(); ++i) {
    const ledger::Entity& e = scene.ledger.entities[i];
    if (e.type == "place" || e.type == "work") continue;
    for (const ledger::Mention& m : e.mentions) {
      if (m.form != "name" || m.span.end > span.begin || m.span.begin < last) continue;
      Source s = source_of_entity(scene, i);
      if (s.person || s.unnamed || s.described || s.kind != label.kind) break;
      if (names_other_noun(s, label)) break;
      last = m.span.begin;
      found = std::move(s);
    }
  }
  return found;
}

std::optional<Source> owner_of_message(const Scene& scene, const ledger::Statement& s,
                                       uint32_t block) {
  const bool by_entity = !s.chain.empty() && s.chain[0].entity &&
                         scene.ledger.entities[*s.chain[0].entity].type != "work";
  if (s.source.empty() || by_entity) return std::nullopt;
  const WordRange words = scene.words_of(s.source[0]);
  bool message = false;
  for (WordId w = words.begin; w < words.end; ++w) {
    if (scene.analysis.words[w].upos == Upos::kPropn) return std::nullopt;
    message = message || scene.lexicon.is_message(scene.language(w), scene.lemma(w));
  }
  const bool pronoun = words.size() == 1 && scene.analysis.words[words.begin].upos == Upos::kPron &&
                       scene.analysis.has(words.begin, "Number=Plur") &&
                       scene.analysis.has(words.begin, "Person=3");
  if (!message && !pronoun) return std::nullopt;
  const auto& blocks = scene.ledger.document.blocks;
  const uint32_t from = blocks[block > 0 && message ? block - 1 : block].span.begin;
  std::optional<Source> found;
  for (Source& named : names_in(scene, {from, s.source[0].begin}, s.content))
    if (!named.person && !named.kind.empty() && !named.medium && !is_place(scene, named.name) &&
        !is_outlet(scene, named.name))
      found = std::move(named);
  return found;
}

}  // namespace avstand::story
