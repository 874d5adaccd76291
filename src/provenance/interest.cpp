// Interest: whether the origin of a statement is a party to what it says. A fact about positions,
// not about truth.
#include "provenance/context.h"

namespace avstand::provenance {
namespace {

bool is_subject(const Context& c, WordId head) {
  const Rel rel = c.analysis.words[head].rel;
  return rel == Rel::kNsubj || rel == Rel::kNmod || rel == Rel::kRoot;
}

/// The first word of the content that makes its origin an actor in it; kNoWord if none does.
WordId acting_word(const Context& c, const Draft& d) {
  const bool direct = d.attribution->quote == QuoteType::kDirect;
  for (const WordRange r : d.attribution->content)
    for (WordId w = r.begin; w < r.end; ++w) {
      if (direct && c.analysis.words[w].upos == Upos::kPron && c.analysis.has(w, "Person=1"))
        return w;
      const Mention* m = c.entities.by_head(w);
      if (m && is_subject(c, w) &&
          (c.same_side(m->entity, d.origin()) || c.same_side(m->entity, d.speaker)))
        return w;
    }
  return kNoWord;
}

/// "denies having hidden anything": the unsaid subject of the content is the source.
bool controls_content(const Context& c, const Draft& d) {
  const WordId head = c.head_of(d.attribution->content);
  if (head == kNoWord || c.analysis.words[head].rel != Rel::kXcomp) return false;
  return d.attribution->act == Act::kDeny || d.attribution->act == Act::kClaim ||
         d.attribution->act == Act::kPromise;
}

}  // namespace

void judge_interest(Context& c) {
  for (Draft& d : c.drafts) {
    if (!d.attribution || d.attribution->source.empty() || d.by_outlet) continue;
    if (d.out.evidence == "witness" || !c.knows(d.origin())) continue;
    const WordId word = acting_word(c, d);
    d.out.interested = word != kNoWord || controls_content(c, d);
    if (word != kNoWord) add_why(c, d, "interest.actor", {word, word + 1});
  }
}

}  // namespace avstand::provenance
