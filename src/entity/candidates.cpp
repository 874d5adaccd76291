#include "entity/candidates.h"

#include <algorithm>

#include "text/line.h"
#include "text/utf8.h"

namespace avstand::entity {

std::string Context::lower_form(WordId w) const { return lower_case(analysis.form(w)); }
std::string Context::lower_lemma(WordId w) const { return lower_case(analysis.lemma(w)); }

CaseRole Context::case_of(WordId w) const {
  const LanguageLexicon* l = lexicon(w);
  if (!l) return CaseRole::kNone;
  for (const WordId child : tree.children(w)) {
    if (word(child).rel != Rel::kCase) continue;
    if (const CaseRole role = l->case_role(lower_form(child)); role != CaseRole::kNone) return role;
    for (const WordId part : tree.children(child))
      if (const CaseRole role = l->case_role(lower_form(part)); role != CaseRole::kNone)
        return role;
  }
  return CaseRole::kNone;
}

LemmaInfo Context::look_up(const LanguageLexicon& l, std::string_view lemma) const {
  LemmaInfo out;
  if (const auto it = l.demonyms.find(lemma); it != l.demonyms.end()) out.national = &it->second;
  out.medium = l.media.find(lemma);
  out.document = out.medium ? nullptr : l.documents.find(lemma);
  out.body = out.medium || out.document ? nullptr : l.bodies.find(lemma);
  out.person = out.medium || out.national ? nullptr : l.persons.find(lemma);
  if (out.body && out.person) out.body = nullptr;
  out.modifier = l.modifier(lemma);
  return out;
}

size_t Context::language_index(WordId w) {
  const LanguageCode code = analysis.sentence(w).language;
  size_t at = 0;
  while (at < languages.size() && !(languages[at] == code)) ++at;
  if (at == languages.size()) {
    languages.push_back(code);
    lemma_cache.emplace_back(analysis.strings.size());
    lemma_known.emplace_back(analysis.strings.size(), uint8_t{0});
    noun_cache.emplace_back();
  }
  return at;
}

const LemmaInfo& Context::info(WordId w) {
  const size_t at = language_index(w);
  const auto id = static_cast<size_t>(word(w).lemma);
  LemmaInfo& slot = lemma_cache[at][id];
  if (!lemma_known[at][id]) {
    lemma_known[at][id] = 1;
    if (const LanguageLexicon* l = lexicon(w)) slot = look_up(*l, lower_lemma(w));
  }
  return slot;
}

LemmaInfo Context::noun_info(WordId w) {
  const LanguageLexicon* l = lexicon(w);
  if (!l) return {};
  if (w > analysis.sentence(w).words.begin && word(w - 1).head == w) {
    LemmaInfo pair = look_up(*l, lower_form(w - 1) + " " + lower_lemma(w));
    if (pair.any()) return pair;
  }
  return known_noun(w).info;
}

const std::string& Context::noun_lemma(WordId w) { return known_noun(w).lemma; }

const KnownNoun& Context::known_noun(WordId w) {
  auto& cache = noun_cache[language_index(w)];
  const uint64_t key =
      uint64_t{static_cast<uint32_t>(word(w).form)} << 32 | static_cast<uint32_t>(word(w).lemma);
  const auto it = cache.find(key);
  return it != cache.end() ? it->second : cache.emplace(key, find_noun(w)).first->second;
}

KnownNoun Context::find_noun(WordId w) {
  KnownNoun out{lower_lemma(w), info(w)};
  const LanguageLexicon* l = lexicon(w);
  if (!l || out.info.any()) return out;
  const std::string form = lower_form(w);
  if (const LemmaInfo found = look_up(*l, form); found.any()) return {form, found};
  for (const auto& [ending, lemma_end] : l->noun_endings) {
    if (!form.ends_with(ending) || form.size() < ending.size() + 3) continue;
    const std::string stem = form.substr(0, form.size() - ending.size()) + lemma_end;
    if (const LemmaInfo found = look_up(*l, stem); found.any()) return {stem, found};
  }
  return out;
}

bool Context::capital_inside(WordId w) {
  const uint32_t s = analysis.sentence_of[w];
  const WordRange words = analysis.sentences[s].words;
  if (w == words.begin || word(w - 1).upos == Upos::kPunct || !starts_upper(analysis.form(w)))
    return false;
  if (capitals.empty()) capitals.assign(analysis.sentences.size(), 0);
  if (capitals[s] == 0) {
    uint32_t upper = 0, all = 0;
    for (WordId x = words.begin + 1; x < words.end; ++x) {
      if (word(x).upos == Upos::kPunct || word(x).upos == Upos::kNum) continue;
      ++all;
      upper += starts_upper(analysis.form(x));
    }
    capitals[s] = 2 * upper > all ? 2 : 1;
  }
  return capitals[s] == 1;
}

bool Context::is_proper(WordId w) {
  const Upos pos = word(w).upos;
  // English "ministry", "TV" are tagged as names beside names; the lexicons know better.
  if (pos == Upos::kPropn) {
    const bool lower = !starts_upper(analysis.form(w)), letters = !has_lower(analysis.form(w));
    return !(lower && noun_info(w).any()) && !(letters && noun_info(w).medium);
  }
  const bool open = pos == Upos::kNoun || pos == Upos::kX || pos == Upos::kVerb ||
                    pos == Upos::kAdj || pos == Upos::kSym;
  const LanguageLexicon* l = lexicon(w);
  if (!open || !l || !capital_inside(w)) return false;
  const std::string form = lower_form(w);
  return !l->adjectives.contains(form) && !l->demonyms.contains(form) && !info(w).any();
}

std::string Context::title_of(WordId noun) {
  std::string out = noun_lemma(noun);
  const LanguageLexicon* l = lexicon(noun);
  if (!l) return out;
  const bool bare = !analysis.has(noun, "Definite=Def");
  const WordId begin = analysis.sentence(noun).words.begin;
  for (WordId w = noun; w > begin && word(w - 1).head == noun; --w) {
    const Word& part = word(w - 1);
    const bool joins = part.rel == Rel::kCompound || (bare && part.rel == Rel::kAmod);
    if (!joins || l->modifier(lower_lemma(w - 1)) != Modifier::kNone) break;
    if (!adjective_country(*this, w - 1).empty()) break;
    out = lower_form(w - 1) + " " + out;
  }
  return out;
}

std::string Context::name_text(WordRange name) const {
  std::string out;
  for (WordId w = name.begin; w < name.end; ++w) {
    out += analysis.form(w);
    if (w + 1 < name.end && word(w).space_after) out += ' ';
  }
  const WordId last = name.end - 1;
  if (out.size() < 3) return out;
  for (const std::string_view end : {"'s", "\u2019s", "s'", "s\u2019", "'", "\u2019"})
    if (out.ends_with(end) && out.size() > end.size() + 1)
      return out.substr(0, out.size() - end.size() + (end.front() == 's' ? 1 : 0));
  if (!out.ends_with('s')) return out;
  std::string stem = out.substr(0, out.size() - 1);
  const std::string last_form = lower_form(last);
  // "News" behind "New York" is no genitive of it: a word that names end in.
  if (name.size() > 1 && knowledge.gazetteer.hint({"", last_form}) != nullptr) return out;
  const bool seen = name_ends.contains(std::string_view(last_form).substr(0, last_form.size() - 1));
  if (seen || analysis.has(last, "Case=Gen")) return stem;
  const bool known = knowledge.gazetteer.find(stem) && !knowledge.gazetteer.find(out);
  return known ? stem : out;
}

}  // namespace avstand::entity
