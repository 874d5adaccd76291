#include "document/analysis.h"

#include <array>

namespace avstand {
namespace {

constexpr std::array<std::string_view, 17> kUposNames = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

constexpr std::array<std::string_view, 37> kRelNames = {
    "acl",       "advcl",      "advmod",   "amod",     "appos", "aux",      "case",   "cc",
    "ccomp",     "clf",        "compound", "conj",     "cop",   "csubj",    "dep",    "det",
    "discourse", "dislocated", "expl",     "fixed",    "flat",  "goeswith", "iobj",   "list",
    "mark",      "nmod",       "nsubj",    "nummod",   "obj",   "obl",      "orphan", "parataxis",
    "punct",     "reparandum", "root",     "vocative", "xcomp"};

}  // namespace

std::string_view to_string(Upos upos) { return kUposNames[static_cast<size_t>(upos)]; }
std::string_view to_string(Rel rel) { return kRelNames[static_cast<size_t>(rel)]; }

bool parse_upos(std::string_view name, Upos& out) {
  const auto it = std::find(kUposNames.begin(), kUposNames.end(), name);
  if (it == kUposNames.end()) return false;
  out = static_cast<Upos>(it - kUposNames.begin());
  return true;
}

bool parse_rel(std::string_view relation, Rel& out) {
  const auto it =
      std::find(kRelNames.begin(), kRelNames.end(), relation.substr(0, relation.find(':')));
  if (it == kRelNames.end()) return false;
  out = static_cast<Rel>(it - kRelNames.begin());
  return true;
}

bool Analysis::has(WordId w, std::string_view feature) const {
  std::string_view all = strings.view(words[w].feats);
  while (!all.empty()) {
    const size_t bar = all.find('|');
    if (all.substr(0, bar) == feature) return true;
    if (bar == std::string_view::npos) return false;
    all.remove_prefix(bar + 1);
  }
  return false;
}

Tree::Tree(const Analysis& analysis) : analysis_(analysis) {
  const auto& words = analysis.words;
  first_.assign(words.size() + 2, 0);
  for (const Word& w : words)
    if (w.head != kNoWord) ++first_[w.head + 2];
  for (size_t i = 2; i < first_.size(); ++i) first_[i] += first_[i - 1];
  children_.resize(first_.back());
  // Filling advances first_[head + 1] from the start of head's run to its end, which is the start
  // of the next run: afterwards first_[w] is where w's children begin.
  for (WordId w = 0; w < words.size(); ++w)
    if (words[w].head != kNoWord) children_[first_[words[w].head + 1]++] = w;
}

WordId Tree::child(WordId w, Rel rel) const {
  for (WordId c : children(w))
    if (analysis_.words[c].rel == rel) return c;
  return kNoWord;
}

}  // namespace avstand
