// Loaded terms in the outlet's own words (data/lang/*/loaded_terms.tsv). What it quotes, or sets in
// quotation marks, are somebody else's words.
#include <algorithm>
#include <map>

#include "attribution/quotation.h"
#include "provenance/findings.h"
#include "text/utf8.h"

namespace avstand::provenance {
namespace {

constexpr uint32_t kLongestTerm = 3;  // words

/// A quotation mark; single ones too, which open no speech but keep a word at arm's length.
bool is_mark(const Context& c, WordId w) {
  if (w >= c.analysis.words.size()) return false;
  const std::string_view form = c.analysis.form(w);
  return is_quotation_mark(form) || form == "'" || form == "’";
}

bool is_own(const Draft& d, Span words) {
  return std::any_of(d.out.content.begin(), d.out.content.end(),
                     [&](Span s) { return s.contains(words); });
}

/// The term that the words are, by lemma or as they stand; null if they are none.
const std::pair<const std::string, std::string>* term_at(const Context& c, WordRange words) {
  const LanguageRules* rules = c.symbols.rules_at(words.begin);
  if (!rules) return nullptr;
  std::string lemmas, forms;
  for (WordId w = words.begin; w < words.end; ++w) {
    const std::string_view space = w == words.begin ? "" : " ";
    lemmas.append(space).append(lower_case(c.analysis.lemma(w)));
    forms.append(space).append(lower_case(c.analysis.form(w)));
  }
  for (const std::string& key : {lemmas, forms})
    if (const auto it = rules->loaded_terms.find(key); it != rules->loaded_terms.end()) return &*it;
  return nullptr;
}

/// Every place of every term, by term.
using Places = std::map<std::string, std::pair<std::string, std::vector<Span>>>;

void find_terms(const Context& c, const Draft& d, Places& out) {
  const WordRange sentence = c.analysis.sentences[d.sentence].words;
  for (WordId w = sentence.begin; w < sentence.end; ++w)
    for (WordId end = w + 1; end <= std::min(sentence.end, w + kLongestTerm); ++end) {
      const auto* term = term_at(c, {w, end});
      if (!term || !is_own(d, c.span({w, end}))) continue;
      if ((w > sentence.begin && is_mark(c, w - 1)) || is_mark(c, end)) continue;
      auto& place = out[term->first];
      place.first = term->second;
      place.second.push_back(c.span({w, end}));
    }
}

}  // namespace

void find_loaded_terms(Context& c) {
  Places places;
  for (const Draft& d : c.drafts)
    if (!d.attribution) find_terms(c, d, places);
  for (auto& [term, place] : places) {
    auto& [neutral, spans] = place;
    if (neutral.empty())
      add_finding(c, "loaded_term", std::move(spans), {term});
    else
      add_finding(c, "loaded_term", std::move(spans), {term, neutral}, "loaded_term_neutral");
  }
}

}  // namespace avstand::provenance
