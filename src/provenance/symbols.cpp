#include "provenance/symbols.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "text/utf8.h"

namespace avstand::provenance {

WordSymbols::WordSymbols(const Analysis& analysis, const EntityLayer& entities,
                         const Knowledge& knowledge, const ProvenanceRules::Impl& rules,
                         EntityId outlet)
    : analysis_(analysis),
      entities_(entities),
      knowledge_(knowledge),
      rules_(rules),
      outlet_(outlet) {
  for (const SentenceInfo& s : analysis.sentences)
    rules_of_sentence_.push_back(rules_.find(s.language));
  add_words();
  first_mention_.resize(analysis.words.size() + 1);
  uint32_t m = 0;
  for (WordId w = 0; w < first_mention_.size(); ++w) {
    while (m < entities.mentions.size() && entities.mentions[m].words.begin < w) ++m;
    first_mention_[w] = m;
  }
}

// Words repeat, so their symbols are shared: one slice for each form, lemma and class.
void WordSymbols::add_words() {
  std::map<std::tuple<const LanguageRules*, StringId, StringId, Upos, bool>, Slice> known;
  slices_.resize(analysis_.words.size());
  for (WordId w = 0; w < analysis_.words.size(); ++w) {
    const LanguageRules* rules = rules_of_sentence_[analysis_.sentence_of[w]];
    if (!rules) continue;
    const Word& word = analysis_.words[w];
    const bool past = word.upos == Upos::kVerb && analysis_.has(w, "Tense=Past");
    const auto [it, is_new] = known.try_emplace({rules, word.form, word.lemma, word.upos, past});
    if (is_new) it->second = slice_of(*rules, w);
    slices_[w] = it->second;
  }
}

WordSymbols::Slice WordSymbols::slice_of(const LanguageRules& rules, WordId w) {
  std::vector<Symbol> out;
  const std::string form = lower_case(analysis_.form(w));
  const std::string lemma = lower_case(analysis_.lemma(w));
  rules.vocabulary.symbols_of(form, out);
  if (lemma != form) rules.vocabulary.symbols_of(lemma, out);
  add_classes(w, out);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  const auto begin = static_cast<uint32_t>(symbols_.size());
  symbols_.insert(symbols_.end(), out.begin(), out.end());
  return {begin, static_cast<uint32_t>(symbols_.size()),
          knowledge_.is_media_noun(analysis_.sentence(w).language, lemma)};
}

void WordSymbols::add_classes(WordId w, std::vector<Symbol>& out) const {
  const Word& word = analysis_.words[w];
  const auto add = [&](WordClass c) { out.push_back(static_cast<Symbol>(c)); };
  if (word.upos == Upos::kNum) add(WordClass::kNum);
  if (word.upos == Upos::kPropn) add(WordClass::kProper);
  if (word.upos == Upos::kVerb && analysis_.has(w, "Tense=Past")) add(WordClass::kPast);
}

bool WordSymbols::has_any(WordId w, const std::vector<Symbol>& any_of) const {
  const Slice slice = slices_[w];
  for (uint32_t i = slice.begin; i < slice.end; ++i)
    if (std::binary_search(any_of.begin(), any_of.end(), symbols_[i])) return true;
  return false;
}

bool WordSymbols::may_skip(WordId w) const { return analysis_.words[w].upos != Upos::kPunct; }

const LanguageRules* WordSymbols::rules_at(WordId w) const {
  return rules_of_sentence_[analysis_.sentence_of[w]];
}

bool WordSymbols::is_medium(EntityId entity) const {
  if (entity == kNoEntity || entity == outlet_) return false;
  const ProfileKind kind = entities_.entities[entity].profile.kind;
  return kind == ProfileKind::kNewsAgency || kind == ProfileKind::kStateMedia ||
         kind == ProfileKind::kNewspaper || kind == ProfileKind::kBroadcaster;
}

// "avisen" alone means this outlet; a named paper or one with a name elsewhere does not.
bool WordSymbols::is_own(WordRange words, EntityId entity) const {
  if (entity != kNoEntity && entity == outlet_) return true;
  if (entity != kNoEntity && entities_.entities[entity].named) return false;
  const LanguageRules* rules = rules_at(words.begin);
  return rules && rules->marker(Marker::kOwn).match_at(*this, words).words == words;
}

bool WordSymbols::has_comma(WordRange words) const {
  for (WordId w = words.begin; w < words.end; ++w)
    if (analysis_.form(w) == ",") return true;
  return false;
}

bool WordSymbols::is_class(const Mention& mention, WordClass wanted) const {
  const Entity& entity = entities_.entities[mention.entity];
  // A comma splice ("diktaturets nyhetsbyrå, frie medier …") is no group that a text names.
  if (entity.type == EntityType::kGroup && !entity.named && has_comma(mention.words)) return false;
  switch (wanted) {
    case WordClass::kMedium:
      if (is_own(mention.words, mention.entity)) return false;
      return is_medium(mention.entity) || (mention.form != MentionForm::kPronoun && !entity.named &&
                                           slices_[mention.head].media_noun);
    case WordClass::kOwn:
      return is_own(mention.words, mention.entity);
    case WordClass::kName:
      return entity.named;
    case WordClass::kPerson:
      return entity.type == EntityType::kPerson;
    case WordClass::kBody:
      return entity.type == EntityType::kOrganisation || entity.type == EntityType::kPlace;
    default:
      return true;
  }
}

Capture WordSymbols::mention_at(WordId w, WordClass wanted) const {
  const auto& mentions = entities_.mentions;
  Capture best;
  for (uint32_t m = first_mention_[w]; m < mentions.size() && mentions[m].words.begin == w; ++m)
    if (mentions[m].entity != kNoEntity && mentions[m].words.size() > best.words.size() &&
        is_class(mentions[m], wanted))
      best = {mentions[m].words, mentions[m].entity};
  if (!best.words.empty() || known_to_be_other(w)) return best;
  if (wanted == WordClass::kOwn) return own_words_at(w);
  if (wanted == WordClass::kMedium) return bare_medium_at(w);
  return {};
}

// Whether the entity layer knows what begins here, so that a bare look-up would only guess.
bool WordSymbols::known_to_be_other(WordId w) const {
  const auto& mentions = entities_.mentions;
  for (uint32_t m = first_mention_[w]; m < mentions.size() && mentions[m].words.begin == w; ++m) {
    const EntityId e = mentions[m].entity;
    if (e != kNoEntity &&
        (e == outlet_ || (entities_.entities[e].named &&
                          entities_.entities[e].profile.kind != ProfileKind::kUnknown)))
      return true;
  }
  return false;
}

Capture WordSymbols::own_words_at(WordId w) const {
  const LanguageRules* rules = rules_at(w);
  if (!rules) return {};
  const WordId end = analysis_.sentence(w).words.end;
  return {rules->marker(Marker::kOwn).match_at(*this, {w, end}).words, kNoEntity};
}

// A medium that the entity layer has not taken up: a known name, or a noun for media.
Capture WordSymbols::bare_medium_at(WordId w) const {
  if (analysis_.words[w].upos == Upos::kPropn && knowledge_.is_medium(analysis_.form(w)))
    return {{w, w + 1}, kNoEntity};
  const WordId end = analysis_.sentence(w).words.end;
  for (WordId n = w; n < end && n < w + 3; ++n) {
    const Upos upos = analysis_.words[n].upos;
    if (upos == Upos::kNoun && slices_[n].media_noun)
      return is_own({w, n + 1}, kNoEntity) ? Capture{} : Capture{{w, n + 1}, kNoEntity};
    if (upos != Upos::kAdj && upos != Upos::kDet && upos != Upos::kNoun) break;
  }
  return {};
}

}  // namespace avstand::provenance
