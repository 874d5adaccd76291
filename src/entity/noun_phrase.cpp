#include <algorithm>

#include "entity/candidates.h"
#include "text/utf8.h"

namespace avstand::entity {
namespace {

/// Whether a comma or dash stands right before the phrase of `w`'s subtree (it is not restrictive).
bool after_comma(const Context& c, WordId w) {
  const WordId first = c.tree.subtree(w).front();
  const WordId sentence = c.analysis.sentence(w).words.begin;
  return first > sentence && c.word(first - 1).upos == Upos::kPunct;
}

bool is_clause(Rel rel) {
  return rel == Rel::kAcl || rel == Rel::kAdvcl || rel == Rel::kCcomp || rel == Rel::kCsubj ||
         rel == Rel::kXcomp;
}

/// Whether a child of the head belongs to the head's own phrase.
bool belongs(const Context& c, WordId head, WordId child, WordRange name) {
  if (name.contains(child)) return true;
  const Word& w = c.word(child);
  switch (w.rel) {
    case Rel::kDet:
    case Rel::kAmod:
    case Rel::kNummod:
    case Rel::kCompound:
    case Rel::kFlat:
    case Rel::kFixed:
    case Rel::kGoeswith:
    case Rel::kPunct:
    case Rel::kAppos:
      return true;
    case Rel::kNmod: {
      const bool proper = c.word(head).upos == Upos::kPropn;
      return !(proper && child > head && c.tree.child(child, Rel::kCase) != kNoWord);
    }
    default:
      if (!name.empty() && is_clause(w.rel)) return false;  // a name needs no clause to be known by
      return is_clause(w.rel) && w.rel == Rel::kAcl && child > head && !after_comma(c, child);
  }
}

bool is_mark(const Context& c, WordId w) { return c.word(w).upos == Upos::kPunct; }

}  // namespace

WordRange noun_phrase(const Context& c, WordId head, WordRange name) {
  std::vector<WordId> words;
  c.tree.subtree(head, words, [&](WordId child) {
    return c.word(child).head == head ? belongs(c, head, child, name)
                                      : c.word(child).rel != Rel::kParataxis;
  });
  const auto at = std::lower_bound(words.begin(), words.end(), head);
  auto first = at, last = at;
  while (first != words.begin() && *(first - 1) + 1 == *first) --first;
  while (last + 1 != words.end() && *(last + 1) == *last + 1) ++last;
  WordRange out{*first, *last + 1};
  if (!name.empty()) {
    out.begin = std::min(out.begin, name.begin);
    out.end = std::max(out.end, name.end);
  }
  while (out.begin < head && is_mark(c, out.begin) && !name.contains(out.begin)) ++out.begin;
  while (out.end > head + 1 && is_mark(c, out.end - 1) && !name.contains(out.end - 1)) --out.end;
  return out;
}

std::string_view adjective_country(const Context& c, WordId w) {
  const LanguageLexicon* lexicon = c.lexicon(w);
  if (!lexicon) return {};
  for (const std::string& key : {c.lower_lemma(w), c.lower_form(w)}) {
    if (const auto it = lexicon->adjectives.find(key); it != lexicon->adjectives.end())
      return it->second;
    if (const auto it = c.local_adjectives.find(key); it != c.local_adjectives.end())
      return it->second;
  }
  if (w == c.analysis.sentence(w).words.begin) return {};
  const auto pair = lexicon->adjectives.find(c.lower_form(w - 1) + " " + c.lower_form(w));
  return pair == lexicon->adjectives.end() ? std::string_view() : std::string_view(pair->second);
}

namespace {

void read_determiner(Context& c, Candidate& cand, WordId w) {
  const bool indefinite = c.analysis.has(w, "Definite=Ind") || c.analysis.has(w, "PronType=Ind");
  const bool definite = c.analysis.has(w, "Definite=Def") || c.analysis.has(w, "PronType=Dem") ||
                        c.analysis.has(w, "PronType=Dem,Ind");
  const bool article = c.analysis.has(w, "PronType=Art") || c.analysis.has(w, "PronType=Art,Prs");
  if (definite) {
    cand.definite = true;
  } else if (indefinite) {
    cand.indefinite = true;
  } else if (article) {
    // Norwegian "den/det/de" go with a definite noun or adjective, "en/ei/et" with neither.
    cand.definite = cand.definite ||
                    !c.analysis.has(cand.noun != kNoWord ? cand.noun : cand.head, "Definite=Ind");
    cand.indefinite = !cand.definite;
  }
}

void read_modifier(Context& c, Candidate& cand, WordId w) {
  if (const std::string_view iso = adjective_country(c, w); !iso.empty()) cand.country = iso;
  const LanguageLexicon* lexicon = c.lexicon(w);
  if (!lexicon) return;
  Modifier m = lexicon->modifier(c.lower_lemma(w));
  if (m == Modifier::kNone) m = lexicon->modifier(c.lower_form(w));
  cand.former = cand.former || m == Modifier::kFormer;
  cand.state = cand.state || m == Modifier::kState;
}

void read_nmod(Context& c, Candidate& cand, WordId head, WordId w) {
  const bool genitive = c.tree.child(w, Rel::kCase) == kNoWord ||
                        c.analysis.rel_subtype(w) == "poss" || c.analysis.has(w, "Case=Gen");
  if (w < head) {
    if (genitive) {
      cand.possessor = w;
      cand.definite = true;
    }
    return;
  }
  if (cand.possessor != kNoWord) return;
  const CaseRole role = c.case_of(w);
  if (role == CaseRole::kOf || role == CaseRole::kPlace) cand.possessor = w;
}

/// The Nynorsk treebank marks only the indefinite form: a noun without the feature is definite.
bool unmarked_definite(const Context& c, WordId noun) {
  const LanguageLexicon* l = c.lexicon(noun);
  return l && l->marks_indefinite && c.word(noun).upos == Upos::kNoun &&
         !c.analysis.has(noun, "Definite=Ind") && c.word(noun).feats != StringId::kEmpty;
}

}  // namespace

void read_phrase(Context& c, Candidate& cand) {
  const WordId noun = cand.noun != kNoWord ? cand.noun : cand.head;
  if (cand.noun != kNoWord) {
    cand.plural = c.analysis.has(noun, "Number=Plur");
    cand.definite = c.analysis.has(noun, "Definite=Def") || unmarked_definite(c, noun);
  }
  const auto read = [&](WordId head) {
    for (const WordId w : c.tree.children(head)) {
      const Rel rel = c.word(w).rel;
      if (cand.name.contains(w)) continue;
      if (rel == Rel::kDet) {
        if (c.analysis.has(w, "Poss=Yes"))
          cand.definite = true, cand.possessor = w;
        else
          read_determiner(c, cand, w);
      } else if (rel == Rel::kNummod) {
        cand.indefinite = cand.indefinite || !cand.definite;
      } else if (rel == Rel::kAmod || rel == Rel::kCompound) {
        read_modifier(c, cand, w);
        // "JCS spokesperson": the name before the noun is whose it is.
        if (rel == Rel::kCompound && cand.possessor == kNoWord && w < noun &&
            c.word(w).upos == Upos::kPropn && adjective_country(c, w).empty())
          cand.possessor = w;
      } else if (rel == Rel::kNmod) {
        if (c.word(w).upos == Upos::kAdj)
          read_modifier(c, cand, w);
        else
          read_nmod(c, cand, head, w);
      }
    }
  };
  read(cand.head);
  if (noun != cand.head) read(noun);
  // "Norges statlige nyhetsbyrå": one form for both numbers, and an owner has one of a kind.
  if (cand.plural && cand.possessor != kNoWord && cand.possessor < noun && !cand.indefinite &&
      (cand.info.body || cand.info.medium) && c.lower_form(noun) == c.lower_lemma(noun))
    cand.plural = false;
  const Rel rel = c.word(cand.head).rel;
  cand.subject = rel == Rel::kNsubj;
}

}  // namespace avstand::entity
