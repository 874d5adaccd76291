#include "attribution/phrases.h"

#include <algorithm>

#include "attribution/quotation.h"

namespace avstand {
namespace {

bool punct(const Analysis& a, WordId w) { return a.words[w].upos == Upos::kPunct; }

/// Whether a child belongs to the source phrase of its head. Clauses and what merely stands
/// beside it in the sentence do not.
bool in_source_phrase(const FrameContext& c, WordId head, WordId child) {
  const Analysis& a = c.analysis;
  switch (a.words[child].rel) {
    case Rel::kPunct:
    case Rel::kCase:
    case Rel::kMark:
    case Rel::kCc:
    case Rel::kParataxis:
    case Rel::kAdvcl:
    case Rel::kCop:
    case Rel::kAux:
    case Rel::kNsubj:
    case Rel::kCsubj:
    case Rel::kCcomp:
    case Rel::kXcomp:
    case Rel::kObj:
    case Rel::kIobj:
    case Rel::kObl:
    case Rel::kExpl:
    case Rel::kDiscourse:
    case Rel::kVocative:
    case Rel::kDislocated:
      return false;
    case Rel::kAcl:
      // A relative clause is told about the source, it is not the source; a short participle is.
      return child > head && a.rel_subtype(child) != "relcl" && child - head <= 3 &&
             !punct(a, child - 1);
    default:
      return true;
  }
}

/// Outer words of a phrase that are never part of it.
bool strip_from_source(const Analysis& a, WordId w) {
  return punct(a, w) && !is_quotation_mark(a.form(w));
}

bool belongs_to_cue(const FrameContext& c, WordId child) {
  const Analysis& a = c.analysis;
  switch (a.words[child].rel) {
    case Rel::kAux:
    case Rel::kCop:
      return true;
    case Rel::kCompound:
      return a.rel_subtype(child) == "prt";
    case Rel::kAdvmod:
      return c.lexicon.is(a.lemma(child), CueRole::kNegation);
    case Rel::kExpl:
      return a.has(child, "Reflex=Yes");
    default:
      return false;
  }
}

/// "ingen", "ingen i styret", "no minister".
bool is_nobody(const FrameContext& c, WordId w) {
  if (c.lexicon.is(c.analysis.lemma(w), CueRole::kNobody)) return true;
  const WordId det = c.tree.child(w, Rel::kDet);
  return det != kNoWord && c.lexicon.is(c.analysis.lemma(det), CueRole::kNobody);
}

bool is_expletive(const FrameContext& c, WordId w) { return c.analysis.words[w].rel == Rel::kExpl; }

/// The word that a relative pronoun stands for: the head of its clause.
WordId antecedent(const FrameContext& c, WordId subject, WordId predicate) {
  const Analysis& a = c.analysis;
  if (a.words[predicate].rel != Rel::kAcl || a.words[predicate].head == kNoWord) return subject;
  const bool relative = subject == kNoWord || a.has(subject, "PronType=Rel") ||
                        c.lexicon.is(a.lemma(subject), CueRole::kRelative);
  return relative ? a.words[predicate].head : subject;
}

}  // namespace

Ranges to_ranges(const Analysis& a, const std::vector<WordId>& words) {
  Ranges out;
  for (const WordId w : words) {
    if (!out.empty()) {
      WordId gap = out.back().end;
      while (gap < w && punct(a, gap)) ++gap;
      if (gap >= w) {
        out.back().end = w + 1;
        continue;
      }
    }
    out.push_back({w, w + 1});
  }
  return out;
}

std::vector<WordId> to_words(const Ranges& ranges) {
  std::vector<WordId> out;
  for (const WordRange r : ranges)
    for (WordId w = r.begin; w < r.end; ++w) out.push_back(w);
  return out;
}

Ranges trim_content(const Analysis& a, const Ranges& ranges, bool keep_stop) {
  const auto outer = [&](WordId w, bool first) {
    if (!punct(a, w)) return false;
    const std::string_view f = a.form(w);
    if (is_quotation_mark(f)) return false;
    if (first) return !is_dash(f);
    return !(keep_stop && (f == "." || f == "!" || f == "?" || f == "…" || f == "..."));
  };
  Ranges out;
  for (WordRange r : ranges) {
    while (!r.empty() && outer(r.begin, true)) ++r.begin;
    while (!r.empty() && outer(r.end - 1, false)) --r.end;
    bool only_punct = true;
    for (WordId w = r.begin; w < r.end; ++w) only_punct = only_punct && punct(a, w);
    if (!r.empty() && !only_punct) out.push_back(r);
  }
  return out;
}

Ranges subtract(const Ranges& from, const Ranges& cut) {
  Ranges out;
  for (WordRange r : from) {
    for (const WordRange c : cut) {
      if (c.end <= r.begin || r.end <= c.begin) continue;
      if (r.begin < c.begin) out.push_back({r.begin, c.begin});
      r.begin = std::min(r.end, std::max(r.begin, c.end));
    }
    if (!r.empty()) out.push_back(r);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Ranges unite(const Analysis& analysis, const Ranges& a, const Ranges& b) {
  std::vector<WordId> words = to_words(a);
  const std::vector<WordId> more = to_words(b);
  words.insert(words.end(), more.begin(), more.end());
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return to_ranges(analysis, words);
}

bool contains(const Ranges& ranges, WordId w) {
  for (const WordRange r : ranges)
    if (r.contains(w)) return true;
  return false;
}

bool overlaps(const Ranges& a, const Ranges& b) {
  for (const WordRange x : a)
    for (const WordRange y : b)
      if (x.overlaps(y)) return true;
  return false;
}

uint32_t count_words(const Ranges& ranges) {
  uint32_t n = 0;
  for (const WordRange r : ranges) n += r.size();
  return n;
}

namespace {

/// "…, Sergej Aksjonov, at to …": what is said, hung on the name of whoever says it.
bool is_that_clause(const FrameContext& c, WordId w) {
  if (c.analysis.words[w].rel != Rel::kAcl) return false;
  const WordId mark = c.tree.child(w, Rel::kMark);
  return mark != kNoWord && !c.lexicon.is(c.analysis.lemma(mark), CueRole::kRelative);
}

}  // namespace

Ranges source_phrase(const FrameContext& c, WordId head) {
  const Analysis& a = c.analysis;
  // Breadth-first over the children that belong; conjuncts count with their coordinator.
  std::vector<WordId> words = {head};
  for (size_t i = 0; i < words.size(); ++i)
    for (const WordId child : c.tree.children(words[i])) {
      const bool belongs = words[i] == head
                               ? in_source_phrase(c, head, child) || a.words[child].rel == Rel::kCc
                               : !is_that_clause(c, child);
      if (belongs) words.push_back(child);
    }
  std::sort(words.begin(), words.end());
  Ranges ranges = to_ranges(a, words);
  // One stretch: the one that holds the head. An apposition set off by the verb is left out.
  WordRange best{head, head + 1};
  for (const WordRange r : ranges)
    if (r.contains(head)) best = r;
  while (best.begin < head && strip_from_source(a, best.begin)) ++best.begin;
  while (best.end - 1 > head && strip_from_source(a, best.end - 1)) --best.end;
  return {best};
}

RelativeClause relative_clause(const FrameContext& c, WordId noun) {
  const Analysis& a = c.analysis;
  for (const WordId clause : c.tree.children(noun)) {
    // "En rapport omtalt av VG" is told of its noun as "som er omtalt av VG" is.
    const bool told = a.rel_subtype(clause) == "relcl" || a.has(clause, "VerbForm=Part");
    if (a.words[clause].rel != Rel::kAcl || !told) continue;
    const WordId mark = c.tree.child(clause, Rel::kMark);
    if (mark != kNoWord && !c.lexicon.is(a.lemma(mark), CueRole::kRelative)) continue;
    const Ranges words = trim_content(a, to_ranges(a, c.tree.subtree(clause)), false);
    if (words.empty() || words.front().begin <= noun) continue;
    return {words, !punct(a, words.front().begin - 1)};
  }
  return {};
}

Ranges cue_phrase(const FrameContext& c, WordId head) {
  std::vector<WordId> words = {head};
  for (const WordId child : c.tree.children(head))
    if (belongs_to_cue(c, child)) words.push_back(child);
  std::sort(words.begin(), words.end());
  return to_ranges(c.analysis, words);
}

WordId find_subject(const FrameContext& c, WordId predicate) {
  const Analysis& a = c.analysis;
  // A chain of coordination and control is short; the bound keeps odd trees cheap.
  for (int step = 0; step < 6 && predicate != kNoWord; ++step) {
    const WordId own = c.tree.child(predicate, Rel::kNsubj);
    if (own != kNoWord) {
      const WordId subject = antecedent(c, own, predicate);
      return is_expletive(c, subject) ? kNoWord : subject;
    }
    if (c.tree.child(predicate, Rel::kExpl) != kNoWord &&
        !a.has(c.tree.child(predicate, Rel::kExpl), "Reflex=Yes"))
      return kNoWord;
    const Word& word = a.words[predicate];
    if (word.rel == Rel::kAcl) return antecedent(c, kNoWord, predicate);
    const bool passes_up = word.rel == Rel::kConj || word.rel == Rel::kXcomp ||
                           word.rel == Rel::kAux ||
                           (word.rel == Rel::kAdvcl && !a.has(predicate, "VerbForm=Fin"));
    if (!passes_up) return kNoWord;
    predicate = word.head;
  }
  return kNoWord;
}

WordId find_agent(const FrameContext& c, WordId predicate) {
  const Analysis& a = c.analysis;
  for (const WordId child : c.tree.children(predicate)) {
    if (a.words[child].rel != Rel::kObl) continue;
    if (a.rel_subtype(child) == "agent") return child;
    for (const WordId mark : c.tree.children(child))
      if (a.words[mark].rel == Rel::kCase && c.lexicon.is(a.lemma(mark), CueRole::kAgent))
        return child;
  }
  return kNoWord;
}

bool is_passive(const FrameContext& c, WordId predicate) {
  const Analysis& a = c.analysis;
  if (a.has(predicate, "Voice=Pass")) return true;
  for (const WordId child : c.tree.children(predicate)) {
    const std::string_view sub = a.rel_subtype(child);
    if (sub == "pass") return true;
  }
  return false;
}

bool is_neither(const FrameContext& c, WordId predicate) {
  const Analysis& a = c.analysis;
  const WordId first = a.words[predicate].rel == Rel::kConj ? a.words[predicate].head : predicate;
  for (const WordId child : c.tree.children(first)) {
    const Rel rel = a.words[child].rel;
    if ((rel == Rel::kAdvmod || rel == Rel::kCc) && c.lexicon.is(a.lemma(child), CueRole::kNeither))
      return true;
  }
  return false;
}

bool is_negated(const FrameContext& c, WordId predicate) {
  const Analysis& a = c.analysis;
  for (const WordId child : c.tree.children(predicate)) {
    const Rel rel = a.words[child].rel;
    if (rel == Rel::kAdvmod && c.lexicon.is(a.lemma(child), CueRole::kNegation)) return true;
    if (rel == Rel::kNsubj && is_nobody(c, child)) return true;
  }
  return is_neither(c, predicate);
}

bool is_idiom(const FrameContext& c, WordId cue, const Ranges& cue_words) {
  const Analysis& a = c.analysis;
  const auto listed = [&](WordId first, WordId second) {
    const std::string pair = std::string(a.lemma(first)) + " " + std::string(a.lemma(second));
    return c.lexicon.is(pair, CueRole::kOtherSense);
  };
  const std::vector<WordId> words = to_words(cue_words);
  for (size_t i = 0; i < words.size(); ++i)
    for (size_t k = i + 1; k < words.size(); ++k)
      if (listed(words[i], words[k])) return true;
  if (cue == kNoWord || a.words[cue].upos != Upos::kVerb) return false;
  for (const WordId w : c.tree.children(cue))
    if (a.words[w].rel == Rel::kAux ? listed(w, cue) : listed(cue, w)) return true;
  return false;
}

}  // namespace avstand
