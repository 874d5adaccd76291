#include "story/predicates.h"

#include <algorithm>

namespace avstand::story {
namespace {

bool is_auxiliary(const Word& word) { return word.rel == Rel::kAux || word.rel == Rel::kCop; }

}  // namespace

Predicates::Predicates(const Scene& scene, const Draft& draft, const std::vector<Span>& frames)
    : scene_(scene), range_(scene.words_of(draft.span)) {
  const Analysis& a = scene.analysis;
  for (WordId w = range_.begin; w < range_.end; ++w)
    kept_.push_back(!inside_any(a.words[w].span, frames) &&
                    !inside_any(a.words[w].span, draft.without));
  bool first = true;
  for (WordId w = range_.begin; w < range_.end; ++w) {
    const Word& word = a.words[w];
    if (!kept(w) || word.upos == Upos::kPunct || (word.head != kNoWord && kept(word.head)))
      continue;
    const auto children = scene.tree.children(w);
    const bool predicate =
        word.upos == Upos::kVerb || std::any_of(children.begin(), children.end(), [&](WordId c) {
          return is_auxiliary(a.words[c]) || a.words[c].rel == Rel::kNsubj;
        });
    if (!predicate) continue;
    look_at(w);
    if (first) denied_ = is_negated(w);
    first = false;
  }
}

bool Predicates::kept(WordId w) const { return range_.contains(w) && kept_[w - range_.begin]; }

void Predicates::look_at(WordId predicate) {
  const Analysis& a = scene_.analysis;
  std::vector<std::string> lemmas, forms;
  bool present = false, infinitive = false;
  const auto add = [&](WordId w) {
    lemmas.push_back(scene_.lemma(w));
    forms.push_back(scene_.form(w));
  };
  for (const WordId c : scene_.tree.children(predicate)) {
    if (!kept(c) || !is_auxiliary(a.words[c])) continue;
    past_ = past_ || a.has(c, "Tense=Past");
    present = present || a.has(c, "Tense=Pres");
    infinitive = infinitive || (a.has(c, "VerbForm=Inf") && a.words[c].upos == Upos::kAux);
    add(c);
  }
  add(predicate);
  if (a.has(predicate, "VerbForm=Fin")) past_ = past_ || a.has(predicate, "Tense=Past");
  hearsay_ = hearsay_ || (present && infinitive);
  const uint32_t bits = scene_.lexicon.markers(scene_.language(predicate), lemmas, forms);
  planned_ = planned_ || has(bits, Marker::kPlan);
}

/// A word that says no stands at the predicate, or at its subject or object as a determiner: "no
/// journals were open". What is set against something else ("ikke sju, men elleve") denies nothing.
bool Predicates::is_negated(WordId predicate) const {
  const Analysis& a = scene_.analysis;
  const auto denies = [&](WordId w) {
    return kept(w) && says_no(scene_, w) && !is_contrast(scene_, w, range_.end);
  };
  for (const WordId c : scene_.tree.children(predicate)) {
    if (denies(c)) return true;
    const Rel rel = a.words[c].rel;
    if (rel != Rel::kNsubj && rel != Rel::kObj && rel != Rel::kAux && rel != Rel::kCop) continue;
    for (const WordId g : scene_.tree.children(c))
      if (denies(g)) return true;
  }
  return false;
}

}  // namespace avstand::story
